import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Db, openDb, withClientTransaction } from '../platform/client.ts'
import { applyNamed, listUnknownMigrations } from '../platform/migrate.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'
import { columnsOf, type DumpedSequence, type DumpedTable, type DumpFacts, listTables, quoted } from './dump.ts'
import { holdOpenWork } from './hold-open-work.ts'

export interface RestoredTable extends DumpedTable {
  readonly rows: number
}

export interface RestoreRequest {
  /** An empty database, as its owner. */
  readonly url: string
  readonly facts: DumpFacts & { readonly tables: readonly RestoredTable[] }
  /** The lines of COPY of a table. */
  readonly read: (table: RestoredTable) => Readable
  /** Messages that had not left at the time of the backup leave by themselves: nothing has left since then. */
  readonly leavesOpenWork: boolean
}

/**
 * Fills an empty database with the rows of a backup: the schema by the migrations of the backup, the rows in one transaction, indexes and
 * foreign keys after them. Returns how many messages are held. Throws when the database is not empty, and leaves it without rows.
 */
export async function restoreDump({
  url,
  facts,
  read,
  leavesOpenWork,
}: RestoreRequest): Promise<{ readonly held: number }> {
  await using db = openDb({ url, service: 'restore', poolSize: 1, statementMs: 0 })
  const unknown = await listUnknownMigrations(facts.migrations)
  if (unknown.length > 0)
    throw new Error(`the backup is of a newer release: this one does not know ${unknown.join(', ')}`)
  await refuseFilled(db)
  await applyNamed(db, facts.migrations)
  await refuseOtherTables(db, facts.tables)
  const held = await withClientTransaction(db, async (tx, client) => {
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    await sql`set local maintenance_work_mem = '256MB'`.execute(tx)
    const later = await dropSlowParts(tx)
    await sql.raw(`truncate ${facts.tables.map(({ name }) => quoted(name)).join(', ')}`).execute(tx)
    for (const table of facts.tables) await fill(client, table, read(table))
    for (const sequence of facts.sequences) await setSequence(tx, sequence)
    for (const statement of later) await sql.raw(statement).execute(tx)
    return leavesOpenWork ? 0 : holdOpenWork(tx)
  })
  await sql`analyze`.execute(db)
  return { held }
}

async function refuseFilled(db: Db): Promise<void> {
  const columns = { count: sql<number>`count(*)` }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f', 'S')`,
  )
  if (row?.count !== 0) throw new Error('the database is not empty: restore into a new one')
}

/** The names and columns of a backup come from a file: only those that the migrations have made are put into statements. */
async function refuseOtherTables(db: Db, tables: readonly DumpedTable[]): Promise<void> {
  const known = (await listTables(db)).map(columnsOf)
  const given = tables.map(columnsOf)
  const other = given.find((table) => !known.includes(table))
  if (other !== undefined || given.length !== known.length || new Set(given).size !== given.length)
    throw new Error(
      `the tables of the backup are not those of its migrations${other === undefined ? '' : `: ${other}`}`,
    )
}

/** Drops foreign keys and the indexes that are no keys; returns the statements that make them again once the rows are there. */
async function dropSlowParts(tx: Db): Promise<readonly string[]> {
  const keys = await selectRows(
    tx,
    {
      name: sql<string>`conname::text`,
      table: sql<string>`relname::text`,
      definition: sql<string>`pg_get_constraintdef(pg_constraint.oid)`,
    },
    (list) => sql`select ${list} from pg_constraint join pg_class on pg_class.oid = conrelid
      where contype = 'f' and connamespace = 'public'::regnamespace`,
  )
  const indexes = await selectRows(
    tx,
    { name: sql<string>`relname::text`, definition: sql<string>`pg_get_indexdef(indexrelid)` },
    (list) => sql`select ${list} from pg_index join pg_class on pg_class.oid = indexrelid
      where relnamespace = 'public'::regnamespace
        and not exists (select from pg_constraint where conindid = indexrelid)`,
  )
  for (const { name, table } of keys)
    await sql`alter table ${sql.id(table)} drop constraint ${sql.id(name)}`.execute(tx)
  for (const { name } of indexes) await sql`drop index ${sql.id(name)}`.execute(tx)
  return [
    ...indexes.map(({ definition }) => definition),
    ...keys.map(
      ({ name, table, definition }) => `alter table ${quoted(table)} add constraint ${quoted(name)} ${definition}`,
    ),
  ]
}

async function fill(client: pg.PoolClient, table: RestoredTable, lines: Readable): Promise<void> {
  const target = client.query(copyFrom(`copy ${columnsOf(table)} from stdin`))
  await pipeline(lines, target)
  if (target.rowCount !== table.rows)
    throw new Error(`${table.name} has ${target.rowCount} rows in the backup, not ${table.rows}`)
}

async function setSequence(tx: Db, { name, lastValue }: DumpedSequence): Promise<void> {
  await sql`select setval(${quoted(name)}::regclass, ${lastValue})`.execute(tx)
}
