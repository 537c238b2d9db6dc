import { type Kysely, sql } from 'kysely';
import type { Migration, MigrationProvider } from 'kysely/migration';

const STRICT = sql`strict`;
/** The primary key is the table: rows are always fetched by it, so a second tree would be waste. */
const CLUSTERED = sql`strict, without rowid`;

const first: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const { schema } = db;
    await schema
      .createTable('screen')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('search_text', 'text', (column) => column.notNull())
      .addColumn('public_key', 'text', (column) => column.notNull().unique())
      .addColumn('enrolment_code_sha256', 'text', (column) => column.notNull())
      .addColumn('enrolled_ms', 'integer', (column) => column.notNull())
      .addColumn('last_contact_ms', 'integer')
      .addColumn('status', 'text')
      .addColumn('zone_offset_min', 'integer', (column) => column.notNull())
      .modifyEnd(STRICT)
      .execute();
    await schema
      .createTable('pairing_code')
      .addColumn('code_sha256', 'text', (column) => column.primaryKey().notNull())
      .addColumn('expires_ms', 'integer', (column) => column.notNull())
      .addColumn('screen_id', 'text')
      .modifyEnd(STRICT)
      .execute();
    await schema
      .createTable('log')
      .addColumn('screen_id', 'text', (column) => column.notNull().references('screen.id'))
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('next_seq', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('log_key', ['screen_id', 'epoch'])
      .modifyEnd(CLUSTERED)
      .execute();
    await schema
      .createTable('log_row')
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('leaf', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addColumn('received_ms', 'integer', (column) => column.notNull())
      .addColumn('flag', 'text')
      .addPrimaryKeyConstraint('log_row_key', ['screen_id', 'epoch', 'seq'])
      .modifyEnd(CLUSTERED)
      .execute();
    await schema
      .createTable('play')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer', (column) => column.notNull())
      .addColumn('play_id', 'text', (column) => column.notNull())
      .addColumn('creative_id', 'text', (column) => column.notNull())
      .addColumn('creative_name', 'text', (column) => column.notNull())
      .addColumn('campaign', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('sha256', 'text', (column) => column.notNull())
      .addColumn('started_ms', 'integer', (column) => column.notNull())
      .addColumn('duration_ms', 'integer', (column) => column.notNull())
      .addColumn('planned_ms', 'integer', (column) => column.notNull())
      .addColumn('presented_frames', 'integer', (column) => column.notNull())
      .addColumn('end_reason', 'text', (column) => column.notNull())
      .addColumn('reason_kind', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('received_ms', 'integer', (column) => column.notNull())
      .addColumn('leaf_hash', 'text', (column) => column.notNull())
      .addColumn('search_text', 'text', (column) => column.notNull())
      .addUniqueConstraint('play_once', ['screen_id', 'play_id'])
      .modifyEnd(STRICT)
      .execute();
    await schema.createIndex('play_by_time').on('play').columns(['started_ms', 'id']).execute();
    await schema.createIndex('play_by_screen').on('play').columns(['screen_id', 'started_ms', 'id']).execute();
    await schema.createIndex('play_by_creative').on('play').columns(['creative_id', 'started_ms', 'id']).execute();
    await schema
      .createTable('plays_per_day')
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('local_day', 'integer', (column) => column.notNull())
      .addColumn('plays', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('plays_per_day_key', ['screen_id', 'local_day'])
      .modifyEnd(CLUSTERED)
      .execute();
    await schema
      .createTable('release')
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('window_start_ms', 'integer', (column) => column.notNull())
      .addColumn('window_ms', 'integer', (column) => column.notNull())
      .addColumn('bucket', 'text', (column) => column.notNull())
      .addColumn('value', 'integer', (column) => column.notNull())
      .addColumn('epsilon_numerator', 'integer', (column) => column.notNull())
      .addColumn('epsilon_denominator', 'integer', (column) => column.notNull())
      .addColumn('coverage_percent', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('release_key', ['screen_id', 'window_start_ms', 'window_ms', 'bucket'])
      .modifyEnd(CLUSTERED)
      .execute();
    await schema
      .createTable('creative')
      .addColumn('id', 'text', (column) => column.primaryKey().notNull())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('campaign', 'text', (column) => column.notNull())
      .modifyEnd(STRICT)
      .execute();
    await schema
      .createTable('media')
      .addColumn('sha256', 'text', (column) => column.primaryKey().notNull())
      .addColumn('bytes', 'integer', (column) => column.notNull())
      .addColumn('media_type', 'text', (column) => column.notNull())
      .modifyEnd(STRICT)
      .execute();
    await schema
      .createTable('programme')
      .addColumn('version', 'integer', (column) => column.primaryKey().notNull())
      .addColumn('content_sha256', 'text', (column) => column.notNull())
      .addColumn('issued_ms', 'integer', (column) => column.notNull())
      .addColumn('programme', 'text', (column) => column.notNull())
      .addColumn('signature', 'text', (column) => column.notNull())
      .modifyEnd(STRICT)
      .execute();
  },
};

const checkpoints: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const { schema } = db;
    await schema.alterTable('log').addColumn('edge', 'text').execute();
    await schema.alterTable('log').addColumn('checkpoint', 'text').execute();
    await schema.alterTable('log').addColumn('second_size', 'integer', (column) => column.notNull().defaultTo(0)).execute();
    await schema.alterTable('log').addColumn('second_checkpoint', 'text').execute();
    await schema
      .createTable('log_tree')
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('level', 'integer', (column) => column.notNull())
      .addColumn('place', 'integer', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('log_tree_key', ['screen_id', 'epoch', 'level', 'place'])
      .modifyEnd(CLUSTERED)
      .execute();
    await schema
      .createTable('alarm')
      .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
      .addColumn('at_ms', 'integer', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('epoch', 'text', (column) => column.notNull())
      .addColumn('seq', 'integer')
      .addColumn('message', 'text', (column) => column.notNull())
      .addColumn('checkpoint', 'text')
      .modifyEnd(STRICT)
      .execute();
    await schema
      .createTable('witnessed_log')
      .addColumn('origin', 'text', (column) => column.primaryKey().notNull())
      .addColumn('size', 'integer', (column) => column.notNull())
      .addColumn('root', 'text', (column) => column.notNull())
      .modifyEnd(CLUSTERED)
      .execute();
  },
};

const releaseTables: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('release_table')
      .addColumn('screen_id', 'text', (column) => column.notNull())
      .addColumn('metric', 'text', (column) => column.notNull())
      .addColumn('window_start_ms', 'integer', (column) => column.notNull())
      .addColumn('window_ms', 'integer', (column) => column.notNull())
      .addColumn('unit', 'text', (column) => column.notNull())
      .addColumn('cells', 'text', (column) => column.notNull())
      .addColumn('cell_values', 'text', (column) => column.notNull())
      .addColumn('per_visit', 'integer', (column) => column.notNull())
      .addColumn('epsilon_numerator', 'integer', (column) => column.notNull())
      .addColumn('epsilon_denominator', 'integer', (column) => column.notNull())
      .addColumn('coverage_percent', 'integer', (column) => column.notNull())
      .addColumn('basis', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('release_table_key', ['screen_id', 'metric', 'window_start_ms'])
      .modifyEnd(CLUSTERED)
      .execute();
  },
};

/** In order of their names. A migration that was released is never edited: the next change is a new one. */
export const migrations: MigrationProvider = { getMigrations: () => Promise.resolve({ '0001-first': first, '0002-checkpoints': checkpoints, '0003-release-tables': releaseTables }) };
