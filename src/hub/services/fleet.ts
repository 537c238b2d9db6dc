import { type ScreensResponse, type ScreenView, type StatusReport, statusReportSchema } from '../../contract/index.ts';
import { inTransaction } from '../repositories/database.ts';
import { playsPerDay } from '../repositories/plays.ts';
import { newestReleases, type ReleaseRow } from '../repositories/releases.ts';
import type { HubDatabase } from '../repositories/schema.ts';
import { findScreen, listScreens, saveContact, type ScreenRow } from '../repositories/screens.ts';
import { estimateVisits, SHOWN_WINDOWS } from './audience-estimate.ts';
import { contactState } from './contact.ts';
import { localDay } from './local-day.ts';
import { createSignal, type Signal } from './signal.ts';

/** Two cells a window: watched and passed. */
const SHOWN_CELLS = SHOWN_WINDOWS * 2;

/** What is known of one screen right now. */
interface Member {
  screen: ScreenRow;
  lastContactMs: number | null;
  /** Newest time that a request of this screen was signed with: an older one is a replay or was overtaken. */
  signedMs: number;
  status: StatusReport | null;
  statusSignedMs: number;
  plays: ReadonlyMap<number, number>;
  releases: readonly ReleaseRow[];
  /** Contact or status is newer than in the database. */
  unsaved: boolean;
}

/**
 * All screens as they are at this moment. Contact and status arrive every few seconds from every screen, so they live in
 * memory and go to the disk now and then; plays and cells are read again when a screen uploaded.
 */
export interface Fleet {
  readonly changed: Signal;
  add(screen: ScreenRow): void;
  /** A verified request arrived. Repeating an old one does not make a dead screen look alive. */
  heardFrom(screenId: string, signedMs: number): void;
  reported(screenId: string, signedMs: number, status: StatusReport): void;
  uploaded(screenId: string): Promise<void>;
  view(wantedProgrammeVersion: number): ScreensResponse;
  save(): Promise<void>;
}

export async function openFleet(db: HubDatabase, clock: () => number): Promise<Fleet> {
  const changed = createSignal();
  const members = new Map<string, Member>();
  for (const screen of await listScreens(db)) members.set(screen.id, await readMember(db, screen));

  return {
    changed,

    add(screen) {
      if (!members.has(screen.id)) members.set(screen.id, newMember(screen));
      changed.emit();
    },

    heardFrom(screenId, signedMs) {
      const member = members.get(screenId);
      if (member === undefined || signedMs <= member.signedMs) return;
      const nowMs = clock();
      // A clock that ran ahead and was then put right must not look like a replay until real time catches up.
      member.signedMs = Math.min(signedMs, nowMs);
      const wasOnline = contactState(member.lastContactMs, nowMs) === 'online';
      member.lastContactMs = nowMs;
      member.unsaved = true;
      if (!wasOnline) changed.emit();
    },

    reported(screenId, signedMs, status) {
      const member = members.get(screenId);
      if (member === undefined || signedMs <= member.statusSignedMs) return;
      member.statusSignedMs = Math.min(signedMs, clock());
      member.status = status;
      member.unsaved = true;
      changed.emit();
    },

    async uploaded(screenId) {
      const member = members.get(screenId);
      if (member === undefined) return;
      member.screen = (await findScreen(db, screenId)) ?? member.screen;
      member.plays = await playsPerDay(db, screenId);
      member.releases = await newestReleases(db, screenId, SHOWN_CELLS);
      changed.emit();
    },

    view(wantedProgrammeVersion) {
      const nowMs = clock();
      const screens = [...members.values()]
        .map((member) => viewOf(member, wantedProgrammeVersion, nowMs))
        .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
      return { hubTimeMs: nowMs, screens };
    },

    async save() {
      const unsaved = [...members.values()].filter((member) => member.unsaved);
      if (unsaved.length === 0) return;
      for (const member of unsaved) member.unsaved = false;
      try {
        await inTransaction(db, async (transaction) => {
          for (const { screen, lastContactMs, status } of unsaved) {
            if (lastContactMs !== null) await saveContact(transaction, screen.id, { lastContactMs, status: status && JSON.stringify(status) });
          }
        });
      } catch (error) {
        for (const member of unsaved) member.unsaved = true;
        throw error;
      }
    },
  };
}

function newMember(screen: ScreenRow): Member {
  return { screen, lastContactMs: screen.last_contact_ms, signedMs: 0, status: null, statusSignedMs: 0, plays: new Map(), releases: [], unsaved: false };
}

async function readMember(db: HubDatabase, screen: ScreenRow): Promise<Member> {
  // A report that an older version of Litfass wrote may not fit any more; the next one comes within seconds.
  const status = screen.status === null ? undefined : statusReportSchema.safeParse(JSON.parse(screen.status)).data;
  return { ...newMember(screen), status: status ?? null, plays: await playsPerDay(db, screen.id), releases: await newestReleases(db, screen.id, SHOWN_CELLS) };
}

function viewOf(member: Member, wantedProgrammeVersion: number, nowMs: number): ScreenView {
  const { screen, plays } = member;
  return {
    id: screen.id,
    name: screen.name,
    enrolledMs: screen.enrolled_ms,
    lastContactMs: member.lastContactMs,
    contact: contactState(member.lastContactMs, nowMs),
    status: member.status,
    wantedProgrammeVersion,
    audience: estimateVisits(member.releases, nowMs),
    plays: {
      total: [...plays.values()].reduce((sum, count) => sum + count, 0),
      today: plays.get(localDay(nowMs, screen.zone_offset_min)) ?? 0,
    },
  };
}
