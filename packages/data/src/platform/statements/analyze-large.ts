import { type QueryResult, sql } from 'kysely'
import type { Db } from '../client.ts'

/** The planner takes a table that it knows nothing about for a small one, and figures about a small one cost more than they save. */
const mostWithoutStatistics = 1_000

/** Collects the figures of a temporary table that `filled` has filled, for the planner, unless it is small. */
export async function analyzeLarge(
  tx: Db,
  table: string,
  { numAffectedRows = 0n }: Pick<QueryResult<unknown>, 'numAffectedRows'>,
): Promise<void> {
  if (numAffectedRows > mostWithoutStatistics) await sql`analyze ${sql.ref(table)}`.execute(tx)
}
