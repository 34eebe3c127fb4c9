import { type RawBuilder, sql } from 'kysely'

/** A card and a short list; a longer question can wait for a plan of its own. */
const lengths = [1, 10]

/**
 * A list of texts as an array of SQL. Short ones come in a few lengths, filled up with nulls: their number is then known
 * from the statement, and PostgreSQL plans it once. It would plan a list that is one parameter each time.
 */
export function textList(values: readonly string[]): RawBuilder<string[]> {
  return filledList(values, null)
}

/**
 * As a condition: one of the texts is the value of `column`. A short list is filled up with its last text: with nulls PostgreSQL
 * expects fewer rows from the list at hand than from any list of this length, and plans the statement again each time.
 */
export function isOneOf(column: RawBuilder<string | null>, values: readonly string[]): RawBuilder<boolean> {
  return sql`${column} = any(${filledList(values, values.at(-1) ?? null)})`
}

function filledList(values: readonly string[], filler: string | null): RawBuilder<string[]> {
  const length = lengths.find((length) => values.length <= length)
  if (length === undefined) return sql<string[]>`${[...values]}::text[]`
  const filled = Array.from({ length }, (_, index) => values[index] ?? filler)
  return sql<string[]>`array[${sql.join(filled)}]::text[]`
}
