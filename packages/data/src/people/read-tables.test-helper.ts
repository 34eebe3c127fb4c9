import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** The names of the columns of a table, in alphabetical order. */
export async function columnsOf(db: Db, table: string): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = 'public' and table_name = ${table} order by 1`.execute(db)
  return rows.map(({ name }) => name).join(' ')
}

/** Every row of every table, as one text. */
export async function dump(db: Db): Promise<string> {
  const { rows: tables } = await sql<{ name: string }>`
    select quote_ident(table_name) as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(db)
  const texts: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ line: string }>`select t::text as line from ${sql.raw(name)} as t`.execute(db)
    texts.push(...rows.map(({ line }) => line))
  }
  return texts.join('\n')
}
