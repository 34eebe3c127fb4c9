import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'

/** How large the database is on its server, in bytes. */
export async function databaseSize(db: Db): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db)
  if (!rows[0]) throw new Error('the database tells no size')
  return rows[0].bytes
}
