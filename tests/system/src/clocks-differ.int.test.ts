import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { type Db, people, subscriptions } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { untilAllDone, untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import type { ServiceEnv, ServiceProcess } from './service-process.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, receiveWorkbook } from './talk.ts'

const preload = pathToFileURL(join(import.meta.dirname, '../shifted-clock.mjs')).href
const twoMinutes = 120_000
const minute = 60_000

/** The error of a clock of a service. */
function clock(shiftMs: number): ServiceEnv {
  return { NODE_OPTIONS: `--import=${preload}`, CLOCK_SHIFT_MS: String(shiftMs) }
}

test('replicas whose clocks differ by four minutes answer, import and report once', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: new Date(Date.now() - 10 * minute), size: 20 })])
  const bots = [await system.start('bot', clock(twoMinutes)), await system.start('bot', clock(-twoMinutes))]
  await system.start('ingester', { INBOX_DIR: inbox, ...clock(-twoMinutes) })
  await system.start('ingester', { INBOX_DIR: inbox, ...clock(twoMinutes) })
  await system.ready()
  await untilCompleted(db, 1)

  const persons = Array.from({ length: 10 }, (_, n) => sandbox.person({ id: 3_000 + n, name: `Person ${n}` }))
  const [one = ''] = containers(1)
  await Promise.all(persons.map(async (person) => ask(person, one, 'Данные на')))
  await subscribeTo(db, 3_000, new Date(Math.floor(Date.now() / minute - 1) * minute))
  await system.start('reporter', clock(twoMinutes))
  await system.start('reporter', clock(-twoMinutes))
  const [anna] = persons
  if (!anna) throw new Error('nobody asks')
  await receiveWorkbook(sandbox, anna)
  await untilAllDone(db, 2 * minute)

  expect(persons.map(countCards)).toEqual(persons.map(() => 1))
  expect(countDocuments(anna)).toBe(1)
  expect(await db.selectFrom('report').select(['status', 'late']).execute()).toEqual([{ status: 'built', late: false }])
  expect(await db.selectFrom('workbook').select(['status']).execute()).toEqual([{ status: 'imported' }])
  expect(bots.map(countLeases).toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(system.services.filter(({ isRunning }) => !isRunning())).toEqual([])
}, 180_000)

/** A daily report with a slot a minute ago. */
async function subscribeTo(db: Db, telegramId: number, slotAt: Date): Promise<void> {
  const person = await waitUntil(() => people.findByTelegramId(db, telegramId), { what: 'the person' })
  await subscriptions.insert(db, {
    personId: person.id,
    name: 'Утро',
    items: containers(3).map((container) => ({ container })),
    slots: [slotAt.toISOString().slice(11, 16)],
    zone: 'UTC',
    nextDueAt: slotAt,
    createdUpdateId: 1,
  })
}

function countCards(person: PersonHandle): number {
  return person.messages().filter(({ text }) => text?.includes('Данные на') === true).length
}

function countDocuments(person: PersonHandle): number {
  return person.messages().filter(({ document }) => document !== undefined).length
}

/** How often a bot began to poll: a lease that lapses by a wrong clock would go back and forth. */
function countLeases({ lines }: ServiceProcess): number {
  return lines.filter((line) => line.includes('holding the lease')).length
}
