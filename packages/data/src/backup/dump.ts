import type { Readable } from 'node:stream'
import { sql } from 'kysely'
import { to as copyTo } from 'pg-copy-streams'
import { type Db, openClientTransaction } from '../platform/client.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'

/** A table with the columns whose values are stored: those that the database works out are not. */
export interface DumpedTable {
  readonly name: string
  readonly columns: readonly string[]
}

export interface DumpedSequence {
  readonly name: string
  /** The number that was given out last. */
  readonly lastValue: number
}

/** The facts about the database in a backup, beside its rows. */
export interface DumpFacts {
  /** The migrations that make the schema of the rows. */
  readonly migrations: readonly string[]
  readonly tables: readonly DumpedTable[]
  readonly sequences: readonly DumpedSequence[]
  readonly serverVersion: string
}

/** One moment of the whole database. */
export interface Dump extends AsyncDisposable {
  readonly facts: DumpFacts
  /** The rows of a table as lines of COPY. One table at a time. */
  readonly read: (table: DumpedTable) => Readable
}

/** Opens one moment of the database, which stays the same while it is read; writers are not held up. */
export async function openDump(db: Db): Promise<Dump> {
  const transaction = await openClientTransaction(db)
  const { tx, client } = transaction
  try {
    await sql`set transaction isolation level repeatable read read only`.execute(tx)
    await sql`set local statement_timeout = 0`.execute(tx)
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx)
    return {
      facts: await readFacts(tx),
      read: (table) => client.query(copyTo(`copy ${columnsOf(table)} to stdout`)),
      [Symbol.asyncDispose]: async () => transaction[Symbol.asyncDispose](),
    }
  } catch (error) {
    await transaction[Symbol.asyncDispose]()
    throw error
  }
}

/** `"table" ("column", …)`, as COPY takes it. */
export function columnsOf({ name, columns }: DumpedTable): string {
  return `${quoted(name)} (${columns.map(quoted).join(', ')})`
}

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

async function readFacts(tx: Db): Promise<DumpFacts> {
  const server = await selectRow(
    tx,
    { version: sql<string>`current_setting('server_version')` },
    (list) => sql`select ${list}`,
  )
  const migrations = await selectRows(
    tx,
    { name: sql<string>`name` },
    (list) => sql`select ${list} from kysely_migration order by name`,
  )
  return {
    migrations: migrations.map(({ name }) => name),
    tables: await listTables(tx),
    sequences: await listSequences(tx),
    serverVersion: server?.version ?? '',
  }
}

/**
 * The tables of our schema. An unlogged one holds what a crash of the server may empty at any time, and Kysely's lock is held by nobody
 * in a new database.
 */
export async function listTables(db: Db): Promise<readonly DumpedTable[]> {
  const columns = {
    name: sql<string>`class.relname::text`,
    columns: sql<string[]>`(
      select array_agg(attname::text order by attnum) from pg_attribute
      where attrelid = class.oid and attnum > 0 and not attisdropped and attgenerated = '')`,
  }
  return selectRows(
    db,
    columns,
    (list) => sql`
      select ${list} from pg_class as class
      where class.relnamespace = 'public'::regnamespace and class.relkind = 'r' and class.relpersistence = 'p'
        and class.relname <> 'kysely_migration_lock'
      order by class.relname`,
  )
}

/** Numbers are given out whether or not the transaction commits, so these are at least as high as those of the rows. */
async function listSequences(tx: Db): Promise<readonly DumpedSequence[]> {
  const columns = { name: sql<string>`sequencename::text`, lastValue: sql<number>`last_value` }
  return selectRows(
    tx,
    columns,
    (list) => sql`select ${list} from pg_sequences where schemaname = 'public' and last_value is not null order by 1`,
  )
}

/** How many bytes the tables take without their indexes: a compressed dump is no larger. */
export async function sizeOfTables(db: Db): Promise<number> {
  const columns = { bytes: sql<number>`coalesce(sum(pg_table_size(oid)), 0)::bigint` }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  )
  return row?.bytes ?? 0
}
