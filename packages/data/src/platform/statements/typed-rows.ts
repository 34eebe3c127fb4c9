import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../client.ts'

/** The columns of a statement: under the name of each the expression that gives it. */
export type Columns = Readonly<Record<string, RawBuilder<unknown>>>

/** The rows of a statement with these columns. */
export type RowOf<Selected extends Columns> = {
  readonly [Name in keyof Selected]: Selected[Name] extends RawBuilder<infer Value> ? Value : never
}

/** Columns of a subquery that is joined under the name `table`; where nothing is joined, they are null. */
export function joinedColumns<Selected extends Columns>(table: string, columns: Selected) {
  const joined = Object.keys(columns).map((name) => [name, sql.ref(`${table}.${name}`)])
  return Object.fromEntries(joined) as { readonly [Name in keyof Selected]: RawBuilder<RowOf<Selected>[Name] | null> }
}

/** The rows in which such a subquery is joined: its column `key`, which is never null by itself, has a value. */
export function joinedRows<Selected extends Columns>(
  rows: readonly { readonly [Name in keyof Selected]: RowOf<Selected>[Name] | null }[],
  _columns: Selected,
  key: keyof Selected,
): readonly RowOf<Selected>[] {
  return rows.filter((row) => row[key] !== null) as readonly RowOf<Selected>[]
}

/** The columns as the list of a `select` or a `returning`. */
export function listOf(columns: Columns): RawBuilder<unknown> {
  return sql.join(Object.entries(columns).map(([name, expression]) => expression.as(name)))
}

/** A statement that is too far from Kysely's builder, with the rows that its `columns` give; it gets them as a list. */
export function statementOf<Selected extends Columns>(
  columns: Selected,
  statement: (list: RawBuilder<unknown>) => RawBuilder<unknown>,
): RawBuilder<RowOf<Selected>> {
  return statement(listOf(columns)) as RawBuilder<RowOf<Selected>>
}

/**
 * Runs a statement of `statementOf`, which selects or returns the `columns`: the names and types of the rows derive from them, so
 * that no row type is written beside the statement.
 */
export async function selectRows<Selected extends Columns>(
  db: Db,
  columns: Selected,
  statement: (list: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<RowOf<Selected>[]> {
  const { rows } = await statementOf(columns, statement).execute(db)
  return rows
}

/** The first row of such a statement, if there is any. */
export async function selectRow<Selected extends Columns>(
  db: Db,
  columns: Selected,
  statement: (list: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<RowOf<Selected> | undefined> {
  const [row] = await selectRows(db, columns, statement)
  return row
}
