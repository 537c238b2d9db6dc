import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { LitfassError, recordedPlaySchema, type Leaf, type LogRow, type Play, type RecordedPlay, type Release } from '../contract/index.ts';
import { openDatabase } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import type { ImpressionLog } from './impression-log.ts';
import { leafTable, PRUNED, type LogEntry } from './leaf-table.ts';
import { leafText, parseLeaf } from './leaf-text.ts';
import { leafWriter, type WrittenLeaf } from './leaf-writer.ts';
import { openPlayTable } from './open-play.ts';
import { pruning } from './pruning.ts';
import { settingTable, type Settings } from './settings.ts';
import { signing } from './signing.ts';
import { storageFault } from './storage-fault.ts';
import { withTable } from './table-ledger.ts';
import { treeTable } from './tree-table.ts';

const PAGE_ROWS = 500;

export interface LogOptions {
  readonly file: string;
  /** Without it every write is durable when it returns. */
  readonly groupCommit?: GroupCommit;
}

/** @throws LitfassError see `openDatabase`. */
export function openLog(options: LogOptions): ImpressionLog {
  const database = openDatabase(options.file);
  try {
    return createLog(database, options.file, options.groupCommit);
  } catch (error) {
    database.close();
    throw storageFault(error, options.file);
  }
}

/** The log on an open connection, which it owns from now on. `file` is for messages. */
export function createLog(database: Database.Database, file: string, groupCommit?: GroupCommit): ImpressionLog {
  const leaves = leafTable(database, file);
  const tree = treeTable(database);
  const openPlay = openPlayTable(database);
  const settings = settingTable(database, file);
  const writer = leafWriter({ database, leaves, tree, openPlay, settings, file, groupCommit });
  const signer = signing({ size: () => leaves.size(), readTile: tree.readTile, settings, file });
  const retention = pruning(leaves, settings);
  let current: Play | null = null;

  const recovered = recover();
  const epoch = settings.get('epoch') ?? beginEpoch();
  const firstOfThisOpening = leaves.size();

  function readRows(from: number, limit: number): LogRow[] {
    return leaves.rows(from, limit, retention.prunedBelow());
  }

  function beginEpoch(): string {
    const begun = randomUUID();
    writer.write(() => settings.put('epoch', begun));
    return begun;
  }

  function recover(): RecordedPlay | null {
    const text = openPlay.read();
    if (text === null) return null;
    const play = recordedPlaySchema.safeParse(parseJson(text));
    if (!play.success) throw new LitfassError('log-corrupt', `The open play in ${file} cannot be read: ${text.slice(0, 200)}. The file was left as it is; move it to a safe place, then start again with a new log.`);
    // No play is open any more: its row in that table goes with the same transaction.
    addOne({ type: 'play', text });
    return play.data;
  }

  function addOne(leaf: WrittenLeaf): LogEntry {
    const [entry] = writer.add([leaf]);
    return entry as LogEntry;
  }

  /** Checked first: a play that does not fit its schema changes nothing. */
  function setCurrent(play: Play): void {
    writer.open(leafText(play));
    current = play;
    writer.mirror();
  }

  function requireOpen(playId?: string): Play {
    if (current !== null && (playId ?? current.playId) === current.playId) return current;
    throw new LitfassError('play-not-open', `Play ${playId ?? '(any)'} is not open${current ? `, ${current.playId} is` : ''}. A play is started once and finished once.`);
  }

  return {
    epoch,
    recovered,
    size: () => leaves.size(),
    unsaved: () => writer.waiting().length,

    append: (leaf) => addOne(written(leaf)),
    appendAll: (added) => writer.add(added.map(written)),

    startPlay(play) {
      if (current !== null) throw new LitfassError('play-already-open', `Play ${play.playId} cannot start: ${current.playId} is open. Finish it first.`);
      setCurrent({ ...play, endReason: 'crash' });
    },
    touchPlay: ({ durationMs, presentedFrames }) => setCurrent({ ...requireOpen(), durationMs, presentedFrames }),
    finishPlay(play) {
      requireOpen(play.playId);
      const leaf = written(play);
      current = null;
      writer.open(null);
      return addOne(leaf);
    },

    rows: readRows,
    signCheckpoint(size, screenId, key) {
      const { note, isLargest } = signer.sign(size, screenId, epoch, key);
      if (isLargest) writer.write(() => settings.put('signed', { size, note }));
      return note;
    },
    consistencyProof: (from, size) => signer.consistencyProof(from, size),
    cosigned: () => settings.get('cosigned')?.note ?? null,
    acknowledged: () => settings.get('acknowledged') ?? 0,
    acknowledge(nextSeq, cosigned) {
      if (!(nextSeq >= 0 && nextSeq <= leaves.size())) throw new RangeError(`the hub cannot have ${nextSeq} rows of a log of ${leaves.size()}`);
      writer.write(() => {
        settings.put('acknowledged', nextSeq);
        if (cosigned !== undefined && cosigned.size >= (settings.get('cosigned')?.size ?? 0)) {
          settings.put('cosigned', { size: cosigned.size, note: cosigned.note });
          retention.cosigned(Math.min(cosigned.size, nextSeq), cosigned.timeMs);
        }
      });
    },
    lastRelease() {
      const waiting = writer.waiting().findLast((leaf) => leaf.type === 'release');
      if (waiting !== undefined) return parseLeaf(waiting.text) as Release;
      const seq = settings.get('newestReleaseSeq');
      const [row] = seq === null ? [] : readRows(seq, 1);
      return row === undefined ? null : (parseLeaf(row.leaf) as Release);
    },
    lastTableEndMs(metric) {
      const waiting = writer.waiting().filter((leaf) => leaf.type === 'release-table');
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
      writer.write(() => {
        for (const [name, value] of Object.entries(values) as [keyof Settings, never][]) settings.put(name, value);
      }),

    commit: () => writer.commit(),
    onAppend: (listener) => writer.onRows(listener),
    close() {
      try {
        writer.commit();
      } finally {
        writer.stop();
        database.close();
      }
    },
  };
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
