import { type Leaf, leafSchema, MAIN_ZONE, type RecordedPlay } from '../../../../src/contract/index.ts';
import { reasonWords } from '../../words/reason.ts';
import { END_WORDS } from '../../words/state.ts';
import { durationWords } from '../../words/time.ts';

export interface Fact {
  readonly name: string;
  readonly value: string;
  /** Hashes and ids are set in a type in which 0 and O differ. */
  readonly mono?: boolean;
}

/** A record for people: read from the text that is proven, never from the hub's own columns. */
export interface RecordWords {
  readonly title: string;
  readonly play: RecordedPlay | null;
  /** Start by the screen's clock, ms; `null` where the record names none. */
  readonly atMs: number | null;
  readonly facts: readonly Fact[];
}

const UNKNOWN: RecordWords = { title: 'A record of unknown shape', play: null, atMs: null, facts: [{ name: 'Shape', value: 'This version of the console does not know it. It is proven word for word like every other, and counts nowhere.' }] };

export function recordWords(leafText: string): RecordWords {
  let json: unknown;
  try {
    json = JSON.parse(leafText);
  } catch {
    return UNKNOWN;
  }
  const leaf = leafSchema.safeParse(json);
  return leaf.success ? wordsOf(leaf.data) : UNKNOWN;
}

function wordsOf(leaf: Leaf): RecordWords {
  switch (leaf.type) {
    case 'play':
      return { title: leaf.creative.name, play: leaf, atMs: leaf.wallMs, facts: playFacts(leaf) };
    case 'fault':
      return { title: 'A fault', play: null, atMs: leaf.wallMs, facts: [{ name: 'What broke', value: leaf.message }, { name: 'Code', value: leaf.code, mono: true }, ...clockFacts(leaf)] };
    case 'release':
      return {
        title: 'A released count of visits',
        play: null,
        atMs: leaf.windowStartMs,
        facts: [
          { name: 'Visits', value: `${String(leaf.value)} ${leaf.bucket}, in ${durationWords(leaf.windowMs)}` },
          { name: 'Noise', value: `${leaf.mechanism}, epsilon ${String(leaf.epsilonNumerator)}/${String(leaf.epsilonDenominator)}: one person more or less cannot be told from it` },
          { name: 'Measured', value: leaf.coveragePercent === 0 ? 'not at all: the sensor saw nothing' : `${String(leaf.coveragePercent)} % of the time` },
        ],
      };
    case 'release-table':
      return {
        title: 'Released sums of an audience',
        play: null,
        atMs: leaf.windowStartMs,
        facts: [
          { name: leaf.metric, value: `${String(leaf.cells.length)} sums in ${leaf.unit}, over ${durationWords(leaf.windowMs)}` },
          { name: 'Noise', value: `${leaf.mechanism}, epsilon ${String(leaf.epsilonNumerator)}/${String(leaf.epsilonDenominator)} at no more than ${String(leaf.perVisit)} ${leaf.unit} from one visit: one person more or less cannot be told from it` },
          { name: 'Measured', value: leaf.coveragePercent === 0 ? 'not at all: the sensor saw nothing' : `${String(leaf.coveragePercent)} % of the time` },
        ],
      };
    case 'clock-adjusted':
      return { title: 'The clock was set', play: null, atMs: leaf.wallMs, facts: [{ name: 'Jump', value: `${durationWords(Math.abs(leaf.jumpMs))} ${leaf.jumpMs < 0 ? 'back' : 'forward'}` }, ...clockFacts(leaf)] };
    case 'programme-changed':
      return {
        title: `Programme version ${String(leaf.programmeVersion)}`,
        play: null,
        atMs: leaf.wallMs,
        facts: [
          { name: 'Before', value: leaf.previousVersion === null ? 'none in this life of the player' : `version ${String(leaf.previousVersion)}` },
          { name: 'Its text', value: leaf.programmeSha256, mono: true },
          ...clockFacts(leaf),
        ],
      };
    case 'sensor-state':
      return { title: 'The sensor changed', play: null, atMs: leaf.wallMs, facts: [{ name: 'From here on', value: leaf.state }, ...clockFacts(leaf)] };
  }
}

function playFacts(play: RecordedPlay): Fact[] {
  const { creative, decision } = play;
  const share = (decision.propensityPpm / 10_000).toLocaleString('en', { maximumFractionDigits: 2 });
  return [
    { name: 'What', value: `${creative.name}, of the campaign ${creative.campaign} (${creative.kind})` },
    { name: 'Which bytes', value: creative.sha256, mono: true },
    { name: 'Why', value: `Because ${reasonWords(decision.reason)}. Drawn with a chance of ${share} % in tier ${decision.reason.tier}, from programme version ${String(decision.programmeVersion)}, with seed ${String(decision.seed)}.` },
    { name: 'How long', value: `${durationWords(play.durationMs)} of ${durationWords(play.plannedMs)} planned, by the clock that does not jump` },
    { name: 'How it ended', value: END_WORDS[play.endReason] },
    { name: 'Frames', value: framesWords(play) },
    ...(play.v === 3 ? [{ name: 'Zone', value: play.zone === MAIN_ZONE ? 'The main zone of the panel' : `The zone "${play.zone}" of the panel` }] : []),
    ...(play.v !== 1 ? [{ name: 'Panel', value: { on: 'Reported as lit', off: 'Reported as dark', unknown: 'Unknown: nothing here reports it' }[play.panel] }] : []),
    ...clockFacts(play),
    { name: 'Play', value: play.playId, mono: true },
    { name: 'Eligible set', value: decision.eligibleSha256, mono: true },
  ];
}

function framesWords(play: RecordedPlay): string {
  const presented = `${play.presentedFrames.toLocaleString('en')} presented`;
  if (play.v === 1) return presented;
  return `${presented}, ${play.droppedFrames === null ? 'dropped ones cannot be told here' : `${play.droppedFrames.toLocaleString('en')} dropped`}`;
}

type Clocked = Pick<RecordedPlay, 'wallMs' | 'monoMs' | 'clock' | 'bootId'> & { readonly zoneOffsetMin?: number; readonly hubClock?: { offsetMs: number; uncertaintyMs: number } | null };

function clockFacts({ wallMs, monoMs, clock, bootId, zoneOffsetMin, hubClock }: Clocked): Fact[] {
  const utc = new Date(wallMs).toISOString().replace('T', ' ').replace('Z', ' UTC');
  const zone = zoneOffsetMin === undefined ? '' : `, the screen’s zone ${zoneWords(zoneOffsetMin)}`;
  const hub = hubClock === undefined ? '' : hubClock === null ? ' The hub was not heard, so nothing was held against it.' : ` ${Math.abs(hubClock.offsetMs).toLocaleString('en')} ms ${hubClock.offsetMs < 0 ? 'behind' : 'ahead of'} the hub, ±\u00a0${hubClock.uncertaintyMs.toLocaleString('en')}\u00a0ms.`;
  return [
    { name: 'When', value: `${utc}${zone}` },
    { name: 'By what clock', value: `${clock === 'synced' ? 'The screen’s own, which was set.' : 'The screen’s own, which was never set: the time is wrong.'}${hub}` },
    { name: 'Life of the player', value: `${bootId}, ${durationWords(monoMs)} in`, mono: true },
  ];
}

/** `UTC+02:00` */
function zoneWords(offsetMin: number): string {
  const minutes = Math.abs(offsetMin);
  return `UTC${offsetMin < 0 ? '−' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
