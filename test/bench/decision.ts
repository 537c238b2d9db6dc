// What one decision costs with ten thousand creatives, against the time of one frame and against nothing but sorting and hashing as
// many names. The three are measured in turns, so that a busy machine is busy for all of them.
import { createHash } from 'node:crypto';
import { MAIN_ZONE, type Creative, type Programme } from '../../src/contract/index.ts';
import { decide, offerOf, type Offer } from '../../src/selection/index.ts';
import { creative, playlist, programme } from '../programme-fixture.ts';
import { situationWith } from '../selection/situation.ts';

const MANY = 10_000;
const ROUNDS = 200;
const FRAME_MS = 1_000 / 60;
const ID = '01890a5d-ac96-774b-bcce-b302099a8057';

const hours = [{ weekdays: ['wednesday' as const], dayparts: [{ from: '07:00', to: '22:00' }] }];
const creatives: Creative[] = Array.from({ length: MANY }, (_, index) => creative(`c${String(index)}`, { weight: 1 + (index % 7), ...(index % 3 === 0 ? {} : { schedule: hours }) }));
const ids = creatives.map(({ id }) => id);

const cases: readonly (readonly [string, Offer])[] = (
  [
    ['10,000 creatives in the draw', programme(creatives)],
    ['10,000 in one shuffled playlist', programme(creatives, { playlists: [playlist('list-x', ids, { order: 'shuffled' })] })],
    ['10,000 in 100 nested playlists', programme(creatives, { playlists: [playlist('list-x', Array.from({ length: 100 }, (_, index) => `list-${String(index)}`)), ...Array.from({ length: 100 }, (_, index) => playlist(`list-${String(index)}`, ids.slice(index * 100, index * 100 + 100), { order: 'shuffled' }))] })],
  ] satisfies [string, Programme][]
).map(([name, from]) => [name, offerOf(from, MAIN_ZONE)]);

const times = new Map<string, number[]>([...cases.map(([name]) => [name, []] as [string, number[]]), ['sorting and hashing 10,000 names', []]]);

function timed(name: string, work: () => unknown): void {
  const startMs = performance.now();
  work();
  times.get(name)?.push(performance.now() - startMs);
}

let turns: ReadonlyMap<string, number> = new Map();
const situation = situationWith([], 0);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const [name, offer] of cases) {
    timed(name, () => {
      const choice = decide(offer, { ...situation, turns }, round, ID);
      if (choice === null) throw new Error(`${name}: nothing was chosen`);
      turns = new Map([...turns, ...choice.turns]);
    });
  }
  timed('sorting and hashing 10,000 names', () => createHash('sha256').update(ids.map((id) => `${id}\n`).sort().join('')).digest('hex'));
}

const at = (values: readonly number[], share: number): number => values.toSorted((a, b) => a - b)[Math.floor(share * values.length)] ?? Number.NaN;
const baseMs = at(times.get('sorting and hashing 10,000 names') ?? [], 0.5);
console.log(`one decision, ${String(ROUNDS)} rounds in turns; a frame at 60 Hz is ${FRAME_MS.toFixed(1)} ms\n`);
console.log(`${''.padEnd(36)}${'median'.padStart(10)}${'p95'.padStart(10)}${'of a frame'.padStart(12)}${'to sorting'.padStart(12)}`);
for (const [name, values] of times) {
  const medianMs = at(values, 0.5);
  console.log(`${name.padEnd(36)}${`${medianMs.toFixed(2)} ms`.padStart(10)}${`${at(values, 0.95).toFixed(2)} ms`.padStart(10)}${`${((100 * medianMs) / FRAME_MS).toFixed(0)} %`.padStart(12)}${(medianMs / baseMs).toFixed(2).padStart(12)}`);
}
process.exitCode = [...times.values()].every((values) => at(values, 0.5) < FRAME_MS) ? 0 : 1;
