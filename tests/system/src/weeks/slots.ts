import { type Db, people, subscriptions } from '@atermtrack/data'
import { dispatchDueReports, openQueues, sweepPending, toJob } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import type { PersonHandle, Sandbox } from '@atermtrack/sandbox'
import { waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { countOpen } from '../conditions.ts'
import { ask } from '../talk.ts'
import { unlessRestarting } from './open-weeks.ts'
import type { Fortnight } from './railway.ts'

/** Somebody with a list of containers that is sent twice a day. */
export interface ReportReader {
  readonly person: PersonHandle
  readonly containers: readonly string[]
}

const minuteMs = 60_000
const listSize = 20
/** Stands for the minute between two looks at what is due. */
const rhythmMs = 2_000
const logger = createLogger({ service: 'test', level: 'silent' })

/** Lets people subscribe to lists, of containers that are known now and of later ones. */
export async function openReportReaders(
  db: Db,
  sandbox: Sandbox,
  { reports }: Fortnight,
  count: number,
): Promise<readonly ReportReader[]> {
  const known = [...new Set(reports.flatMap(({ containers }) => containers.map(({ container }) => container)))]
  return Promise.all(
    Array.from({ length: count }, async (_, n): Promise<ReportReader> => {
      const person = sandbox.person({ id: 3001 + n, name: `Читатель ${String(n)}` })
      await ask(person, '/menu', 'контейнер')
      const row = await waitUntil(() => people.findByTelegramId(db, person.id), { what: 'the reader' })
      const containers = known.filter((_container, place) => place % count === n).slice(0, listSize)
      await subscriptions.insert(db, {
        personId: row.id,
        name: 'Утро и вечер',
        items: containers.map((container) => ({ container })),
        slots: ['09:00', '16:00'],
        zone: 'UTC',
        leavesAfterDays: null,
        eventTiming: 'never',
        nextDueAt: new Date('2090-01-01T00:00:00Z'),
        createdUpdateId: person.id,
      })
      return { person, containers }
    }),
  )
}

/** A slot of a simulated day: `2026-09-07`, `09:00`. */
export interface DaySlot {
  readonly day: string
  readonly slot: string
}

/** Lets the slot come for everybody: the minute before this one stands for it. */
export async function letSlotCome(db: Db): Promise<void> {
  const at = new Date(Math.floor(Date.now() / minuteMs - 1) * minuteMs)
  await db
    .updateTable('subscription')
    .set({ slots: [at.toISOString().slice(11, 16)], nextDueAt: at })
    .execute()
}

/** The slot is over: its reports stand under the day and time for which they were made. */
export async function closeSlot(db: Db, since: number, { day, slot }: DaySlot): Promise<void> {
  await sql`
    update report set local_date = ${day}::date, slot = ${slot}, planned_at = (${day} || ' ' || ${slot})::timestamp at time zone 'UTC'
    where id > ${since}`.execute(db)
}

/** The queues of a system. */
export interface Connection {
  readonly url: string
  readonly prefix: string
}

/**
 * Runs the jobs of every minute until nothing of a slot waits and `isWritten` says so; what waits for long has waited ten minutes longer
 * at each of them.
 */
export async function untilSlotIsSent(
  db: Db,
  connection: Connection,
  isWritten: () => Promise<boolean>,
): Promise<void> {
  await using queues = openQueues({ ...connection, logger })
  let ranAt = Number.NEGATIVE_INFINITY
  const isSent = async () => {
    if (performance.now() - ranAt > rhythmMs) {
      ranAt = performance.now()
      await passMinutes(db)
      await queues.wake([dispatchDueReports, sweepPending].map((queue) => toJob(queue, {})))
    }
    const open = Object.values(await countOpen(db))
    return open.every((count) => count === 0) && isWritten()
  }
  await waitUntil(unlessRestarting(isSent), { what: 'the reports of a slot', timeoutMs: 10 * minuteMs })
}

/** A call in progress is let alone: it is not lost for so long. */
async function passMinutes(db: Db): Promise<void> {
  const back = sql`interval '10 minutes'`
  const waits = sql`enqueued_at = enqueued_at - ${back}, created_at = created_at - ${back} where status = 'pending'`
  await sql`update workbook set ${waits}`.execute(db)
  await sql`update report set ${waits}`.execute(db)
  await sql`update delivery set enqueued_at = enqueued_at - ${back}
    where status in ('pending', 'retry') and not_before is null`.execute(db)
  await sql`update delivery set sending_at = sending_at - ${back}
    where status = 'sending' and sending_at < now() - interval '15 seconds'`.execute(db)
}
