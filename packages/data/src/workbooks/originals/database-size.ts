import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { selectRow } from '../../platform/statements/typed-rows.ts'

/** How large the database is on its server, in bytes. */
export async function databaseSize(db: Db): Promise<number> {
  const bytes = sql<number>`pg_database_size(current_database())`
  const row = await selectRow(db, { bytes }, (list) => sql`select ${list}`)
  if (!row) throw new Error('the database returns no size')
  return row.bytes
}
