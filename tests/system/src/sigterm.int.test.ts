import { expect, test, waitUntil } from '@atermtrack/testkit'
import { countOpen, untilAllDone, untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { containers } from './main-job.ts'
import { createSystem, openSandbox } from './system.ts'

// Takes up to 60 s: imports the rest after the services have stopped.

const minute = 60_000

test('services asked to stop in the middle of their work stop in order, and nothing is lost', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox })
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(60), size: 20 })])
  const services = await Promise.all([
    system.start('bot'),
    system.start('reporter'),
    system.start('ingester', { INBOX_DIR: inbox }),
  ])
  await Promise.all([system.ready(), untilCompleted(db, 1)])
  const stamps = Array.from({ length: 6 }, (_, n) => minutesAgo(50 - n))
  const files = await Promise.all(stamps.map(async (stamp) => aDislocation({ stamp, size: 2_000 })))
  const people = Array.from({ length: 20 }, (_, n) => sandbox.person({ id: 6_000 + n, name: `Person ${n}` }))
  sandbox.faults.add({ kind: 'slow', ms: 300, method: ['sendMessage', 'sendDocument'] })

  await drop(inbox, files)
  const areImporting = async () => (await countOpen(db)).workbooks > 0
  await waitUntil(areImporting, { what: 'imports', timeoutMs: minute })
  for (const person of people) await person.say(containers(12).join(' '))
  const areReporting = async () => Object.values(await countOpen(db)).every((count) => count > 0)
  await waitUntil(areReporting, { what: 'imports, reports and messages at once', timeoutMs: minute })
  const endings = await Promise.all(services.map(({ sigterm }) => sigterm()))
  expect(endings.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(endings.filter(({ ms }) => ms > 20_000)).toEqual([])

  services.forEach(({ start }) => start())
  await untilCompleted(db, files.length + 1)
  const haveAll = () => people.every((person) => person.messages().some(({ document }) => document !== undefined))
  await waitUntil(haveAll, { what: 'a workbook for everybody', timeoutMs: 3 * minute })
  await untilAllDone(db, 3 * minute)
  for (const person of people) {
    const answers = person.messages().filter(({ from }) => from.is_bot)
    expect(answers.map(({ document }) => document !== undefined)).toEqual([false, true])
  }
  const updates = await db.selectFrom('telegramUpdate').select('outcome').execute()
  expect(new Set(updates.map(({ outcome }) => outcome))).toEqual(new Set(['handled']))
}, 240_000)

function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * minute)
}
