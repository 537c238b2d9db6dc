import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { LitfassError, recordedPlaySchema, type Leaf, type LogRow, type Play, type RecordedPlay, type Release } from '../contract/index.ts';
import { openDatabase } from './database.ts';
import type { ImpressionLog } from './impression-log.ts';
import { leafTable, PRUNED, type LogEntry } from './leaf-table.ts';
import { leafText, parseLeaf } from './leaf-text.ts';
import { openPlayTable } from './open-play.ts';
import { pruning } from './pruning.ts';
import { settingTable, type Settings } from './settings.ts';
import { signing } from './signing.ts';
import { storageFault } from './storage-fault.ts';
import { treeTable } from './tree-table.ts';

/** Leaves kept in memory while the disk refuses them: a day and a half of plays of ten seconds. */
const MOST_UNSAVED = 10_000;

const PAGE_ROWS = 500;

/** @throws LitfassError see `openDatabase`. */
export function openLog(options: { readonly file: string }): ImpressionLog {
  const database = openDatabase(options.file);
  try {
    return createLog(database, options.file);
  } catch (error) {
    database.close();
    throw storageFault(error, options.file);
  }
}

/** The log on an open connection, which it owns from now on. `file` is for messages. */
export function createLog(database: Database.Database, file: string): ImpressionLog {
  const leaves = leafTable(database, file);
  const tree = treeTable(database);
  const openPlay = openPlayTable(database);
  const settings = settingTable(database, file);
  const signer = signing({ size: () => leaves.size(), readTile: tree.readTile, settings, file });
  const retention = pruning(leaves, settings);
  const listeners = new Set<() => void>();
  let unsaved: WrittenLeaf[] = [];
  /** By the zone that they are in. */
  let current: ReadonlyMap<string, OpenPlay> = new Map();
  /** What the table of the open plays holds. */
  let mirrored = current;

  const epoch = settings.get('epoch') ?? beginEpoch();
  const recovered = recover();
  const firstOfThisOpening = leaves.size();

  function readRows(from: number, limit: number): LogRow[] {
    return leaves.rows(from, limit, retention.prunedBelow());
  }

  function transact<T>(change: () => T): T {
    return database.transaction(change).immediate();
  }

  function beginEpoch(): string {
    const begun = randomUUID();
    transact(() => settings.put('epoch', begun));
    return begun;
  }

  function recover(): readonly RecordedPlay[] {
    const texts = openPlay.read();
    const plays = texts.map((text) => {
      const play = recordedPlaySchema.safeParse(parseJson(text));
      if (!play.success) throw new LitfassError('log-corrupt', `The open play in ${file} cannot be read: ${text.slice(0, 200)}. The file was left as it is; move it to a safe place, then start again with a new log.`);
      return play.data;
    });
    if (texts.length === 0) return [];
    transact(() => {
      texts.forEach(appendText);
      openPlay.clear();
    });
    return plays;
  }

  function appendText(text: string): LogEntry {
    const entry = leaves.append(text);
    tree.grown(entry.seq + 1);
    return entry;
  }

  function appendLeaf(leaf: WrittenLeaf): LogEntry {
    const entry = appendText(leaf.text);
    if (leaf.type === 'release') settings.put('newestReleaseSeq', entry.seq);
    return entry;
  }

  function mirrorOpenPlays(): void {
    if (current.size === 0) openPlay.clear();
    else openPlay.put([...current.values()].map(({ text }) => text));
  }

  /**
   * One durable transaction. It first stores what an earlier one could not; the table of the open plays follows in the same
   * one, or a play could stand both there and in the log, and be logged again after a crash.
   */
  function write<T>(change: () => T): T {
    const before = leaves.size();
    let result: T;
    try {
      result = transact(() => {
        for (const leaf of unsaved) appendLeaf(leaf);
        if (mirrored !== current) mirrorOpenPlays();
        return change();
      });
    } catch (error) {
      throw storageFault(error, file);
    }
    unsaved = [];
    mirrored = current;
    if (leaves.size() > before) for (const listener of listeners) listener();
    return result;
  }

  function writeLeaves(added: readonly WrittenLeaf[]): LogEntry[] {
    try {
      return write(() => added.map(appendLeaf));
    } catch (error) {
      const kept = added.slice(0, MOST_UNSAVED - unsaved.length);
      unsaved.push(...kept);
      if (kept.length === added.length) throw error;
      throw new LitfassError('log-overflow', `${added.length - kept.length} leaves are lost: ${file} has refused to be written for so long that ${MOST_UNSAVED} leaves wait in memory.`, { cause: error });
    }
  }

  function writeLeaf(leaf: WrittenLeaf): LogEntry {
    const [entry] = writeLeaves([leaf]);
    return entry as LogEntry;
  }

  function requireOpen(playId: string): Play {
    for (const { play } of current.values()) if (play.playId === playId) return play;
    throw new LitfassError('play-not-open', `Play ${playId} is not open${current.size === 0 ? '' : `; open is ${[...current.values()].map(({ play }) => play.playId).join(', ')}`}. A play is started once and finished once.`);
  }

  /** Checked first: a play that does not fit its schema changes nothing. */
  function setOpen(play: Play): void {
    current = new Map([...current, [play.zone, { play, text: leafText(play) }]]);
    write(() => undefined);
  }

  return {
    epoch,
    recovered,
    size: () => leaves.size(),
    unsaved: () => unsaved.length,

    append: (leaf) => writeLeaf(written(leaf)),
    appendAll: (added) => writeLeaves(added.map(written)),

    startPlay(play) {
      const open = current.get(play.zone)?.play.playId;
      if (open !== undefined) throw new LitfassError('play-already-open', `Play ${play.playId} cannot start: ${open} is open in zone "${play.zone}". Finish it first.`);
      setOpen({ ...play, endReason: 'crash' });
    },
    touchPlay: ({ playId, durationMs, presentedFrames }) => setOpen({ ...requireOpen(playId), durationMs, presentedFrames }),
    finishPlay(play) {
      requireOpen(play.playId);
      const leaf = written(play);
      current = new Map([...current].filter(([, open]) => open.play.playId !== play.playId));
      return writeLeaf(leaf);
    },

    rows: readRows,
    signCheckpoint(size, screenId, key) {
      const { note, isLargest } = signer.sign(size, screenId, epoch, key);
      if (isLargest) write(() => settings.put('signed', { size, note }));
      return note;
    },
    consistencyProof: (from, size) => signer.consistencyProof(from, size),
    cosigned: () => settings.get('cosigned')?.note ?? null,
    acknowledged: () => settings.get('acknowledged') ?? 0,
    acknowledge(nextSeq, cosigned) {
      if (!(nextSeq >= 0 && nextSeq <= leaves.size())) throw new RangeError(`the hub cannot have ${nextSeq} rows of a log of ${leaves.size()}`);
      write(() => {
        settings.put('acknowledged', nextSeq);
        if (cosigned !== undefined && cosigned.size >= (settings.get('cosigned')?.size ?? 0)) {
          settings.put('cosigned', { size: cosigned.size, note: cosigned.note });
          retention.cosigned(Math.min(cosigned.size, nextSeq), cosigned.timeMs);
        }
      });
    },
    lastRelease() {
      const waiting = unsaved.findLast((leaf) => leaf.type === 'release');
      if (waiting !== undefined) return parseLeaf(waiting.text) as Release;
      const seq = settings.get('newestReleaseSeq');
      const [row] = seq === null ? [] : readRows(seq, 1);
      return row === undefined ? null : (parseLeaf(row.leaf) as Release);
    },
    count: (type) => leaves.count(type),
    *plays() {
      for (let from = firstOfThisOpening; ; from += PAGE_ROWS) {
        const page = readRows(from, PAGE_ROWS);
        for (const row of page) {
          if (row.leaf === PRUNED) continue;
          const leaf = parseLeaf(row.leaf);
          if (leaf.type === 'play') yield leaf;
        }
        if (page.length < PAGE_ROWS) return;
      }
    },

    setting: (name) => settings.get(name),
    setSettings: (values) =>
      write(() => {
        for (const [name, value] of Object.entries(values) as [keyof Settings, never][]) settings.put(name, value);
      }),

    onAppend(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      try {
        if (unsaved.length > 0) write(() => undefined);
      } finally {
        database.close();
      }
    },
  };
}

/** A play that is on screen, and the leaf that it becomes if the player dies. */
interface OpenPlay {
  readonly play: Play;
  readonly text: string;
}

/** A leaf that passed its check, as it will be hashed. */
interface WrittenLeaf {
  readonly type: Leaf['type'];
  readonly text: string;
}

function written(leaf: Leaf): WrittenLeaf {
  return { type: leaf.type, text: leafText(leaf) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
