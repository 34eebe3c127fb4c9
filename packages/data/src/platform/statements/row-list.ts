import { type AliasedRawBuilder, sql } from 'kysely'
import { type ArrayElement, arrayText } from './array-text.ts'

type ColumnType = 'bigint' | 'boolean' | 'integer' | 'jsonb' | 'text' | 'timestamptz'

/**
 * Rows of plain values as a table of a statement, one array for each column that `types` names: their number is not limited by that of
 * bound values.
 */
export function rowList<
  Name extends string,
  Row extends { readonly [Column in Name]: ArrayElement },
  Alias extends string,
>(
  alias: Alias,
  types: Readonly<Record<Name, ColumnType>>,
  rows: readonly Row[],
): AliasedRawBuilder<Pick<Row, Name>, Alias> {
  const columns = Object.keys(types) as Name[]
  const lists = columns.map((name) => sql`${arrayText(rows.map((row) => row[name]))}::${sql.raw(types[name])}[]`)
  const names = columns.map((name) => sql.ref(name))
  return sql<Pick<Row, Name>>`unnest(${sql.join(lists)})`.as<Alias>(sql`${sql.ref(alias)}(${sql.join(names)})`)
}
