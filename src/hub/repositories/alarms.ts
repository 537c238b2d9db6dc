import type { Insertable, Selectable } from 'kysely';
import type { HubDatabase, HubTables } from './schema.ts';

export type AlarmRow = Selectable<HubTables['alarm']>;

const MOST_SHOWN = 500;

/** Stores an alarm, unless the very same stands there already: a screen that asks again and again is one alarm. */
export async function insertAlarmOnce(db: HubDatabase, alarm: Insertable<HubTables['alarm']>): Promise<void> {
  const known = await db
    .selectFrom('alarm')
    .select('id')
    .where('screen_id', '=', alarm.screen_id)
    .where('epoch', '=', alarm.epoch)
    .where('code', '=', alarm.code)
    .where('message', '=', alarm.message)
    .executeTakeFirst();
  if (known === undefined) await db.insertInto('alarm').values(alarm).execute();
}

/** Newest first. */
export function listAlarms(db: HubDatabase, screenId?: string): Promise<AlarmRow[]> {
  const alarms = db.selectFrom('alarm').selectAll().orderBy('id', 'desc').limit(MOST_SHOWN);
  return (screenId === undefined ? alarms : alarms.where('screen_id', '=', screenId)).execute();
}
