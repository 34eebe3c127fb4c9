import { sql } from 'kysely'
import type { AuditActor } from '../people/audit.ts'
import { fullName } from '../people/names.ts'
import type { Db } from '../platform/client.ts'

/** A setting that somebody has changed. */
export interface StoredSetting {
  readonly name: string
  readonly value: string
}

/** The longest value that is stored. */
export const longestValue = 4_000

/** All settings that are changed, also those of other releases. */
export async function list(db: Db): Promise<readonly StoredSetting[]> {
  return db.selectFrom('setting').select(['name', 'value']).orderBy('name').execute()
}

/** The stored value of a setting; undefined where the environment counts. */
export async function find(db: Db, name: string): Promise<string | undefined> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value
}

export interface SettingChange {
  readonly name: string
  /** Undefined gives the setting back to the environment. */
  readonly value: string | undefined
  /** The stored value that the change is meant for; with another one it is not made. */
  readonly before: string | undefined
  readonly actor: Pick<AuditActor, 'actorId' | 'command'>
}

/** `same`: it has that value already. `overtaken`: somebody else has changed it meanwhile. */
export type ChangeOutcome = 'changed' | 'same' | 'overtaken'

/** Changes a setting and records the change. Changes wait for each other. */
export async function change(tx: Db, { name, value, before, actor }: SettingChange): Promise<ChangeOutcome> {
  await sql`select pg_advisory_xact_lock(hashtextextended('settings', 0))`.execute(tx)
  const current = await find(tx, name)
  if (current === value) return 'same'
  if (current !== before) return 'overtaken'
  if (value === undefined) await tx.deleteFrom('setting').where('name', '=', name).execute()
  else {
    await tx
      .insertInto('setting')
      .values({ name, value })
      .onConflict((row) => row.column('name').doUpdateSet({ value, changedAt: sql<Date>`now()` }))
      .execute()
  }
  const { actorId = null, command = null } = actor
  await tx
    .insertInto('settingChange')
    .values({ name, before: before ?? null, after: value ?? null, changedBy: actorId, command })
    .execute()
  return 'changed'
}

/** A change with the name of the person as it is now; one whose data were erased has none. */
export type RecordedChange = Awaited<ReturnType<typeof listChanges>>['rows'][number]

/** The changes of one setting or of all, the newest first, and whether more follow. */
export async function listChanges(
  db: Db,
  { name, offset, limit }: { readonly name?: string; readonly offset: number; readonly limit: number },
) {
  const rows = await changesOf(db)
    .orderBy('change.id', 'desc')
    .$if(name !== undefined, (qb) => qb.where('change.name', '=', name ?? ''))
    .offset(offset)
    .limit(limit + 1)
    .execute()
  return { rows: rows.slice(0, limit), hasMore: rows.length > limit }
}

/** The newest change of each setting. */
export async function listNewestChanges(db: Db) {
  return changesOf(db).distinctOn('change.name').orderBy('change.name').orderBy('change.id', 'desc').execute()
}

function changesOf(db: Db) {
  return db
    .selectFrom('settingChange as change')
    .leftJoin('person', 'person.id', 'change.changedBy')
    .select(['change.name', 'change.before', 'change.after', 'change.changedAt', 'change.changedBy', 'change.command'])
    .select(fullName().as('changedByName'))
}

/** Records the values that the environment of a service names. */
export async function recordDefaults(db: Db, service: string, defaults: readonly StoredSetting[]): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('settings', 0))`.execute(tx)
    await tx.deleteFrom('settingDefault').where('service', '=', service).execute()
    if (defaults.length === 0) return
    await tx
      .insertInto('settingDefault')
      .values(defaults.map((row) => ({ service, ...row })))
      .execute()
  })
}

/** The values that the environments of the services name. */
export async function listDefaults(db: Db): Promise<readonly StoredSetting[]> {
  return db.selectFrom('settingDefault').select(['name', 'value']).orderBy('name').orderBy('service').execute()
}
