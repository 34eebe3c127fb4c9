import { randomBytes } from 'node:crypto'
import { startDovecot } from '@atermtrack/servers'
import { startSandbox } from '@atermtrack/sandbox'
import { aMessage } from '@atermtrack/testkit'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import { makeWorkbooks } from '../import/make-workbooks.ts'
import type { ImportBenchOptions } from '../import/run-import-bench.ts'
import { ask } from '../lookup/ask.ts'
import { startService } from '../start-service.ts'
import { median } from '../statistics.ts'

const sizes = [
  { name: '100 KB', bytes: 100_000, rounds: 5 },
  { name: '12 MB', bytes: 12_000_000, rounds: 3 },
]
const limitMs = 180_000
const pollMs = 5

interface Place {
  readonly client: pg.Client
  readonly append: (message: Buffer) => Promise<number>
}

/** Times the way of a mail through a real mail server, the ingester and the bot. */
export async function runMailBench({ servers, isQuick, print }: ImportBenchOptions): Promise<readonly Figure[]> {
  const rows = isQuick ? 5_000 : 50_000
  print(`mail: to stored, and of ${rows} rows to an answer`)
  const { first } = await makeWorkbooks(rows, servers.folder)
  const url = await servers.createDatabase('mail')
  await using mailServer = await startDovecot()
  await using sandbox = await startSandbox()
  const { host, port, user, password } = mailServer
  const shared = { DATABASE_URL: url, REDIS_URL: servers.redisUrl, QUEUE_PREFIX: 'bench-mail' }
  const imap = {
    IMAP_SERVER: host,
    IMAP_PORT: String(port),
    IMAP_SECURE: 'false',
    IMAP_USER: user,
    IMAP_PASS: password,
  }
  const telegram = { BOT_TOKEN: '1000000000:bench', TELEGRAM_API_ROOT: sandbox.apiRoot, ACCESS_MODE: 'open' }
  await using _ingester = await startService({ name: 'ingester', env: { ...shared, ...imap }, folder: servers.folder })
  await using _bot = await startService({ name: 'bot', env: { ...shared, ...telegram }, folder: servers.folder })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const place: Place = { client, append: async (message) => mailServer.append(message) }
    await untilMore(client, 'mailbox_cursor where polled_at is not null', 0)
    const figures: Figure[] = []
    for (const { name, bytes, rounds } of sizes) {
      const seconds: number[] = []
      for (let round = 0; round < rounds; round += 1) seconds.push(await timeStoring(place, bytes))
      figures.push({ name: `mail of ${name}: from the mailbox to stored`, value: median(seconds), unit: 's' })
    }
    const person = sandbox.person({ name: 'Person' })
    const arrivedAt = await arrive(place, first)
    await untilMore(client, "workbook where status = 'imported'", 0)
    const { rows: found } = await client.query<{ container: string }>('select container from position limit 1')
    const container = found[0]?.container ?? ''
    if ((await ask(person, { text: container, containers: [container] })) === undefined)
      throw new Error('the bot did not answer')
    const seconds = (performance.now() - arrivedAt) / 1_000
    const name = `mail of ${rows.toLocaleString('en-US')} x 45: from the mailbox to an answer`
    return [...figures, { name, value: seconds, unit: 's' }]
  } finally {
    await client.end()
  }
}

/** Puts a file that is no workbook into the mailbox, and returns the seconds until its message is stored. */
async function timeStoring(place: Place, bytes: number): Promise<number> {
  const before = await count(place.client, 'workbook')
  const arrivedAt = await arrive(place, randomBytes(bytes))
  await untilMore(place.client, 'workbook', before)
  return (performance.now() - arrivedAt) / 1_000
}

/** Returns the moment at which the mail server has a message with this file. */
async function arrive({ append }: Place, content: Buffer): Promise<number> {
  const messageId = `<${randomBytes(8).toString('hex')}@bench.example>`
  await append(aMessage({ messageId, attachments: [{ fileName: '103.xlsx', content }] }))
  return performance.now()
}

/** Waits until more than so many of these rows are there. */
async function untilMore(client: pg.Client, rows: string, before: number): Promise<void> {
  const deadline = performance.now() + limitMs
  while ((await count(client, rows)) <= before) {
    if (performance.now() > deadline) throw new Error(`waited ${limitMs / 1_000} s for another ${rows}`)
    await delay(pollMs)
  }
}

async function count(client: pg.Client, rows: string): Promise<number> {
  const { rows: counts } = await client.query<{ n: number }>(`select count(*)::integer as n from ${rows}`)
  return counts[0]?.n ?? 0
}
