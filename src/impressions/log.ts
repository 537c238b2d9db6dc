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
import { withTable } from './table-ledger.ts';
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
  let current: Play | null = null;
  /** What the table of the open play holds. */
  let mirrored: Play | null = null;

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

  function recover(): RecordedPlay | null {
    const text = openPlay.read();
    if (text === null) return null;
    const play = recordedPlaySchema.safeParse(parseJson(text));
    if (!play.success) throw new LitfassError('log-corrupt', `The open play in ${file} cannot be read: ${text.slice(0, 200)}. The file was left as it is; move it to a safe place, then start again with a new log.`);
    transact(() => {
      appendText(text);
      openPlay.clear();
    });
    return play.data;
  }

  function appendText(text: string): LogEntry {
    const entry = leaves.append(text);
    tree.grown(entry.seq + 1);
    return entry;
  }

  function appendLeaf(leaf: WrittenLeaf): LogEntry {
    const entry = appendText(leaf.text);
    if (leaf.type === 'release') settings.put('newestReleaseSeq', entry.seq);
    if (leaf.type === 'release-table') settings.put('tableEnds', withTable(settings.get('tableEnds'), leaf.text));
    return entry;
  }

  function mirrorOpenPlay(): void {
    if (current === null) openPlay.clear();
    else openPlay.put(leafText(current));
  }

  /**
   * One durable transaction. It first stores what an earlier one could not; the table of the open play follows in the same
   * one, or a play could stand both there and in the log, and be logged again after a crash.
   */
  function write<T>(change: () => T): T {
    const before = leaves.size();
    let result: T;
    try {
      result = transact(() => {
        for (const leaf of unsaved) appendLeaf(leaf);
        if (mirrored !== current) mirrorOpenPlay();
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

  function requireOpen(playId?: string): Play {
    if (current !== null && (playId ?? current.playId) === current.playId) return current;
    throw new LitfassError('play-not-open', `Play ${playId ?? '(any)'} is not open${current ? `, ${current.playId} is` : ''}. A play is started once and finished once.`);
  }

  return {
    epoch,
    recovered,
    size: () => leaves.size(),
    unsaved: () => unsaved.length,

    append: (leaf) => writeLeaf(written(leaf)),
    appendAll: (added) => writeLeaves(added.map(written)),

    startPlay(play) {
      if (current !== null) throw new LitfassError('play-already-open', `Play ${play.playId} cannot start: ${current.playId} is open. Finish it first.`);
      const started: Play = { ...play, endReason: 'crash' };
      leafText(started);
      current = started;
      write(() => undefined);
    },
    touchPlay({ durationMs, presentedFrames }) {
      const touched: Play = { ...requireOpen(), durationMs, presentedFrames };
      leafText(touched);
      current = touched;
      write(() => undefined);
    },
    finishPlay(play) {
      requireOpen(play.playId);
      const leaf = written(play);
      current = null;
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
    lastTableEndMs(metric) {
      const waiting = unsaved.filter((leaf) => leaf.type === 'release-table');
      return waiting.reduce((ends, leaf) => withTable(ends, leaf.text), settings.get('tableEnds') ?? {})[metric] ?? 0;
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
