import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate, openDb } from '@atermtrack/data'
import { startPostgres } from '@atermtrack/servers'
import { atLength, containerNumber, expect, serviceRole, test, waitUntil } from '@atermtrack/testkit'
import { countOpen, untilCompleted } from './conditions.ts'
import { aDislocation, drop, openDropFolder } from './drop-folder.ts'
import { createSystem, openSandbox } from './system.ts'
import { ask, textOf } from './talk.ts'

const persons = 10
const minute = 60_000

test('PostgreSQL restarted and killed during imports and questions ends no process and loses nothing', async ({
  redisUrl,
  queuePrefix,
}) => {
  await using postgres = await startDurablePostgres()
  await migrate({ url: postgres.url, serviceRole })
  await using db = openDb({ url: postgres.url })
  await using sandbox = await openSandbox()
  await using system = createSystem({ databaseUrl: postgres.url, redisUrl, queuePrefix, sandbox })
  const inbox = await openDropFolder()
  await drop(inbox, [await aDislocation({ stamp: minutesAgo(60), size: 100 })])
  await Promise.all([system.start('bot'), system.start('reporter'), system.start('ingester', { INBOX_DIR: inbox })])
  await Promise.all([system.ready(), untilCompleted(db, 1)])

  const people = Array.from({ length: persons }, (_, n) => sandbox.person({ id: 4_000 + n, name: `Person ${n}` }))
  const disturbances = atLength({
    short: [postgres.restart, crash],
    full: [postgres.restart, crash, postgres.restart, crash, crash, postgres.restart],
  })
  for (const [round, disturb] of disturbances.entries()) {
    const stamps = Array.from({ length: 3 }, (_, n) => minutesAgo(50 - round * 3 - n))
    await drop(inbox, await Promise.all(stamps.map(async (stamp) => aDislocation({ stamp, size: 2_000 }))))
    const isImporting = async () => (await countOpen(db)).workbooks > 0
    await waitUntil(isImporting, { what: `imports of round ${round}`, timeoutMs: minute })
    const disturbing = disturb()
    for (const [n, person] of people.entries()) await person.say(question(n, round))
    await disturbing
    const askedAt = performance.now()
    const newcomer = sandbox.person({ id: 5_000 + round, name: 'Newcomer' })
    await ask(newcomer, question(0, round), 'Данные на')
    expect(performance.now() - askedAt).toBeLessThan(20_000)
  }

  await untilCompleted(db, 1 + disturbances.length * 3)
  const areHandled = async () =>
    (await db.selectFrom('telegramUpdate').select('updateId').where('doneAt', 'is', null).execute()).length === 0
  await waitUntil(areHandled, { what: 'all questions to be handled', timeoutMs: minute })
  const workbooks = await db.selectFrom('workbook').select('status').execute()
  expect(workbooks.filter(({ status }) => status !== 'imported' && status !== 'history_only')).toEqual([])
  const outcomes = await db.selectFrom('telegramUpdate').select('outcome').execute()
  expect(outcomes.filter(({ outcome }) => outcome === 'failed')).toEqual([])
  const unknown = outcomes.filter(({ outcome }) => outcome === 'unknown').length
  const answered = people
    .map((person, n) =>
      disturbances.map((_, round) => {
        const isAnswer = ({ from, ...message }: ReturnType<typeof person.messages>[number]) =>
          from.is_bot && textOf({ from, ...message }).includes(question(n, round))
        return person.messages().filter(isAnswer).length
      }),
    )
    .flat()
  expect(answered.filter((times) => times > 1)).toEqual([])
  expect(answered.filter((times) => times === 0).length).toBeLessThanOrEqual(unknown)
  expect(system.services.filter(({ isRunning }) => !isRunning())).toEqual([])

  async function crash(): Promise<void> {
    await postgres.kill9()
    await postgres.restart()
  }
}, 240_000)

/** A PostgreSQL that keeps committed data even when it is killed. */
async function startDurablePostgres() {
  const dataDir = await mkdtemp(join(tmpdir(), 'atermtrack-postgres-'))
  const server = await startPostgres({ dataDir, persistent: true })
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await Promise.all([dataDir, server.dataDir].map(async (dir) => rm(dir, { recursive: true, force: true })))
    },
  }
}

function question(person: number, round: number): string {
  return containerNumber(person * 10 + round)
}

function minutesAgo(minutes: number): Date {
  return new Date(Date.now() - minutes * minute)
}
