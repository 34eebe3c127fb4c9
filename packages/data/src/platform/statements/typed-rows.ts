import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../client.ts'

/** The columns of a statement: under the name of each the expression that gives it. */
export type Columns = Readonly<Record<string, RawBuilder<unknown>>>

/** The rows of a statement with these columns. */
export type RowOf<Selected extends Columns> = {
  readonly [Name in keyof Selected]: Selected[Name] extends RawBuilder<infer Value> ? Value : never
}

/** The columns as the list of a `select` or a `returning`. */
export function listOf(columns: Columns): RawBuilder<unknown> {
  return sql.join(Object.entries(columns).map(([name, expression]) => expression.as(name)))
}

/**
 * Runs a statement that is too far from Kysely's builder. It selects or returns the `columns`, which `statement` gets as a list: the
 * names and types of the rows derive from them, so that no row type is written beside the statement.
 */
export async function selectRows<Selected extends Columns>(
  db: Db,
  columns: Selected,
  statement: (list: RawBuilder<unknown>) => RawBuilder<unknown>,
): Promise<RowOf<Selected>[]> {
  const { rows } = await (statement(listOf(columns)) as RawBuilder<RowOf<Selected>>).execute(db)
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
