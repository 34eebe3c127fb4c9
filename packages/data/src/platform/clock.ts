import { sql } from 'kysely'
import type { Db } from './client.ts'
import { selectRow } from './statements/typed-rows.ts'

/** The time of the database, which all processes share: those of machines may lie minutes apart. */
export async function readNow(db: Db): Promise<Date> {
  const row = await selectRow(db, { now: sql<Date>`clock_timestamp()` }, (list) => sql`select ${list}`)
  return row?.now ?? new Date()
}
