import type { Generated, Kysely } from 'kysely';

/** The hub's tables. Times are epoch milliseconds, hashes lower-case hex, keys base64; nothing is NULL that could be known. */
export interface HubTables {
  screen: {
    id: string;
    name: string;
    /** Lower-case `name`: LIKE folds case in one engine and not in the other. */
    search_text: string;
    public_key: string;
    /** SHA-256 of the code it enrolled with, so that a screen that lost the answer may ask again. */
    enrolment_code_sha256: string;
    enrolled_ms: number;
    last_contact_ms: number | null;
    /** The newest `StatusReport` as JSON; written now and then, the truth is in memory. */
    status: string | null;
    /** Of its newest play: what "today" means at this screen. */
    zone_offset_min: number;
  };
  pairing_code: { code_sha256: string; expires_ms: number; screen_id: string | null };
  /** One log per disk of a screen; everything here moves in the transaction that stores the rows. */
  log: {
    screen_id: string;
    epoch: string;
    next_seq: number;
    /** Roots of the largest complete subtrees over all rows, hex, one after the other. `null`: rows from before there was a tree. */
    edge: string | null;
    /** The newest accepted checkpoint with this hub's cosignature; its size is `next_seq`. */
    checkpoint: string | null;
    /** The newest checkpoint that the second witness cosigned too. */
    second_size: number;
    second_checkpoint: string | null;
  };
  /** Every eighth level of each log's tree: `place` counts the complete tiles below `level`. */
  log_tree: { screen_id: string; epoch: string; level: number; place: number; hash: string };
  /** What was refused or contradicts what is known. Only ever added to. */
  alarm: { id: Generated<number>; at_ms: number; code: string; screen_id: string; epoch: string; seq: number | null; message: string; checkpoint: string | null };
  /** Logs of others that this hub is a witness of. */
  witnessed_log: { origin: string; size: number; root: string };
  /** Every leaf that was ever received, word for word. `flag` says what is odd about it; a flagged row has no effect. */
  log_row: { screen_id: string; epoch: string; seq: number; leaf: string; hash: string; received_ms: number; flag: string | null };
  play: {
    /** Grows with each insert; breaks ties in the order of pages. */
    id: Generated<number>;
    screen_id: string;
    epoch: string;
    seq: number;
    play_id: string;
    creative_id: string;
    creative_name: string;
    campaign: string;
    kind: string;
    sha256: string;
    started_ms: number;
    duration_ms: number;
    planned_ms: number;
    presented_frames: number;
    end_reason: string;
    reason_kind: string;
    /** `Reason` as JSON. */
    reason: string;
    received_ms: number;
    leaf_hash: string;
    /** Lower-case creative name and campaign. */
    search_text: string;
  };
  /** Roll-up: plays by day of the screen's own zone, days since 1970-01-01. */
  plays_per_day: { screen_id: string; local_day: number; plays: number };
  release: {
    screen_id: string;
    window_start_ms: number;
    window_ms: number;
    bucket: string;
    /** Signed, as released. */
    value: number;
    epsilon_numerator: number;
    epsilon_denominator: number;
    coverage_percent: number;
  };
  /** One window of one table of sums. `cells`, `cell_values` and `basis` are JSON arrays, as released. */
  release_table: {
    screen_id: string;
    metric: string;
    window_start_ms: number;
    window_ms: number;
    unit: string;
    cells: string;
    cell_values: string;
    per_visit: number;
    epsilon_numerator: number;
    epsilon_denominator: number;
    coverage_percent: number;
    basis: string;
  };
  creative: { id: string; name: string; campaign: string };
  media: { sha256: string; bytes: number; media_type: string };
  /** `programme` is the exact text that was signed; `content_sha256` tells whether a new one says anything new. */
  programme: { version: number; content_sha256: string; issued_ms: number; programme: string; signature: string };
}

/** A connection or a transaction: repositories take either. */
export type HubDatabase = Kysely<HubTables>;
