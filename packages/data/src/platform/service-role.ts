import { sql } from 'kysely'
import type { Db } from './client.ts'
import { selectRow } from './statements/typed-rows.ts'

/** The role that services connect as: it reads and writes rows, and owns and changes no table. */
export interface ServiceRole {
  readonly name: string
  readonly password: string
}

/**
 * Makes the role or gives it a new password, and grants it the rows of all tables, also of those that later migrations make.
 * Needs the owner of the tables with the right to create roles. Several processes may do it at once.
 */
export async function prepareServiceRole(db: Db, { name, password }: ServiceRole): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('service-role', 0))`.execute(tx)
    const role = sql.id(name)
    const rights = sql`login nosuperuser nocreatedb nocreaterole noreplication password ${sql.lit(password)}`
    if (await isKnown(tx, name)) await sql`alter role ${role} ${rights}`.execute(tx)
    else await sql`create role ${role} ${rights}`.execute(tx)
    await grant(tx, role)
  })
}

/** Whether this connection may do everything, which no service needs. */
export async function isSuperuser(db: Db): Promise<boolean> {
  const columns = { isSuperuser: sql<boolean>`rolsuper` }
  const role = await selectRow(db, columns, (list) => sql`select ${list} from pg_roles where rolname = current_user`)
  return role?.isSuperuser ?? false
}

async function isKnown(tx: Db, name: string): Promise<boolean> {
  const columns = { isOurs: sql<boolean>`rolname = current_user` }
  const role = await selectRow(tx, columns, (list) => sql`select ${list} from pg_roles where rolname = ${name}`)
  if (role?.isOurs) throw new Error(`DB_SERVICE_USER must be another role than the owner of the tables (${name})`)
  return role !== undefined
}

async function grant(tx: Db, role: ReturnType<typeof sql.id>): Promise<void> {
  const current = await selectRow(tx, { name: sql<string>`current_database()` }, (list) => sql`select ${list}`)
  const database = sql.id(current?.name ?? '')
  await sql`grant connect, temporary on database ${database} to ${role}`.execute(tx)
  await sql`grant usage on schema public to ${role}`.execute(tx)
  await sql`grant select, insert, update, delete on all tables in schema public to ${role}`.execute(tx)
  await sql`grant usage, select on all sequences in schema public to ${role}`.execute(tx)
  // Which migrations ran is for the owner to say.
  await sql`revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${role}`.execute(tx)
  await sql`alter default privileges in schema public grant select, insert, update, delete on tables to ${role}`.execute(
    tx,
  )
  await sql`alter default privileges in schema public grant usage, select on sequences to ${role}`.execute(tx)
}
