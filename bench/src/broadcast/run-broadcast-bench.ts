import { setTimeout as delay } from 'node:timers/promises'
import { expandBroadcast, openQueues, type Queues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { readProcessMemory } from '@atermtrack/testkit'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { between, type Meter, openMeter } from '../lookup/meter.ts'
import { startService } from '../start-service.ts'
import { mostWithinOneSecond, perSecond } from './pace.ts'

export interface BroadcastBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly print: (line: string) => void
}

interface Place {
  readonly client: pg.Client
  readonly queues: Queues
  readonly botPid: number
  readonly meter: Meter
}

const firstId = 10_001
const pollMs = 20
const limitMs = 120_000
/** The pace that the bot is to keep, and must not exceed in any second. */
const setPace = 25

/**
 * Has the real bot write the deliveries of a broadcast to a tenth of the people, then of one to all of them, and watches at the stand-in for
 * Telegram, which refuses what Telegram would, at which pace the second one leaves.
 */
export async function runBroadcastBench({
  servers,
  isQuick,
  print,
}: BroadcastBenchOptions): Promise<readonly Figure[]> {
  const [people, seconds] = isQuick ? [5_000, 15] : [100_000, 60]
  print(`broadcast: ${people} people`)
  const url = await servers.createDatabase('broadcast')
  const persons = Array.from({ length: people }, (_, n) => ({ name: `P${n}`, id: firstId + n }))
  await using sandbox = await startSandbox({ persons, enforceRates: true, keepCalls: 100_000 })
  const env = { DATABASE_URL: url, REDIS_URL: servers.redisUrl, QUEUE_PREFIX: 'bench-broadcast' }
  const telegram = { BOT_TOKEN: '1000000000:bench', TELEGRAM_API_ROOT: sandbox.apiRoot }
  const logger = createLogger({ service: 'bench', level: 'warn' })
  await using queues = openQueues({ url: servers.redisUrl, prefix: env.QUEUE_PREFIX, logger })
  await using bot = await startService({ name: 'bot', env: { ...env, ...telegram }, folder: servers.folder })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await insertPeople(client, people)
    const meter = await openMeter({ url, botPid: bot.pid })
    const place = { client, queues, botPid: bot.pid, meter }
    const few = await expand(place, people / 10)
    const all = await expand(place, people)
    print(`broadcast: sending for ${seconds} s`)
    const before = await meter()
    const sent = await watch(sandbox, seconds)
    const used = between(before, await meter())
    await assertOnce(client, sandbox)
    const name = `broadcast to ${people.toLocaleString('en-US')}`
    return [
      { name: `${name}: deliveries written`, value: all.seconds, unit: 's' },
      { name: `${name}: the bot's work for that`, value: all.used.bot, unit: 's' },
      { name: `${name}: PostgreSQL's work for that`, value: all.used.postgres, unit: 's' },
      { name: `${name}: bot, peak memory`, value: all.peakMb, unit: 'MB', floor: few.peakMb },
      { name: `${name}: pace`, value: sent.perSecond, unit: '/s', floor: setPace },
      { name: `${name}: most in any second`, value: sent.most, unit: '' },
      {
        name: `${name}: more than ${setPace} in a second`,
        value: Math.max(0, sent.most - setPace),
        unit: '',
        expected: 0,
      },
      { name: `${name}: refused for their pace`, value: sent.refused, unit: '', expected: 0 },
      { name: `${name}: the bot's work per 1,000 sent`, value: (used.bot / sent.count) * 1_000, unit: 's' },
      { name: `${name}: PostgreSQL's work per 1,000 sent`, value: (used.postgres / sent.count) * 1_000, unit: 's' },
    ]
  } finally {
    await client.end()
  }
}

async function insertPeople(client: pg.Client, people: number): Promise<void> {
  await client.query(`insert into company (name) values ('Bench')`)
  await client.query(
    `insert into person (telegram_id, first_name, access, company_id)
     select $1::int + n, 'P' || n, 'granted', case when n < $2::int / 10 then (select id from company) end
     from generate_series(0, $2::int - 1) n`,
    [firstId, people],
  )
  await client.query('vacuum analyze person')
}

/** Confirms a broadcast as an admin does, and waits until its deliveries are written; an earlier one is paused. */
async function expand({ client, queues, botPid, meter }: Place, expected: number) {
  await client.query(`update broadcast set status = 'paused'`)
  const content = {
    method: 'sendMessage',
    payload: { text: 'A window on the main line on Saturday. '.repeat(10).trim() },
  }
  const { rows } = await client.query<{ id: string }>(
    `insert into broadcast (author_id, chat_id, text, content, status, audience, confirmed_at, enqueued_at)
     select min(id), $1, '', $2, 'scheduled',
       case when count(*) > $3 then jsonb_build_object('kind', 'company', 'companyId', (select id from company)) end, now(), now()
     from person returning id`,
    [firstId, JSON.stringify(content), expected],
  )
  const id = Number(rows[0]?.id)
  const before = await meter()
  const startedAt = performance.now()
  await queues.enqueue(expandBroadcast, { broadcastId: id })
  for (;;) {
    const found = await client.query<{ recipients: number }>(
      `select recipients from broadcast where id = $1 and status = 'sending'`,
      [id],
    )
    const [row] = found.rows
    if (row && row.recipients !== expected) throw new Error(`${row.recipients} deliveries instead of ${expected}`)
    if (row) break
    if (performance.now() - startedAt > limitMs) throw new Error('the deliveries were not written')
    await delay(pollMs)
  }
  const seconds = (performance.now() - startedAt) / 1_000
  const used = between(before, await meter())
  // The first messages leave, so the queue is full once.
  await delay(3_000)
  const { peakMb } = await readProcessMemory(botPid)
  return { seconds, used, peakMb }
}

/** The calls that arrive within so many seconds. */
async function watch(sandbox: Sandbox, seconds: number) {
  sandbox.clearCalls()
  await delay(seconds * 1_000)
  const calls = sandbox.calls.filter(({ method }) => method === 'sendMessage')
  const times = calls.map(({ at }) => at)
  return {
    count: calls.length,
    perSecond: perSecond(times),
    most: mostWithinOneSecond(times),
    refused: calls.filter(({ status }) => status === 429).length,
  }
}

/** Speed proves nothing if somebody gets a message twice. */
async function assertOnce(client: pg.Client, sandbox: Sandbox): Promise<void> {
  const { rows } = await client.query<{ chat_id: string; times: number }>(
    `select chat_id, count(*)::integer as times from delivery where status = 'sent' group by chat_id`,
  )
  const wrong = rows.filter(({ chat_id: id, times }) => sandbox.person(Number(id)).messages().length !== times)
  if (rows.length === 0 || wrong.length > 0)
    throw new Error(`${wrong.length} of ${rows.length} people have another number of messages`)
}
