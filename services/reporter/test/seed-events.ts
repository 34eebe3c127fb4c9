import type { Db } from '@atermtrack/data'
import type { EventKind } from '@atermtrack/domain'
import { createRaiseAlerts, createSendDigests } from '../src/alerts/raise-alerts.ts'
import type { AlertDependencies } from '../src/alerts/raise-alerts.ts'
import { openPolicy, recordQueues } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aJobContext, aPerson, aSubscription } from './seed.ts'

export const [first, second, third] = ['CSQU3054383', 'MSKU6011672', 'TKRU4300003'] as const
const far = new Date('2040-01-01T00:00:00Z')

/** Somebody whose subscription names some containers. */
export async function aReader(
  db: Db,
  fields: { readonly containers?: readonly string[]; readonly unreachable?: true } = {},
) {
  const { containers = [first, second, third], ...rest } = fields
  const person = await aPerson(db, rest)
  const subscription = await aSubscription(db, { personId: person.id, slots: ['09:00'], nextDueAt: far, containers })
  return { ...person, subscriptionId: subscription.id }
}

let identity = 0

/** An event that nobody was looked for yet. */
export async function anEvent(
  db: Db,
  fields: {
    readonly container: string
    readonly kind?: EventKind
    readonly station?: string
    readonly trainIndex?: string | null
    readonly happenedAt?: Date
    readonly details?: object
    readonly isNews?: boolean
  },
): Promise<{ readonly id: number }> {
  const { station = 'МОГОЧА', kind = 'abandoned', details = {}, trainIndex = '9822+123+1811', ...rest } = fields
  const { id: stationId } = await db
    .insertInto('station')
    .values({ key: station, name: station })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ name: station }))
    .returning('id')
    .executeTakeFirstOrThrow()
  identity += 1
  return db
    .insertInto('event')
    .values({
      happenedAt: new Date(Date.now() - 3_600_000),
      ...rest,
      kind,
      stationId,
      trainIndex,
      tripId: 1,
      identity: `test ${identity}`,
      details: JSON.stringify(details),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** An import that alerts are to be raised about. */
export async function aDueImport(db: Db): Promise<number> {
  const sha256 = Buffer.from(String(Math.random()).padEnd(32).slice(0, 32))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const arrival = { origin: 'mail', fileName: 'a.xlsx', sha256, size: 32, receivedAt: new Date() } as const
  const { id } = await db
    .insertInto('workbook')
    .values({ ...arrival, status: 'imported', kind: 'dislocation', alertsDueAt: sql<Date>`now()` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** The dependencies of both handlers. */
export function alertDependencies(db: Db, fields: Partial<AlertDependencies> = {}) {
  const recorder = recordQueues()
  const dependencies: AlertDependencies = {
    db,
    queues: recorder.queues,
    policy: openPolicy,
    scheduleZone: 'Asia/Vladivostok',
    sourceZone: 'Europe/Moscow',
    standingAfterMinutes: 1_440,
    mostPerHour: 12,
    forecastMovedHours: 12,
    emailIsOn: true,
    ...fields,
  }
  return { dependencies, recorder }
}

/** Raises alerts about an import, as a job does. */
export async function raise(db: Db, fields: Partial<AlertDependencies> = {}): Promise<void> {
  const { dependencies } = alertDependencies(db, fields)
  await createRaiseAlerts(dependencies)({ workbookId: await aDueImport(db) }, aJobContext())
}

/** Tells what is due by now, after so many minutes have passed for everything that waits. */
export async function tellAfter(db: Db, minutes: number, fields: Partial<AlertDependencies> = {}): Promise<void> {
  await sql`update alert set due_at = due_at - make_interval(mins => ${minutes})`.execute(db)
  const { dependencies } = alertDependencies(db, fields)
  await createSendDigests(dependencies)({}, aJobContext())
}

/** Records the deliveries that wait as sent, each with a message of its own or that which it edits. */
export async function deliverAll(db: Db): Promise<void> {
  await sql`
    update delivery set status = 'sent', finished_at = now(), telegram_message_id = coalesce((
      select earlier.telegram_message_id from delivery as earlier
      where earlier.notice_period = delivery.notice_period and earlier.telegram_message_id is not null limit 1), id)
    where status = 'pending' and channel = 'telegram'`.execute(db)
}
