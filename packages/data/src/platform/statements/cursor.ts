import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../client.ts'

type Row = Readonly<Record<string, unknown>>

/** Rows that are fetched at once: a round trip for each would take longer than the rows. */
const rowsAtOnce = 2_000

/**
 * Walks the rows of a statement in batches, by a cursor of the server: of a table of any length one batch is in memory. Needs a
 * transaction, shows the rows as they were when it began to read, and uses one cursor at a time.
 */
export async function* walkRows(tx: Db, statement: RawBuilder<unknown>): AsyncGenerator<readonly Row[], undefined> {
  await sql`declare walked_rows no scroll cursor for ${statement}`.execute(tx)
  for (;;) {
    const { rows } = await sql<Row>`fetch forward ${sql.lit(rowsAtOnce)} from walked_rows`.execute(tx)
    if (rows.length > 0) yield rows
    if (rows.length < rowsAtOnce) break
  }
  await sql`close walked_rows`.execute(tx)
}
