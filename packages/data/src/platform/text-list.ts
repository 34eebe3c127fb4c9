import { type RawBuilder, sql } from 'kysely'

/** A card and a short list; a longer question can wait for a plan of its own. */
const lengths = [1, 10]

/**
 * A list of texts as an array of SQL. Short ones come in a few lengths, filled up with nulls: their number is then known
 * from the statement, and PostgreSQL plans it once. It would plan a list that is one parameter each time.
 */
export function textList(values: readonly string[]): RawBuilder<string[]> {
  const length = lengths.find((length) => values.length <= length)
  if (length === undefined) return sql<string[]>`${[...values]}::text[]`
  const filled = Array.from({ length }, (_, index) => values[index] ?? null)
  return sql<string[]>`array[${sql.join(filled)}]::text[]`
}
