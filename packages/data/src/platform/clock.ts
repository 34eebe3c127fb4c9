import { sql } from 'kysely'
import type { Db } from './client.ts'

/** The time of the database, which all processes share: those of machines may lie minutes apart. */
export async function readNow(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select clock_timestamp() as now`.execute(db)
  return rows[0]?.now ?? new Date()
}
