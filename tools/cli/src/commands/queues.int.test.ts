import { deliveries, mailbox } from '@atermtrack/data'
import {
  housekeeping,
  importWorkbook,
  keepSchedules,
  openQueues,
  PermanentError,
  startWorker,
  sweepPending,
} from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { expect, openHealth, test, waitUntil } from '@atermtrack/testkit'
import { auditOf, cli, nowhere } from '../cli.test-helper.ts'

test('a scheduler of an older release is marked and pruned, those of this one stay', async ({
  redisUrl,
  queuePrefix,
}) => {
  const env = { REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  expect(await cli('schedulers list', env)).toEqual({ code: 0, text: '(none)' })
  const logger = createLogger({ service: 'test', level: 'silent' })
  const nightly = {
    id: 'housekeeping',
    queue: housekeeping,
    payload: {},
    rhythm: { pattern: '30 3 * * *', zone: 'UTC' },
  }
  const old = { id: 'of-an-older-release', queue: sweepPending, payload: {}, rhythm: { everyMs: 3_600_000 } }
  await using keeper = keepSchedules([nightly, old], { url: redisUrl, prefix: queuePrefix, logger })
  await keeper.ready()
  const { text } = await cli('schedulers list', env)
  expect(text).toMatch(/sweep-pending +of-an-older-release +every 3600000 ms .* unknown/)
  expect(text).toMatch(/housekeeping +housekeeping +30 3 \* \* \* UTC +\d{4}-\d\d-\d\d \d\d:\d\d$/m)
  expect((await cli('schedulers prune', env)).text).toMatch(/^removed:\n[^]*of-an-older-release/)
  expect(await cli('schedulers prune', env)).toEqual({ code: 0, text: 'nothing to remove' })
})

test('queues of another release are named below those of this one', async ({ databaseUrl, redisUrl, queuePrefix }) => {
  const queue = { ...sweepPending, name: 'of-a-newer-release' }
  const yearly = { id: 'yearly', queue, payload: {}, rhythm: { pattern: '0 0 1 1 *', zone: 'UTC' } }
  const logger = createLogger({ service: 'test', level: 'silent' })
  await using keeper = keepSchedules([yearly], { url: redisUrl, prefix: queuePrefix, logger })
  await keeper.ready()
  const env = { DATABASE_URL: databaseUrl, QUEUE_PREFIX: queuePrefix }
  const { text } = await cli('queues list', { ...env, REDIS_URL: redisUrl })
  expect(text).toMatch(/import-workbook[^]*queues in Redis that this release does not know: of-a-newer-release$/)
  const away = await cli('queues list', { ...env, REDIS_URL: nowhere })
  expect([away.code, away.text]).toEqual([0, expect.stringMatching(/import-workbook[^]*sweep-pending/)])
})

test('without Redis the list of schedulers fails with a reason', async () => {
  const { code, text } = await cli('schedulers list', { REDIS_URL: nowhere })
  expect([code, text]).toEqual([1, expect.stringContaining('nothing answers at 127.0.0.1:1')])
})

test('a retry of a message is recorded although Redis does not answer', async ({ db, databaseUrl }) => {
  const key = { mailbox: 'box', uidValidity: 1, uid: 1 }
  const message = { ...key, subject: 'Отчёт', receivedAt: new Date(), status: 'refused', reason: 'too_big' } as const
  const id = await mailbox.insertMessage(db, message)
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  expect(await cli(`mail retry ${id}`, env)).toEqual({
    code: 0,
    text: `message ${id} is tried again at the next look into the mailbox, Redis does not answer`,
  })
  expect((await cli('mail list', env)).text).toMatch(/Отчёт .* now$/)
  expect(await auditOf(db)).toMatchObject([{ action: 'mail.retried', object: `mail:${id}` }])
})

test('no message waits in an empty mailbox', async ({ databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: nowhere }
  expect(await cli('mail list', env)).toEqual({ code: 0, text: '(none)' })
  expect(await cli('mail retry 7', env)).toEqual({
    code: 1,
    text: 'failed: message 7 does not wait for another try',
  })
  expect(await cli('sources list', env)).toEqual({ code: 0, text: '(none)' })
})

test('failed jobs are listed, and start again one by one or all at once', async ({
  db,
  databaseUrl,
  redisUrl,
  queuePrefix,
}) => {
  const env = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, QUEUE_PREFIX: queuePrefix }
  const connection = { url: redisUrl, prefix: queuePrefix, logger: createLogger({ service: 'test', level: 'silent' }) }
  await using queues = openQueues(connection)
  const started: number[] = []
  let isBroken = true
  await using _worker = startWorker(
    importWorkbook,
    async ({ workbookId }) => {
      started.push(workbookId)
      if (isBroken) throw new PermanentError('the disk is full')
    },
    { ...connection, health: openHealth() },
  )
  for (const workbookId of [1, 2, 3]) await queues.enqueue(importWorkbook, { workbookId })
  const failed = async () => cli('queues failed import-workbook --json', env)
  const rows = async () => (JSON.parse((await failed()).text) as { tables: { job: string }[][] }).tables[0] ?? []
  await waitUntil(async () => (await rows()).length === 3, { what: 'three failed jobs' })
  expect((await failed()).text).toContain('the disk is full')
  isBroken = false
  const job = (await rows()).at(-1)?.job ?? ''
  expect(await cli(`queues retry import-workbook --job ${job}`, env)).toEqual({
    code: 0,
    text: '1 jobs of import-workbook are started again',
  })
  await waitUntil(() => started.length === 4, { what: 'the job' })
  expect(started.at(-1)).toBe(1)
  expect((await cli('queues retry import-workbook', env)).text).toBe('2 jobs of import-workbook are started again')
  await waitUntil(() => started.length === 6, { what: 'the other jobs' })
  expect((await cli('queues retry import-workbook', env)).text).toBe('0 jobs of import-workbook are started again')
  expect(await cli('queues retry import-workbook --job 99', env)).toMatchObject({ code: 1 })
  expect(await auditOf(db)).toMatchObject([
    { action: 'queue.retried', object: 'queue:import-workbook', details: { job, jobs: 1 } },
    { action: 'queue.retried', details: { jobs: 2 } },
  ])
})

test('a queue that is not there is not retried, and the queues are named', async () => {
  const { code, text } = await cli('queues retry mailbox')
  expect([code, text]).toEqual([2, expect.stringContaining('expected a queue: ')])
})

test('lists deliveries by how they stand', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  const { id } = await deliveries.insertMessage(db, { kind: 'answer', chatId: 77, text: 'привет' })
  expect((await cli('deliveries list --filter waiting', env)).text).toMatch(
    new RegExp(`${id} +\\S+ \\S+ +pending +telegram +answer +77 +привет`),
  )
  expect(await cli('deliveries list --filter unsent', env)).toEqual({ code: 0, text: '(none)' })
  expect(await cli('deliveries list --filter lost', env)).toMatchObject({ code: 2 })
})

test('deliveries that do not fit in the list are counted', async ({ db, databaseUrl }) => {
  const { id } = await deliveries.insertMessage(db, { kind: 'answer', chatId: 77, text: 'привет' })
  await db.updateTable('delivery').set({ status: 'unknown', sendingAt: new Date() }).execute()
  const env = { DATABASE_URL: databaseUrl }
  expect((await cli('deliveries unknown', env)).text).toMatch(new RegExp(`${id} +unknown +telegram +answer +77`))
  for (let n = 0; n < 201; n += 1)
    await deliveries.insertMessage(db, { kind: 'answer', chatId: 78, text: `ответ ${n}` })
  await db.updateTable('delivery').set({ status: 'unknown', sendingAt: new Date() }).execute()
  const { text } = await cli('deliveries unknown', env)
  expect(text.split('\n')).toHaveLength(202)
  expect(text).toMatch(/… and 2 more$/)
})

test('a command without its settings names them and their problem', async () => {
  const { code, text } = await cli('people list', { DATABASE_URL: 'nonsense' })
  expect(code).toBe(1)
  expect(text).toContain('DATABASE_URL')
  expect(text).not.toContain('nonsense')
})

test.for(['help', '--help', 'no-such-command --help'])('shows every command and gives 0: %s', async (line) => {
  const { code, text } = await cli(line)
  expect(code).toBe(0)
  for (const name of ['migrate', 'schedulers prune', 'workbooks teach <id>', 'people erase', 'deliveries unknown'])
    expect(text).toContain(name)
})
