import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { creativesResponseSchema, endReasonSchema, reasonSchema } from '../../../src/contract/index.ts';
import { useFleet } from '../live/fleet-context.tsx';
import { hubFetch } from '../live/hub-fetch.ts';
import { END_WORDS, REASON_KIND_WORDS } from '../words/state.ts';
import type { ImpressionFilter } from './impression-filter.ts';

const TYPING_MS = 200;

interface Option {
  readonly value: string;
  readonly label: string;
}

export function FilterBar({ filter, onChange, onClear }: { filter: ImpressionFilter; onChange: (changed: Partial<ImpressionFilter>) => void; onClear: (() => void) | null }) {
  const screens = useFleet().screens ?? [];
  const creatives = useQuery({ queryKey: ['creatives'], queryFn: () => hubFetch(creativesResponseSchema, '/api/creatives') }).data?.creatives ?? [];
  return (
    <form className="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchBox value={filter.search} onChange={(search) => onChange({ search })} />
      <Choice label="Screen" value={filter.screen} onChange={(screen) => onChange({ screen })} options={screens.map(({ id, name }) => ({ value: id, label: name }))} />
      <Choice label="Creative" value={filter.creative} onChange={(creative) => onChange({ creative })} options={creatives.map(({ id, name, campaign }) => ({ value: id, label: `${name} · ${campaign}` }))} />
      <Choice label="Why" value={filter.reason} onChange={(reason) => onChange({ reason })} options={reasonSchema.shape.kind.options.map((value) => ({ value, label: REASON_KIND_WORDS[value] }))} />
      <Choice label="End" value={filter.end} onChange={(end) => onChange({ end })} options={endReasonSchema.options.map((value) => ({ value, label: END_WORDS[value] }))} />
      <label className="field">
        <span>From</span>
        <input type="date" value={filter.fromDay} max={filter.toDay} onChange={(event) => onChange({ fromDay: event.target.value })} />
      </label>
      <label className="field">
        <span>To</span>
        <input type="date" value={filter.toDay} min={filter.fromDay} onChange={(event) => onChange({ toDay: event.target.value })} />
      </label>
      {onClear !== null && (
        <button className="button button-plain" type="button" onClick={onClear}>
          Clear
        </button>
      )}
    </form>
  );
}

/** Waits for a pause in typing; a change from outside (back button, Clear) shows at once. */
function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const paused = useEffectEvent(onChange);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return;
    const pause = setTimeout(() => paused(typed), TYPING_MS);
    return () => clearTimeout(pause);
  }, [typed, value]);
  return (
    <label className="field field-search">
      <span>Search</span>
      <input type="search" value={typed} placeholder="Creative, campaign or screen" maxLength={200} onChange={(event) => setTyped(event.target.value)} />
    </label>
  );
}

function Choice({ label, value, options, onChange }: { label: string; value: string; options: readonly Option[]; onChange: (value: string) => void }) {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        {value !== '' && !options.some((option) => option.value === value) && <option value={value}>{value}</option>}
      </select>
    </label>
  );
}
