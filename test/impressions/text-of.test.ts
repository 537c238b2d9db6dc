import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { canonicalJson, leafSchema, type CanonicalValue, type Leaf } from '../../src/contract/index.ts';
import { textOf } from '../../src/impressions/text-of.ts';
import { newFault, newPlay, newRelease, newReleaseTable } from '../contract/builders.ts';

const leafText = textOf(leafSchema);
const hubClock = { offsetMs: -3, uncertaintyMs: 12 };
const head = { v: 1, screenId: 'entrance', bootId: '7f8d3c1e-6f0a-4d3b-9b57-0f3f6e5a1c22', wallMs: 1, monoMs: 0, clock: 'unsynced' } as const;
const LEAVES: Leaf[] = [
  newPlay(),
  newPlay({ hubClock, droppedFrames: 0, zone: 'ticker' }),
  newFault({ message: 'a "quoted" line\nand \ud800 half a pair' }),
  newFault({ creativeId: 'coffee' }),
  newRelease({ value: -7 }),
  newReleaseTable(),
  { ...head, type: 'clock-adjusted', jumpMs: -1, hubClock },
  { ...head, type: 'programme-changed', programmeVersion: 2, programmeSha256: 'ab'.repeat(32), previousVersion: null },
  { ...head, type: 'sensor-state', state: 'blind' },
];

/** What zod and the general writer make of it; `null`: it does not fit. */
function slowText(schema: z.ZodType, value: unknown): string | null {
  const checked = schema.safeParse(value);
  return checked.success ? canonicalJson(checked.data as CanonicalValue) : null;
}

it.each(LEAVES)('writes a $type leaf as canonical JSON does', (leaf) => {
  expect(leafText(leaf)).toBe(slowText(leafSchema, leaf));
  expect(leafText(leaf)).not.toBeNull();
});

it('a leaf in which anything was changed, left out or added is written as the schema says, or not at all', () => {
  const anything = fc.oneof(fc.jsonValue(), fc.integer(), fc.double(), fc.constant(-0), fc.constant(undefined), fc.constant(Number.MAX_SAFE_INTEGER), fc.string({ unit: 'binary' }));
  const changes = fc.array(fc.tuple(fc.nat(), anything, fc.constantFrom('put', 'remove', 'add')), { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(fc.constantFrom(...LEAVES), changes, (leaf, list) => {
      const changed = structuredClone(leaf) as Record<string, unknown>;
      for (const [at, value, change] of list) {
        const objects = objectsIn(changed);
        const object = objects[at % objects.length] as Record<string, unknown>;
        const key = Object.keys(object)[at % Object.keys(object).length] ?? 'key';
        if (change === 'remove') Reflect.deleteProperty(object, key);
        else object[change === 'add' ? `${key}x` : key] = value;
      }
      expect(leafText(changed)).toBe(slowText(leafSchema, changed));
    }),
    { numRuns: 3_000 },
  );
});

it('hands every type and rule that it does not know to the schema', () => {
  const schema = z.strictObject({
    trimmed: z.string().trim(),
    even: z.int().multipleOf(2),
    refined: z.strictObject({ a: z.int() }).refine(({ a }) => a !== 3),
    either: z.union([z.string(), z.int()]),
    loose: z.object({ a: z.int() }),
    above: z.int().gt(1),
  });
  const good = { trimmed: ' x ', even: 4, refined: { a: 1 }, either: 5, loose: { a: 1, b: 2 }, above: 2 };
  const cases: unknown[] = [good, { ...good, even: 3 }, { ...good, refined: { a: 3 } }, { ...good, either: null }, { ...good, above: 1 }, { ...good, loose: {} }, null, [], 'x'];
  for (const value of cases) expect(textOf(schema)(value)).toBe(slowText(schema, value));
  expect(textOf(schema)(good)).toBe('{"above":2,"either":5,"even":4,"loose":{"a":1},"refined":{"a":1},"trimmed":"x"}');
});

function objectsIn(value: object): object[] {
  return [value, ...Object.values(value).flatMap((inner) => (typeof inner === 'object' && inner !== null ? objectsIn(inner as object) : []))].filter((object) => Object.keys(object).length > 0);
}
