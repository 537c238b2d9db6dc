import { wholeTime } from '../../words/time.ts';
import type { BelievedKey } from './believed-keys.ts';
import { usePinnedKeys } from './pinned-keys.ts';

/** One key: whose, where it came from, and the choice to keep it or let it go. */
export function KeyCard({ role, believed }: { role: string; believed: BelievedKey }) {
  const { pin, unpin } = usePinnedKeys();
  const pinned = believed.pinnedMs !== null;
  return (
    <div className="key">
      <p className="key-head">
        <b>{role}</b>
        {pinned ? <span className="key-pinned">Pinned {wholeTime(believed.pinnedMs)}</span> : <span className="quiet">The hub’s word</span>}
      </p>
      <p className="key-text mono">{believed.key}</p>
      {believed.hubSays !== null && (
        <p className="key-clash" role="alert">
          The hub names another key: <span className="mono">{believed.hubSays}</span>. Yours counts.
        </p>
      )}
      <button className="button button-plain" type="button" onClick={() => (pinned ? unpin(believed.name) : void pin(believed.key))}>
        {pinned ? 'Let it go' : 'Keep this one: pin it'}
      </button>
    </div>
  );
}
