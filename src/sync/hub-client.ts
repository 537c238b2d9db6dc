import {
  hubEventSchema,
  signedProgrammeSchema,
  statusAnswerSchema,
  storedPlaysSchema,
  uploadResponseSchema,
  type CommandOutcome,
  type HubClock,
  type HubEvent,
  type SignedCommand,
  type SignedProgramme,
  type StagePicture,
  type StatusReport,
  type StoredPlays,
  type UploadRequest,
  type UploadResponse,
} from '../contract/index.ts';
import { createHubConnection, type HubAnswer, type HubConnectionOptions, type Identity } from './hub-connection.ts';
import { HubRefusal } from './hub-errors.ts';
import { jsonOf } from './json-answer.ts';
import { lines } from './lines.ts';
import { parseJson } from './parse-json.ts';

const ANSWER_MS = 15_000;
/** A megabyte over a shop's slow uplink. */
const UPLOAD_MS = 60_000;
/** The hub says something at least every 15 s. */
const EVENTS_MS = 45_000;
const SMALL_ANSWER_BYTES = 64 * 1024;
/** `signedProgrammeSchema` allows ten million characters, each of them escaped or of several bytes. */
const PROGRAMME_BYTES = 30_000_000;
const EVENT_CHARACTERS = 10_000;

export interface UploadOutcome {
  /** `gap`: nothing was stored, the hub misses rows from `nextSeq` on. */
  readonly outcome: 'stored' | 'gap';
  readonly nextSeq: number;
  readonly cosigned: UploadResponse['cosigned'];
}

export type ProgrammeAnswer = { readonly kind: 'none' | 'unchanged' } | { readonly kind: 'programme'; readonly signed: SignedProgramme; readonly etag: string | null };

/** Everything a screen asks of its hub, answers checked. All throw what `HubConnection.request` throws. */
export interface HubClient {
  readonly identity: Identity;
  upload(upload: UploadRequest, signal: AbortSignal): Promise<UploadOutcome>;
  /** `etag`: of the programme that is already here. `none`: the hub has not published any yet. */
  programme(etag: string | null, signal: AbortSignal): Promise<ProgrammeAnswer>;
  /** A media file from byte `from` on: 206, or 200 with the whole file, or 416. */
  media(sha256: string, from: number, signal: AbortSignal): Promise<HubAnswer>;
  /** Ends when the hub closes the stream. Lines that are not understood are passed over: a newer hub may say more. */
  events(signal: AbortSignal): AsyncGenerator<HubEvent, void>;
  /** Resolves to what the hub wants of this screen now. */
  report(status: StatusReport, signal: AbortSignal): Promise<readonly SignedCommand[]>;
  /** What came of a command. */
  settle(commandId: string, outcome: CommandOutcome, signal: AbortSignal): Promise<void>;
  /** A picture of the stage, because the programme asks for it. */
  sendPicture(picture: StagePicture, signal: AbortSignal): Promise<void>;
  /** What the hub has of a log from a row on. */
  storedPlays(epoch: string, from: number, signal: AbortSignal): Promise<StoredPlays>;
  /** How far this screen's wall clock is from the hub's now; `null` before the first answer. */
  hubClock(): HubClock | null;
}

export function createHubClient(options: HubConnectionOptions & Required<Pick<HubConnectionOptions, 'identity'>>): HubClient {
  const connection = createHubConnection(options);
  const own = `/v1/screens/${options.identity.screenId}`;

  return {
    identity: options.identity,

    hubClock: () => connection.hubClock(),

    async upload(upload, signal) {
      const path = `${own}/impressions`;
      const answer = await connection.request({ method: 'POST', path, body: JSON.stringify(upload), accept: [200, 409], silenceMs: UPLOAD_MS, signal });
      const { nextSeq, cosigned } = await jsonOf(answer, path, uploadResponseSchema, SMALL_ANSWER_BYTES);
      return { outcome: answer.status === 200 ? 'stored' : 'gap', nextSeq, cosigned };
    },

    async programme(etag, signal) {
      const path = `${own}/programme`;
      try {
        const answer = await connection.request({ method: 'GET', path, headers: etag === null ? {} : { 'if-none-match': etag }, accept: [200, 304], silenceMs: ANSWER_MS, signal });
        if (answer.status === 304) {
          await answer.discard();
          return { kind: 'unchanged' };
        }
        return { kind: 'programme', signed: await jsonOf(answer, path, signedProgrammeSchema, PROGRAMME_BYTES), etag: answer.headers.get('etag') };
      } catch (error) {
        if (isNoProgramme(error)) return { kind: 'none' };
        throw error;
      }
    },

    media(sha256, from, signal) {
      // The name is the content, so the hash is the strong validator that a resumed download needs.
      const headers = from === 0 ? {} : { range: `bytes=${from}-`, 'if-range': `"${sha256}"` };
      return connection.request({ method: 'GET', path: `/v1/media/${sha256}`, headers, accept: [200, 206, 416], silenceMs: ANSWER_MS, signal });
    },

    async storedPlays(epoch, from, signal) {
      const path = `${own}/logs/${epoch}/plays?from=${from}`;
      return jsonOf(await connection.request({ method: 'GET', path, accept: [200], silenceMs: ANSWER_MS, signal }), path, storedPlaysSchema, SMALL_ANSWER_BYTES);
    },

    async *events(signal) {
      const answer = await connection.request({ method: 'GET', path: `${own}/events`, accept: [200], silenceMs: EVENTS_MS, signal });
      for await (const line of lines(answer.chunks(), EVENT_CHARACTERS)) {
        const event = hubEventSchema.safeParse(parseJson(line));
        if (event.success) yield event.data;
      }
    },

    async report(status, signal) {
      const path = `${own}/status`;
      const answer = await connection.request({ method: 'POST', path, body: JSON.stringify(status), accept: [200, 204], silenceMs: ANSWER_MS, signal });
      if (answer.status === 200) return (await jsonOf(answer, path, statusAnswerSchema, SMALL_ANSWER_BYTES)).commands;
      await answer.discard();
      return [];
    },

    async sendPicture(picture, signal) {
      const answer = await connection.request({ method: 'POST', path: `${own}/picture`, body: JSON.stringify(picture), accept: [204], silenceMs: UPLOAD_MS, signal });
      await answer.discard();
    },

    async settle(commandId, outcome, signal) {
      const answer = await connection.request({ method: 'POST', path: `${own}/commands/${commandId}/outcome`, body: JSON.stringify(outcome), accept: [204], silenceMs: UPLOAD_MS, signal });
      await answer.discard();
    },
  };
}

function isNoProgramme(error: unknown): boolean {
  return error instanceof HubRefusal && error.problem?.code === 'no-programme';
}
