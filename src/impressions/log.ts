import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { LitfassError, recordedPlaySchema, type Leaf, type LogRow, type Play, type RecordedPlay, type Release } from '../contract/index.ts';
import type { RefusalListener } from './database.ts';
import type { GroupCommit } from './group-commit.ts';
import type { ImpressionLog } from './impression-log.ts';
import { leafTable, PRUNED } from './leaf-table.ts';
import { leafText, parseLeaf } from './leaf-text.ts';
import { leafWriter, type LeafWriter, type WrittenLeaf } from './leaf-writer.ts';
import { openPlayTable } from './open-play.ts';
import { pruning } from './pruning.ts';
import { settingTable, type Settings } from './settings.ts';
import { signing } from './signing.ts';
import { isRefusal } from './storage-fault.ts';
import { withTable } from './table-ledger.ts';
import { treeTable } from './tree-table.ts';

const PAGE_ROWS = 500;

export interface LogOptions {
  readonly file: string;
  /** Without it every write is durable when it returns. */
  readonly groupCommit?: GroupCommit;
  /** Hears what the disk refuses at the opening of a log that is there: it waits in memory, like everything that follows. Without it, that is thrown. */
  readonly onRefused?: RefusalListener;
}

/** The log on an open connection, which it owns from now on. `file` is for messages. */
export function createLog(database: Database.Database, file: string, groupCommit?: GroupCommit, onRefused?: RefusalListener): ImpressionLog & { readonly writer: LeafWriter } {
  const leaves = leafTable(database, file);
  const tree = treeTable(database);
  const openPlay = openPlayTable(database);
  const settings = settingTable(database, file);
  const writer = leafWriter({ database, leaves, tree, openPlay, settings, file, groupCommit });
  const signer = signing({ size: () => leaves.size(), readTile: tree.readTile, settings, file });
  const retention = pruning(leaves, settings);
  /** By the zone that they are in. */
  let current: ReadonlyMap<string, OpenPlay> = new Map();

  const recovered = recover();
  const epoch = settings.get('epoch') ?? beginEpoch();
  const firstOfThisOpening = leaves.size() + writer.waiting().length;

  function readRows(from: number, limit: number): LogRow[] {
    return leaves.rows(from, limit, retention.prunedBelow());
  }

  function beginEpoch(): string {
    const begun = randomUUID();
    writer.write(() => settings.put('epoch', begun));
    return begun;
  }

  function recover(): readonly RecordedPlay[] {
    const texts = openPlay.read();
    const plays = texts.map((text) => {
      const play = recordedPlaySchema.safeParse(parseJson(text));
      if (!play.success) throw new LitfassError('log-corrupt', `The open play in ${file} cannot be read: ${text.slice(0, 200)}. The file was left as it is; move it to a safe place, then start again with a new log.`);
      return play.data;
    });
    // No play is open any more: their row in that table goes with the same transaction.
    try {
      if (texts.length > 0) writer.add(texts.map((text) => ({ type: 'play', text })));
    } catch (error) {
      if (onRefused === undefined || !isRefusal(error)) throw error;
      onRefused(error);
    }
    return plays;
  }

  /** The tiles that leaves completed which went alone. */
  function completeTree(): void {
    if (tree.isBehind(leaves.size())) writer.write(() => tree.growTo(leaves.size()));
  }

  function requireOpen(playId: string): Play {
    for (const { play } of current.values()) if (play.playId === playId) return play;
    throw new LitfassError('play-not-open', `Play ${playId} is not open${current.size === 0 ? '' : `; open is ${[...current.values()].map(({ play }) => play.playId).join(', ')}`}. A play is started once and finished once.`);
  }

  function follow(plays: ReadonlyMap<string, OpenPlay>): void {
    current = plays;
    writer.open([...plays.values()].map(({ text }) => text));
  }

  /** Checked first: a play that does not fit its schema changes nothing. */
  function setOpen(play: Play): void {
    follow(new Map([...current, [play.zone, { play, text: leafText(play) }]]));
    writer.mirror();
  }

  return {
    writer,
    epoch,
    recovered,
    size: () => leaves.size(),
    unsaved: () => writer.waiting().length,

    append: (leaf) => writer.append(written(leaf)),
    appendAll: (added) => writer.add(added.map(written)),

    startPlay(play) {
      const open = current.get(play.zone)?.play.playId;
      if (open !== undefined) throw new LitfassError('play-already-open', `Play ${play.playId} cannot start: ${open} is open in zone "${play.zone}". Finish it first.`);
      setOpen({ ...play, endReason: 'crash' });
    },
    touchPlay: ({ playId, durationMs, presentedFrames }) => setOpen({ ...requireOpen(playId), durationMs, presentedFrames }),
    finishPlay(play) {
      requireOpen(play.playId);
      const leaf = written(play);
      follow(new Map([...current].filter(([, open]) => open.play.playId !== play.playId)));
      return writer.append(leaf);
    },

    rows: readRows,
    signCheckpoint(size, screenId, key) {
      completeTree();
      const { note, isLargest } = signer.sign(size, screenId, epoch, key);
      if (isLargest) writer.write(() => settings.put('signed', { size, note }));
      return note;
    },
    consistencyProof(from, size) {
      completeTree();
      return signer.consistencyProof(from, size);
    },
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
    awaitsReopening: () => false,
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

/** A play that is on screen, and the leaf that it becomes if the player dies. */
interface OpenPlay {
  readonly play: Play;
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
