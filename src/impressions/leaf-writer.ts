import type Database from 'better-sqlite3';
import { LitfassError, type Leaf } from '../contract/index.ts';
import { groupTimer, type GroupCommit } from './group-commit.ts';
import type { leafTable, LogEntry } from './leaf-table.ts';
import type { openPlayTable } from './open-play.ts';
import type { settingTable } from './settings.ts';
import { storageFault } from './storage-fault.ts';
import { leafHashHex } from './tree/index.ts';
import { withTable } from './table-ledger.ts';
import type { treeTable } from './tree-table.ts';

/** Leaves kept in memory while the disk refuses them: a day and a half of plays of ten seconds. */
const MOST_UNSAVED = 10_000;
/** A group that grows beyond it goes to the disk at once. */
const MOST_GATHERED = 1_000;

/** A leaf that passed its check, as it will be hashed. */
export interface WrittenLeaf {
  readonly type: Leaf['type'];
  readonly text: string;
}

export interface LeafWriterOptions {
  readonly database: Database.Database;
  readonly leaves: ReturnType<typeof leafTable>;
  readonly tree: ReturnType<typeof treeTable>;
  readonly openPlay: ReturnType<typeof openPlayTable>;
  readonly settings: ReturnType<typeof settingTable>;
  /** For messages. */
  readonly file: string;
  readonly groupCommit?: GroupCommit | undefined;
}

/** Everything that is written to the log goes through here, one durable transaction after the other. */
export interface LeafWriter {
  /** One durable transaction, which also stores what the disk refused before. @throws LitfassError of the storage; then nothing changed. */
  write<T>(change: () => T): T;
  /** As `add`, with one leaf: what a screen writes all day, and the shortest way there is. */
  append(leaf: WrittenLeaf): LogEntry;
  /** As `write`, with these leaves; of a group they only wait for it. What the disk refuses waits in memory. @throws LitfassError also `log-overflow` */
  add(leaves: readonly WrittenLeaf[]): LogEntry[];
  /** The texts of the plays that are on screen. They go to the disk with the next transaction. */
  open(texts: readonly string[]): void;
  /** The open play changed: one transaction, now or with the group. @throws as `write` */
  mirror(): void;
  /** Stores what waits, if anything does. @throws as `write` */
  commit(): void;
  /** No group is written any more. */
  stop(): void;
  /** Leaves that are not on the disk yet, oldest first. */
  waiting(): readonly WrittenLeaf[];
  /** Calls `listener` after each transaction that added rows. Returns what stops it. */
  onRows(listener: () => void): () => void;
}

export function leafWriter({ database, leaves, tree, openPlay, settings, file, groupCommit }: LeafWriterOptions): LeafWriter {
  // Made once: better-sqlite3 builds four functions for each transaction that it is given.
  const transaction = database.transaction((work: () => unknown) => work());
  const transact = <T>(work: () => T): T => transaction.immediate(work) as T;
  const group = groupCommit && groupTimer(groupCommit, () => writeAll(() => undefined));
  const listeners = new Set<() => void>();
  let unsaved: WrittenLeaf[] = [];
  /** What the table of the open plays holds; at first what a dead player left there. */
  let mirrored = openPlay.read();
  let open: readonly string[] = mirrored.length === 0 ? mirrored : [];

  /**
   * Whether nothing else goes to the disk with this leaf. A single statement is a transaction of its own: BEGIN and COMMIT around it
   * would only cost time, and after each sync the processor finds little of us in its caches, so every step less counts.
   */
  function isOneStatement(leaf: WrittenLeaf): boolean {
    return group === undefined && unsaved.length === 0 && mirrored === open && !isReleased(leaf);
  }

  function store(leaf: WrittenLeaf): LogEntry {
    const entry = leaves.append(leaf.text);
    if (leaf.type === 'release') settings.put('newestReleaseSeq', entry.seq);
    if (leaf.type === 'release-table') settings.put('tableEnds', withTable(settings.get('tableEnds'), leaf.text));
    return entry;
  }

  /** The open play moves in the transaction of its leaf, or it could stand both there and in the log, and be logged again after a crash. */
  function mirrorOpenPlay(): void {
    if (open.length === 0) openPlay.clear();
    else openPlay.put(open);
  }

  /** What waits, the open play, then `change`, in one transaction. */
  function writeAll<T>(change: () => T): T {
    return durably(() =>
      transact(() => {
        for (const leaf of unsaved) store(leaf);
        if (mirrored !== open) mirrorOpenPlay();
        const result = change();
        // Not with a leaf that goes alone: 256 hashes would hold it up, and a checkpoint, which needs them, asks before it is signed.
        if (tree.isBehind(leaves.size())) tree.growTo(leaves.size());
        return result;
      }),
    );
  }

  /** @param commit leaves nothing waiting when it succeeds */
  function durably<T>(commit: () => T): T {
    const before = leaves.size();
    let result: T;
    try {
      result = commit();
    } catch (error) {
      leaves.takenBack();
      tree.takenBack();
      throw storageFault(error, file);
    }
    unsaved = [];
    mirrored = open;
    group?.done();
    if (leaves.size() > before) for (const listener of listeners) listener();
    return result;
  }

  /** A change beside the leaves does not hurry a group: an acknowledgement would bring rows, and these the next one. */
  function write<T>(change: () => T): T {
    if (group === undefined) return writeAll(change);
    try {
      return transact(change);
    } catch (error) {
      tree.takenBack();
      throw storageFault(error, file);
    }
  }

  /** Where they will stand, for nothing comes between. The ledger of releases does not wait: a cell must never be drawn twice. */
  function gather(added: readonly WrittenLeaf[]): LogEntry[] | null {
    if (group === undefined || unsaved.length + added.length > MOST_GATHERED || added.some(isReleased)) return null;
    const first = leaves.size() + unsaved.length;
    unsaved.push(...added);
    group.request();
    return added.map(({ text }, place) => ({ seq: first + place, hash: leafHashHex(text) }));
  }

  function add(added: readonly WrittenLeaf[]): LogEntry[] {
    const gathered = gather(added);
    if (gathered !== null) return gathered;
    try {
      return writeAll(() => added.map(store));
    } catch (error) {
      const kept = added.slice(0, MOST_UNSAVED - unsaved.length);
      unsaved.push(...kept);
      if (kept.length === added.length) throw error;
      throw new LitfassError('log-overflow', `${added.length - kept.length} leaves are lost: ${file} has refused to be written for so long that ${MOST_UNSAVED} leaves wait in memory.`, { cause: error });
    }
  }

  return {
    write,
    add,

    append(leaf) {
      if (!isOneStatement(leaf)) return add([leaf])[0] as LogEntry;
      let entry: LogEntry;
      try {
        entry = leaves.append(leaf.text);
      } catch (error) {
        leaves.takenBack();
        unsaved.push(leaf);
        throw storageFault(error, file);
      }
      for (const listener of listeners) listener();
      return entry;
    },

    open(texts) {
      open = texts;
    },

    mirror() {
      if (group === undefined) writeAll(() => undefined);
      else group.request();
    },

    commit() {
      if (unsaved.length > 0 || mirrored !== open) writeAll(() => undefined);
    },

    stop: () => group?.done(),

    waiting: () => unsaved,

    onRows(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** What moves the ledger of releases, in the same transaction: no window is ever released twice. */
function isReleased({ type }: WrittenLeaf): boolean {
  return type === 'release' || type === 'release-table';
}
