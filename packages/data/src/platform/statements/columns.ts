import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../client.ts'
import { selectRow } from './typed-rows.ts'

/** The mark between two values: no cell of a workbook can hold it. */
const separator = '\u001F'

/** Rows as one list of texts for each column, in their order; null is the empty text. */
export type ColumnTexts<Name extends string> = Readonly<Record<Name, readonly string[]>>

/**
 * The rows of the source `from` as columns, each of which comes as one text: a hundred thousand small rows are read in a fraction of the time that
 * an object for each takes. For statements whose values are plain: numbers, names, times as numbers.
 */
export async function selectColumns<Name extends string>(
  db: Db,
  columns: Readonly<Record<Name, RawBuilder<unknown>>>,
  from: RawBuilder<unknown>,
): Promise<ColumnTexts<Name>> {
  const names = Object.keys(columns) as Name[]
  const texts: Record<string, RawBuilder<string | null>> = {}
  for (const name of names) {
    texts[name] = sql`string_agg(coalesce((${columns[name]})::text, ''), ${sql.lit(separator)})`
  }
  const row = await selectRow(db, texts, (list) => sql`select ${list} from ${from}`)
  return Object.fromEntries(
    names.map((name) => [name, row?.[name]?.split(separator) ?? []]),
  ) as unknown as ColumnTexts<Name>
}
