import { setTimeout as sleep } from 'node:timers/promises';
import { LitfassError, type Programme, type SignedProgramme, type Random } from '../contract/index.ts';
import type { ImpressionLog } from '../impressions/index.ts';
import { HUB_BACK_OFF, type BackOff } from './back-off.ts';
import { downloadMedia } from './download.ts';
import type { HubClient } from './hub-client.ts';
import type { MediaStore } from './media-store.ts';
import { ownTurns } from './own-turns.ts';
import type { ProgrammeStore } from './programme-store.ts';
import { startRounds } from './rounds.ts';
import { createTrouble, type TroubleListener } from './trouble.ts';
import { verifyProgramme, type VerifiedProgramme } from './verified-programme.ts';

const POLL_MS = 60_000;
/** Screens that lose their stream together come back over this time. */
const RECONNECT_MS = 5_000;

export interface DownlinkOptions {
  readonly hub: HubClient;
  /** Pinned at enrolment. */
  readonly hubPublicKey: string;
  /** Keeps the highest version ever seen. */
  readonly log: ImpressionLog;
  readonly programmes: ProgrammeStore;
  readonly media: MediaStore;
  /** Hashes that must stay although no stored programme shows them any more: what is on the screen now. */
  readonly alsoKeep?: () => readonly string[];
  readonly random: Random;
  /** A new programme is on disk with all its media, and is the one to show from now on. */
  readonly onProgramme: (programme: Programme, signed: SignedProgramme) => void;
  /** Whatever it is, the last good programme stays. */
  readonly onTrouble: TroubleListener;
  readonly pollMs?: number;
  readonly backOff?: BackOff;
}

export interface Downlink {
  /** Looks at once: a media file went missing, for instance. Resolves to whether all is here. */
  pullNow(): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * Keeps programme and media as the hub wants them. A slow poll is the truth; the hub's event stream only makes it quick.
 *
 * In this order, as in TUF (tuf-spec section 5): signature, schema, version, then media by hash and length; the programme is
 * switched only when every file is here. A failure at any step changes nothing on the screen.
 */
export function startDownlink(options: DownlinkOptions): Downlink {
  const { hub, hubPublicKey, log, programmes, media, alsoKeep = () => [], random, onProgramme, onTrouble, pollMs = POLL_MS, backOff = HUB_BACK_OFF } = options;
  let etag: string | null = null;
  /** Accepted, but its media are not all here yet. */
  let pending: VerifiedProgramme | null = null;

  async function pull(signal: AbortSignal): Promise<void> {
    const answer = await hub.programme(etag, signal);
    if (answer.kind === 'programme') {
      const offered = verifyProgramme(answer.signed, hubPublicKey, 'the hub');
      pending = await orNotTaken(offered, () => accept(offered));
      etag = answer.etag;
    }
    if (pending === null) {
      const active = programmes.active();
      if (active !== null) await fetchMissing(active.programme, signal);
      return;
    }
    const next = pending;
    await orNotTaken(next, async () => {
      await fetchMissing(next.programme, signal);
      await programmes.activate(next);
    });
    pending = null;
    onProgramme(next.programme, next.signed);
    await media.keepOnly(new Set([...programmes.mediaInUse(), ...alsoKeep()]));
  }

  /** The programme if it is a new one, `null` if it is the active one. @throws LitfassError `programme-rollback`, `programme-changed` */
  function accept(offered: VerifiedProgramme): VerifiedProgramme | null {
    const { version } = offered.programme;
    const highest = log.setting('highestProgrammeVersion') ?? 0;
    if (version < highest) {
      throw new LitfassError('programme-rollback', `The hub offers programme version ${version}, but has had version ${highest}: an old programme is not shown again. Publish it anew, with a higher version.`);
    }
    const active = programmes.active();
    if (active?.signed.programme === offered.signed.programme) return null;
    if (active?.programme.version === version) {
      throw new LitfassError('programme-changed', `The hub offers another programme under version ${version}, which this screen shows already. Publish it anew, with a higher version.`);
    }
    if (version > highest) log.setSettings({ highestProgrammeVersion: version });
    return offered;
  }

  async function fetchMissing(programme: Programme, signal: AbortSignal): Promise<void> {
    for (const creative of programme.creatives) {
      if (!media.has(creative.sha256)) await downloadMedia(hub, media, creative, signal);
    }
  }

  async function listen(signal: AbortSignal): Promise<void> {
    let heard = false;
    try {
      for await (const event of hub.events(signal)) {
        heard = true;
        // The hub is there and says so: a back-off is pointless now.
        if (event.type === 'programme') void pulls.runNow();
      }
    } catch (error) {
      // Every stream breaks some day. Only one that never spoke is a failure, or each break would lengthen the back-off.
      if (!heard) throw error;
    }
    await sleep(random() * RECONNECT_MS, undefined, { signal });
  }

  const pulls = startRounds({ round: pull, pauseMs: ownTurns(hub.identity.screenId, pollMs), backOff, random, trouble: createTrouble(onTrouble) });
  // Without the stream the poll still works, and says what is wrong with the hub: one voice is enough.
  const streams = startRounds({ round: listen, pauseMs: () => 0, backOff, random, trouble: createTrouble(() => undefined) });
  return {
    pullNow: () => pulls.runNow(),
    async close() {
      await Promise.all([pulls.close(), streams.close()]);
    },
  };
}

/** What the disk refuses, in the words of what it keeps from the screen: that the disk is full was said long ago. */
async function orNotTaken<T>({ programme }: VerifiedProgramme, take: () => T | Promise<T>): Promise<T> {
  try {
    return await take();
  } catch (error) {
    if (!(error instanceof LitfassError) || !error.code.startsWith('data-folder-')) throw error;
    throw new LitfassError(error.code, `Programme version ${programme.version} is not shown yet, and nothing on the screen changes: ${error.message}`, { cause: error });
  }
}
