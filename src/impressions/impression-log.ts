import type { Leaf, LogRow, Play, RecordedPlay, Release, TableMetric } from '../contract/index.ts';
import type { Ed25519Signer } from './note/index.ts';
import type { LogEntry } from './leaf-table.ts';
import type { Settings } from './settings.ts';

/** A leaf that is logged at once. A play is not: it is open first. */
export type LoggedLeaf = Exclude<Leaf, RecordedPlay>;

/** A checkpoint that came back from the hub. `timeMs`: when the hub saw it, by the hub's clock. */
export interface Cosigned {
  readonly size: number;
  readonly note: string;
  readonly timeMs: number;
}

/**
 * The log of one screen: what was shown, what went wrong, what was released, in the order in which it became known.
 *
 * Every method that writes is durable when it returns. When the disk refuses, it throws a `LitfassError` (`data-folder-full`,
 * `data-folder-read-only`, `data-folder-failing`) and nothing is half written; a leaf is then kept in memory and stored,
 * first and in order, with the next write that works. So a caller reports the error and plays on; it never retries.
 *
 * A log opened with `groupCommit` gathers leaves (but no release) and what is known of the open play, and writes them in one
 * transaction at its pace: until then they count as `unsaved`, and nothing of them is signed or sent.
 */
export interface ImpressionLog {
  /** UUID of this log; a new disk is a new log. */
  readonly epoch: string;
  /** The plays that a dead player left open, one a zone. They were logged as `crash`, with what was last known, when the log was opened. */
  readonly recovered: readonly RecordedPlay[];
  /** Stored rows. */
  size(): number;
  /** Leaves that wait in memory: for their group, or because the disk refused them. */
  unsaved(): number;

  append(leaf: LoggedLeaf): LogEntry;
  /** All or none: the cells of a window become known together. */
  appendAll(leaves: readonly LoggedLeaf[]): readonly LogEntry[];

  /** A creative is on screen. From here on its play is logged, whatever happens. @throws LitfassError `play-already-open` in its zone */
  startPlay(play: Play): void;
  /** What is known by now of an open play, for the case that the player dies. @throws LitfassError `play-not-open` */
  touchPlay(at: { readonly playId: string; readonly durationMs: number; readonly presentedFrames: number }): void;
  /** An open play is over. It becomes a leaf in the same transaction in which it stops being open. @throws LitfassError `play-not-open` */
  finishPlay(play: Play): LogEntry;

  /** At most `limit` rows from row `from` on, each checked against its hash. A row that was given up has an empty leaf. @throws LitfassError `log-corrupt` */
  rows(from: number, limit: number): LogRow[];
  /** The hub has all rows below it. */
  acknowledged(): number;
  /**
   * Also backwards, when the hub says that it lost rows. With what the hub cosigned, if it did: leaves that were cosigned long
   * enough ago are given up. @throws RangeError beyond the log's size
   */
  acknowledge(nextSeq: number, cosigned?: Cosigned): void;
  /**
   * A signed note over the first `size` rows. Those rows are on the disk, and so is the note before it is returned: a power cut
   * must never let other rows be signed under the same numbers.
   *
   * @throws LitfassError `log-went-back` when rows that were signed are gone, `log-corrupt` when they are others now.
   */
  signCheckpoint(size: number, screenId: string, key: Ed25519Signer): string;
  /** That a tree of `size` begins with that of `from` rows; empty when `from` is 0. */
  consistencyProof(from: number, size: number): Buffer[];
  /** The newest checkpoint with the hub's cosignature, as a note. */
  cosigned(): string | null;
  /** The newest release, stored or waiting: no window that begins before its end may ever be released again. */
  lastRelease(): Release | null;
  /** End of the newest released window of a table, stored or waiting; 0 if there is none. The same rule holds for it. */
  lastTableEndMs(metric: TableMetric): number;
  /** Rows of one type. Reads the whole log: for reports. */
  count(type: Leaf['type']): number;
  /** The stored plays of this opening of the log, oldest first, without the recovered one. */
  plays(): Iterable<RecordedPlay>;

  setting<Name extends keyof Settings>(name: Name): Settings[Name] | null;
  /** All given settings in one transaction. */
  setSettings(values: Partial<Settings>): void;

  /** Stores what waits in memory now. @throws LitfassError of the storage */
  commit(): void;
  /** Calls `listener` after each write that added rows. Returns what stops it. */
  onAppend(listener: () => void): () => void;
  /** It was opened on a read-only disk, which can be written now: closing stores what waits, and the next opening writes again. */
  awaitsReopening(): boolean;
  /** Stores what still waits in memory, then closes. The file is closed also when that throws. */
  close(): void;
}
