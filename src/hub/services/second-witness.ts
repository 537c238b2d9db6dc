import { LitfassError } from '../../contract/index.ts';
import { consistencyPath, formatAddCheckpoint, hashesOf, originOf, parseCheckpoint, parseDecimal, parseNote, type VerifierKey, verifyNote } from '../../impressions/index.ts';
import { insertAlarmOnce } from '../repositories/alarms.ts';
import { findLog, type LogKey, saveSecondCheckpoint } from '../repositories/impression-log.ts';
import { readTiles } from '../repositories/log-tree.ts';
import type { HubDatabase } from '../repositories/schema.ts';

const ANSWER_MS = 15_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 15 * 60_000;
const MOST_ANSWER = 20_000;

export interface SecondWitnessOptions {
  readonly db: HubDatabase;
  /** Prefix of the witness: requests go to `<url>/add-checkpoint`. */
  readonly url: string;
  readonly key: VerifierKey;
  readonly clock: () => number;
  readonly notice: (line: string) => void;
}

/**
 * A witness that is not the hub: it keeps what each log committed to, so that not even hub and screen together can change it
 * unseen. The client's side of C2SP tlog-witness. Screens never wait for it.
 */
export interface SecondWitness {
  readonly url: string;
  readonly key: VerifierKey;
  /** The hub accepted a checkpoint; the newest is shown as soon as the witness can be reached. */
  accepted(log: LogKey): void;
  close(): Promise<void>;
}

export function startSecondWitness({ db, url, key, clock, notice }: SecondWitnessOptions): SecondWitness {
  const waiting = new Map<string, LogKey>();
  const closing = new AbortController();
  let pauseMs = 0;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    for (let [name, log] = next(); log !== undefined && !closing.signal.aborted; [name, log] = next()) {
      waiting.delete(name);
      try {
        await show(log);
        pauseMs = 0;
      } catch (error) {
        if (closing.signal.aborted) return;
        if (pauseMs === 0) notice(`hub: the witness ${key.name} at ${url} cannot be used now: ${error instanceof Error ? error.message : String(error)}`);
        waiting.set(name, log);
        pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pauseMs * 2));
        await pause(Math.random() * pauseMs, closing.signal);
      }
    }
  }

  function next(): [string, LogKey | undefined] {
    const [first] = waiting;
    return first ?? ['', undefined];
  }

  async function show(log: LogKey): Promise<void> {
    const state = await findLog(db, log);
    if (state?.checkpoint == null) return;
    const note = state.checkpoint;
    const { size } = parseCheckpoint(parseNote(note).text);
    let old = state.second_size;
    for (let tries = 0; tries < 2; tries += 1) {
      const path = old === 0 || old >= size ? [] : consistencyPath(old, size);
      const proof = hashesOf(path, await readTiles(db, log, path));
      const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: formatAddCheckpoint({ old, proof, checkpoint: note }), redirect: 'error', signal: AbortSignal.any([closing.signal, AbortSignal.timeout(ANSWER_MS)]) });
      const answer = (await response.text()).slice(0, MOST_ANSWER);
      const known = response.status === 409 ? parseDecimal(answer.trimEnd()) : null;
      if (response.status === 200) return keep(log, note, answer);
      if (response.status === 422) return alarm(log, note, answer);
      if (known === null || known > size) throw new LitfassError('witness-refused', `it answered ${String(response.status)}: ${answer.slice(0, 200)}`);
      old = known;
    }
  }

  async function keep(log: LogKey, note: string, cosignatures: string): Promise<void> {
    const cosigned = parseNote(note + cosignatures);
    verifyNote({ ...cosigned, signatures: cosigned.signatures.filter(({ name }) => name === key.name) }, [key]);
    if (cosigned.text !== parseNote(note).text) throw new LitfassError('witness-refused', 'it cosigned another text.');
    await saveSecondCheckpoint(db, log, parseCheckpoint(cosigned.text).size, note + cosignatures);
  }

  /** The witness has seen another history of this log: the hub's own word is not enough to say which is right. */
  async function alarm(log: LogKey, note: string, answer: string): Promise<void> {
    const message = `the witness ${key.name} has seen another history of "${originOf(log.screenId, log.epoch)}": ${answer.slice(0, 500)}`;
    notice(`hub: ${message}`);
    await insertAlarmOnce(db, { at_ms: clock(), code: 'witness-fork', screen_id: log.screenId, epoch: log.epoch, seq: null, message, checkpoint: note });
  }

  return {
    url,
    key,
    accepted(log) {
      waiting.set(originOf(log.screenId, log.epoch), log);
      working ??= work().finally(() => (working = null));
    },
    async close() {
      closing.abort();
      await working;
    },
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
