import type Database from 'better-sqlite3';
import { z } from 'zod';
import { base64Schema, LitfassError, noteSchema, slugSchema, tableMetricSchema, uuidSchema, wallMsSchema } from '../contract/index.ts';

/** Small values that must survive a power cut, with the same durability as the log. */
const settingsSchema = z.object({
  /** Who this screen is: given by the hub, or chosen at the first start. */
  screenId: slugSchema,
  hubUrl: z.url(),
  /** Pinned when the screen enrolled; the only key that may sign a programme. */
  hubPublicKey: base64Schema,
  /** The code that this screen enrolled with; it is used up. */
  pairingCode: z.string(),
  /** A programme below it is a rollback. */
  highestProgrammeVersion: z.int().min(0),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A signed note and the size that stands in it. */
const signedSizeSchema = z.strictObject({ size: z.int().min(0), note: noteSchema });

/** What the log itself remembers, in the same table. */
const ledgerSchema = z.object({
  epoch: uuidSchema,
  /** All rows below it are acknowledged by the hub. */
  acknowledged: z.int().min(0),
  /** Row of the newest release. */
  newestReleaseSeq: z.int().min(0),
  /** End of the newest released window of each table. */
  tableEnds: z.partialRecord(tableMetricSchema, wallMsSchema),
  /** The largest checkpoint that was ever signed. On the disk before it is sent. */
  signed: signedSizeSchema,
  /** The largest checkpoint that came back cosigned. */
  cosigned: signedSizeSchema,
  /** Sizes that were cosigned, one a day at most, oldest first, with the witness' time: what is older than the policy may go. */
  cosignedDays: z.array(z.strictObject({ size: z.int().min(0), timeMs: wallMsSchema })).max(400),
  /** Rows below it may have given up their leaf. */
  prunedBelow: z.int().min(0),
});
type Ledger = z.infer<typeof ledgerSchema>;

const shapes = { ...settingsSchema.shape, ...ledgerSchema.shape };
type Known = Settings & Ledger;

/** Reads and writes single settings. `put` belongs inside a transaction; `file` is for messages. */
export function settingTable(database: Database.Database, file: string) {
  const select = database.prepare<[string], string>('SELECT value FROM setting WHERE name = ?').pluck();
  const upsert = database.prepare<[string, string]>('INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value');

  return {
    get<Name extends keyof Known>(name: Name): Known[Name] | null {
      const stored = select.get(name);
      if (stored === undefined) return null;
      const value = shapes[name].safeParse(JSON.parse(stored));
      if (!value.success) throw new LitfassError('log-corrupt', `The setting ${name} in ${file} reads ${stored}, which it cannot be. The file was left as it is; move it to a safe place, then start again with a new log.`);
      return value.data as Known[Name];
    },

    /** @throws ZodError when the value does not fit: a mistake of the caller. */
    put<Name extends keyof Known>(name: Name, value: Known[Name]): void {
      upsert.run(name, JSON.stringify(shapes[name].parse(value)));
    },
  };
}
