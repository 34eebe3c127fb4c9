import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** How the backups of this database go. */
export interface BackupHealth {
  /** When the last backup was made; null before the first. */
  readonly okAt: Date | null
  /** The size of the last backup. */
  readonly bytes: number | null
  /** When the first of the failures since `okAt` was; null when the last attempt succeeded. */
  readonly failingSince: Date | null
  readonly error: string | null
  /** Since the last backup, or since the first attempt before there is one. */
  readonly ageSeconds: number
}

/** Undefined when no backup was ever tried here: others may back the database up by other means. */
export async function find(db: Db): Promise<BackupHealth | undefined> {
  return db
    .selectFrom('backupHealth')
    .select(['okAt', 'bytes', 'failingSince', 'error'])
    .select(sql<number>`extract(epoch from now() - coalesce(ok_at, watched_since))::integer`.as('ageSeconds'))
    .executeTakeFirst()
}

/** Records that a backup was made just now; the failures are over. */
export async function recordSuccess(db: Db, bytes: number): Promise<void> {
  const well = { okAt: sql<Date>`now()`, bytes, failingSince: null, error: null }
  await db
    .insertInto('backupHealth')
    .values(well)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(well))
    .execute()
}

/** Records that a backup failed; the first of a row of failures sets the time. */
export async function recordFailure(db: Db, error: string): Promise<void> {
  const failingSince = sql<Date>`coalesce(backup_health.failing_since, now())`
  await db
    .insertInto('backupHealth')
    .values({ failingSince: sql<Date>`now()`, error })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ failingSince, error }))
    .execute()
}
