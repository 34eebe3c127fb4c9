import { type Db, people, subscriptions } from '@atermtrack/data'
import type { Sandbox } from '@atermtrack/sandbox'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'
import { receiveWorkbook, textOf } from './talk.ts'

// Takes up to 90 s: waits for the schedule that dispatches reports once a minute.

const anna = 1001
const zone = 'Asia/Vladivostok'

test('several missed slots give one report that says that it is late, however many reporters run', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: new Date(Date.now() - 600_000), size: 5 })])
  await sandbox.person(anna).say('/menu')
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  await Promise.all([system.start('bot'), system.start('ingester', { INBOX_DIR: inbox })])
  await untilCompleted(db, 1)
  await subscribeSince(db, 70 * 3_600_000)

  const [first, second] = await Promise.all([system.start('reporter'), system.start('reporter')])
  const report = await receiveWorkbook(sandbox, sandbox.person(anna))
  expect(report.caption).toContain('Отчёт опоздал')
  expect(report.cells).toEqual(expect.arrayContaining([...containers(3)]))

  // Forces a second look after both have restarted.
  await Promise.all([first.kill9(), second.kill9()])
  await db
    .updateTable('subscription')
    .set({ nextDueAt: hoursAgo(70) })
    .execute()
  first.start()
  second.start()
  await waitUntil(async () => (await nextDueAt(db)) > new Date(), { what: 'the second dispatch', timeoutMs: 120_000 })

  const reports = await db.selectFrom('report').select(['status', 'late', 'reason']).orderBy('plannedAt').execute()
  const last = reports.at(-1)
  expect(last).toMatchObject({ status: 'built', late: true })
  expect(reports.length).toBeGreaterThanOrEqual(5)
  expect(new Set(reports.slice(0, -1).map(({ status, reason }) => `${status} ${reason}`))).toEqual(
    new Set(['skipped missed']),
  )
  const deliveries = await db.selectFrom('delivery').select('status').execute()
  expect(deliveries).toEqual([{ status: 'sent' }])
  expect(documents(sandbox)).toHaveLength(1)
}, 180_000)

/** A subscription of Анна's, twice a day, whose slots were missed for so long. */
async function subscribeSince(db: Db, ms: number): Promise<void> {
  const person = await waitUntil(() => people.findByTelegramId(db, anna), { what: 'Анна', timeoutMs: 60_000 })
  await subscriptions.insert(db, {
    personId: person.id,
    name: 'Утро и вечер',
    items: containers(3).map((container) => ({ container })),
    slots: [slotBefore(3), slotBefore(10)].toSorted((a, b) => a.localeCompare(b)),
    zone,
    nextDueAt: new Date(Date.now() - ms),
    createdUpdateId: 1,
  })
}

/** A time of day so many hours before now: a slot that has just come would not be late. */
function slotBefore(hours: number): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return clock.format(Date.now() - hours * 3_600_000)
}

function hoursAgo(hours: number) {
  return sql<Date>`now() - make_interval(hours => ${hours})`
}

async function nextDueAt(db: Db): Promise<Date> {
  return (await db.selectFrom('subscription').select('nextDueAt').executeTakeFirstOrThrow()).nextDueAt
}

function documents(sandbox: Sandbox): readonly string[] {
  return sandbox
    .person(anna)
    .messages()
    .filter(({ document }) => document !== undefined)
    .map(textOf)
}
