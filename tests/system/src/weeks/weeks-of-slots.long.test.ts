import { setTimeout as delay } from 'node:timers/promises'
import { type Db, openDb } from '@atermtrack/data'
import type { Sandbox, SeenMessage } from '@atermtrack/sandbox'
import { startRedis } from '@atermtrack/servers'
import { atLength, expect, test } from '@atermtrack/testkit'
import { Redis } from 'ioredis'
import { createSystem, openSandbox } from '../system.ts'
import { openWeeks, weeksEnv } from './open-weeks.ts'
import { simulateDays } from './railway.ts'
import { readRows, rowsAfter } from './report-rows.ts'
import { closeSlot, letSlotCome, openReportReaders, type ReportReader, untilSlotIsSent } from './slots.ts'

// Takes up to 300 s: waits for the half minute after which the jobs of a killed service are taken by the next one.

const seed = atLength({ short: 3, full: 4 })
const days = atLength({ short: 3, full: 14 })
const readersCount = atLength({ short: 6, full: 12 })
const former = 2
/** A fault strikes within so many milliseconds. */
const strikesWithinMs = 3_000
const queuePrefix = 'atermtrack'

test('each slot of simulated weeks sends its report once and right, whatever is killed, emptied or restarted', async ({
  ownPostgres,
  mailServer,
}) => {
  await using redis = await startRedis()
  await using db = openDb({ url: ownPostgres.url })
  await using sandbox = await openSandbox()
  const connection = { databaseUrl: ownPostgres.url, redisUrl: redis.url, queuePrefix }
  await using system = createSystem({
    ...connection,
    sandbox,
    env: { REPORT_WAIT_MINUTES: '1', STALE_AFTER_HOURS: '100000' },
  })
  const services = await Promise.all([
    system.start('bot'),
    system.start('ingester', weeksEnv(mailServer)),
    system.start('reporter'),
  ])
  await system.ready()
  await using weeks = openWeeks({ db, ...connection, mailServer })
  const fortnight = await simulateDays({ seed, days })
  const accepted = fortnight.reports.slice(0, former)
  await weeks.mail(...accepted.map(({ file }) => file))
  const readers = await openReportReaders(db, sandbox, fortnight, readersCount)

  const kills = services.map((service) => async () => {
    await delay(Math.random() * strikesWithinMs)
    await service.kill9()
    service.start()
  })
  const all = async () => void (await Promise.all(kills.map(async (kill) => kill())))
  const others = [async () => ownPostgres.restart(), async () => flush(redis.url)].map((strike) => async () => {
    await delay(Math.random() * strikesWithinMs)
    await strike()
  })
  const faults = atLength({ short: [all, ...others], full: [...kills, ...others, all] })
  for (const [round, report] of fortnight.reports.slice(former).entries()) {
    const slot = { since: await newestReport(db), before: readers.map(({ person }) => documentsOf(person).length) }
    accepted.push(report)
    const strike = faults[round % faults.length]
    if (!strike) throw new Error('there are no faults')
    // In turn while the mail is read, and while the reports are built and sent.
    const isEarly = (Math.floor(round / faults.length) + round) % 2 === 1
    await Promise.all([weeks.mail(report.file), isEarly ? strike() : undefined])
    await letSlotCome(db)
    const areWritten = async () => (await countSettled(db, slot.since)) === readers.length
    const sent = untilSlotIsSent(db, { url: redis.url, prefix: queuePrefix }, areWritten)
    await Promise.all([sent, isEarly ? undefined : strike()])
    await untilSlotIsSent(db, { url: redis.url, prefix: queuePrefix }, areWritten)
    await expectSlot(db, sandbox, { ...slot, readers, rowsOf: (containers) => rowsAfter(accepted, containers) })
    const [day = '', time = ''] = report.stamp.toISOString().split('T')
    await closeSlot(db, slot.since, { day, slot: time < '12' ? '09:00' : '16:00' })
  }
  expect(system.services.filter(({ isRunning }) => !isRunning())).toEqual([])
}, 1_800_000)

interface Slot {
  /** The newest report before it. */
  readonly since: number
  readonly readers: readonly ReportReader[]
  /** Documents that each reader had before it. */
  readonly before: readonly number[]
  readonly rowsOf: (containers: readonly string[]) => ReturnType<typeof rowsAfter>
}

/** Everybody has one report of one delivery, whose document came once where it is recorded as sent. */
async function expectSlot(db: Db, sandbox: Sandbox, { since, readers, before, rowsOf }: Slot): Promise<void> {
  const rows = await db
    .selectFrom('report')
    .innerJoin('delivery', 'delivery.reportId', 'report.id')
    .select(['report.status as report', 'delivery.status', 'delivery.chatId', 'delivery.telegramMessageId'])
    .where('report.id', '>', since)
    .execute()
  for (const [place, { person, containers }] of readers.entries()) {
    const own = rows.filter(({ chatId }) => chatId === person.id)
    expect(own).toMatchObject([{ report: 'built', status: expect.stringMatching(/^(sent|unknown)$/) }])
    const fresh = documentsOf(person).slice(before[place])
    if (own[0]?.status === 'sent') expect(fresh.map((seen) => seen.message_id)).toEqual([own[0].telegramMessageId])
    expect(fresh.length).toBeLessThanOrEqual(1)
    for (const message of fresh) expect(await readRows(sandbox, message)).toEqual(rowsOf(containers))
  }
}

function documentsOf(person: ReportReader['person']): readonly SeenMessage[] {
  return person.messages().filter(({ document }) => document !== undefined)
}

async function newestReport(db: Db): Promise<number> {
  const row = await db
    .selectFrom('report')
    .select((eb) => eb.fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

/** How many reports of a slot are built or given up. */
async function countSettled(db: Db, since: number): Promise<number> {
  const rows = await db
    .selectFrom('report')
    .select('id')
    .where('id', '>', since)
    .where('status', '!=', 'pending')
    .execute()
  return rows.length
}

async function flush(url: string): Promise<void> {
  const client = new Redis(url)
  await client.flushall()
  client.disconnect()
}
