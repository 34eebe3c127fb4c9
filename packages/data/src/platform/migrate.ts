import { readdir, readFile } from 'node:fs/promises'
import { type Migration, type MigrationProvider, Migrator, sql } from 'kysely'
import { fillParties } from '../visibility/resolve-all.ts'
import { fillTrips } from '../trips/fill-trips.ts'
import { type Db, type DbLogger, openDb } from './client.ts'
import { prepareServiceRole, type ServiceRole } from './service-role.ts'
import { selectRow, selectRows } from './statements/typed-rows.ts'

/** An index over years of movements takes its time. */
const longestMigrationMs = 30 * 60_000

const folder = new URL('../../../../migrations/', import.meta.url)

/**
 * Brings the schema up to date and returns the names it applied. Any number of processes may do so at once: they wait for
 * each other. A failing migration leaves the database as it was and throws. With `serviceRole`, services may connect as that.
 */
export async function migrate({
  url,
  logger,
  serviceRole,
}: {
  readonly url: string
  readonly logger?: DbLogger
  readonly serviceRole?: ServiceRole | undefined
}): Promise<readonly string[]> {
  const options = { url, service: 'migrate', poolSize: 1, statementMs: longestMigrationMs } as const
  await using db = openDb({ ...options, ...(logger && { logger }) })
  const applied = await applyMissing(db)
  // Before services start, since what they read about trips and parties has no other source.
  await fillTrips(db)
  await fillParties(db)
  if (serviceRole) await prepareServiceRole(db, serviceRole)
  return applied
}

async function applyMissing(db: Db): Promise<readonly string[]> {
  // Kysely refuses a database that knows more than this release, which is what going back to an old release means.
  if ((await listMissingMigrations(db)).length === 0) return []
  const { error, results } = await new Migrator({ db, provider: sqlFiles }).migrateToLatest()
  if (error) throw error
  return (results ?? []).map(({ migrationName }) => migrationName)
}

/** Makes the schema that these migrations gave, in an empty database. */
export async function applyNamed(db: Db, names: readonly string[]): Promise<void> {
  const provider: MigrationProvider = {
    async getMigrations() {
      return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readMigration(name)])))
    },
  }
  const { error } = await new Migrator({ db, provider }).migrateToLatest()
  if (error) throw error
}

/** Those of these migrations that this release does not know. */
export async function listUnknownMigrations(names: readonly string[]): Promise<readonly string[]> {
  const known = new Set(await migrationNames())
  return names.filter((name) => !known.has(name))
}

/** The migrations this release knows that the database lacks; a service that finds any does not start. */
export async function listMissingMigrations(db: Db): Promise<readonly string[]> {
  const known = await migrationNames()
  const exists = sql<boolean>`to_regclass('kysely_migration') is not null`
  const table = await selectRow(db, { exists }, (list) => sql`select ${list}`)
  if (!table?.exists) return known
  const applied = await selectRows(db, { name: sql<string>`name` }, (list) => sql`select ${list} from kysely_migration`)
  const names = new Set(applied.map(({ name }) => name))
  return known.filter((name) => !names.has(name))
}

const sqlFiles: MigrationProvider = {
  async getMigrations() {
    const names = await migrationNames()
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readMigration(name)])))
  },
}

async function migrationNames(): Promise<readonly string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .toSorted()
}

async function readMigration(name: string): Promise<Migration> {
  const text = await readFile(new URL(`${name}.sql`, folder), 'utf8')
  return { up: async (db) => void (await sql.raw(text).execute(db)) }
}
