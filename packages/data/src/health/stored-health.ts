import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { find as findBackup } from '../backup/backup-health.ts'
import { listMissingMigrations } from '../platform/migrate.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'
import { databaseSize } from '../workbooks/originals/database-size.ts'
import { listRaised } from '../workbooks/feed-alarms.ts'
import { listFreshness } from '../workbooks/sources.ts'
import { aliveSeconds } from './keep-instance.ts'
import { list, type ServiceInstance } from './service-instances.ts'

/** The state of the system as the database knows it. */
export type StoredHealth = Awaited<ReturnType<typeof readStoredHealth>>

/** Reads what services have written about themselves and about the servers that only they can reach. */
export async function readStoredHealth(db: Db) {
  const columns = { migration: sql<string>`name`, now: sql<Date>`now()` }
  const newest = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from kysely_migration order by name desc limit 1`,
  )
  return {
    now: newest?.now ?? new Date(),
    schema: { newest: newest?.migration, missing: await listMissingMigrations(db) },
    databaseBytes: await databaseSize(db),
    services: await list(db),
    mailboxes: await listMailboxes(db),
    sources: await listFreshness(db),
    backup: await readBackup(db),
  }
}

/** Undefined where no backup was ever tried. The ingester knows from which age one is overdue, and raises the alarm. */
async function readBackup(db: Db) {
  const backup = await findBackup(db)
  return backup && { ...backup, isOverdue: (await listRaised(db)).has('backup-overdue') }
}

async function listMailboxes(db: Db) {
  return db
    .selectFrom('mailboxHealth')
    .select(['mailbox', 'okAt', 'failingSince', 'error', 'loginRefused', 'connectMs'])
    .select(sql<number | null>`extract(epoch from now() - ok_at)::integer`.as('okSeconds'))
    .orderBy('mailbox')
    .execute()
}

/** Whether a service has described itself lately. */
export function isAlive({ ageSeconds }: Pick<ServiceInstance, 'ageSeconds'>): boolean {
  return ageSeconds <= aliveSeconds
}

/** The names of the queues and other parts that work somewhere. */
export function workingParts(services: readonly ServiceInstance[]): ReadonlySet<string> {
  const parts = services.filter(isAlive).flatMap((service) => service.parts)
  return new Set(parts.filter(({ state }) => state === 'ok').map(({ name }) => name))
}
