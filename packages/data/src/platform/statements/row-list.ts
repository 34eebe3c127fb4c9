import { type AliasedRawBuilder, sql } from 'kysely'

type ColumnType = 'bigint' | 'text' | 'timestamptz'

/** Rows of plain values as a table of a statement, one array for each column: their number is not limited by that of bound values. */
export function rowList<Row extends object, Alias extends string>(
  alias: Alias,
  types: Readonly<Record<keyof Row & string, ColumnType>>,
  rows: readonly Row[],
): AliasedRawBuilder<Row, Alias> {
  const columns = Object.keys(types) as (keyof Row & string)[]
  const lists = columns.map((name) => sql`${rows.map((row) => row[name])}::${sql.raw(types[name])}[]`)
  const names = columns.map((name) => sql.ref(name))
  return sql<Row>`unnest(${sql.join(lists)})`.as<Alias>(sql`${sql.ref(alias)}(${sql.join(names)})`)
}
