import { setTimeout as delay } from 'node:timers/promises'
import { buildReport, openQueues, type Queues, toJob } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { readProcessMemory } from '@atermtrack/testkit'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import { fillDatabase } from '../lookup/fill-database.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { readProcessorSeconds } from '../processor-time.ts'
import { type RunningService, startService } from '../start-service.ts'
import { insertLongReport, insertLongSubscription, insertMorning, insertSlot, moveOn } from './make-reports.ts'

export interface ReportsBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly print: (line: string) => void
}

interface Place {
  readonly client: pg.Client
  readonly queues: Queues
}

const pollMs = 100
const limitMs = 600_000
/** As the dispatch enqueues them, a batch of subscriptions at a time. */
const jobsAtOnce = 100

/**
 * Has the real reporter build the workbooks of a morning, and then, each in a fresh process, two very long ones: the answer to a question, and
 * a report of a slot with all that has changed since the one before.
 */
export async function runReportsBench({ servers, isQuick, print }: ReportsBenchOptions): Promise<readonly Figure[]> {
  const [subscriptions, long] = isQuick ? [500, 5_000] : [10_000, 50_000]
  const positions = Math.max(long, subscriptions * 10)
  print(`reports: filling ${positions} positions`)
  const url = await servers.createDatabase('reports')
  await fillDatabase(url, { positions, movementsPerPosition: 1 })
  const env = { DATABASE_URL: url, REDIS_URL: servers.redisUrl, QUEUE_PREFIX: 'bench-reports' }
  const logger = createLogger({ service: 'bench', level: 'warn' })
  await using queues = openQueues({ url: servers.redisUrl, prefix: env.QUEUE_PREFIX, logger })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await insertMorning(client, { subscriptions, containers: 20, positions })
    const start = async () => startService({ name: 'reporter', env, folder: servers.folder })
    const place = { client, queues }
    print(`reports: ${subscriptions} subscriptions of 20 containers`)
    const morning = await measure(place, await start())
    const longId = await insertLongReport(client, long)
    print(`reports: one of ${long} rows`)
    const alone = await measure(place, await start())
    const subscriptionId = await insertLongSubscription(client, long)
    const firstId = await insertSlot(client, subscriptionId, 1)
    await measure(place, await start())
    await moveOn(client)
    const dailyId = await insertSlot(client, subscriptionId, 2)
    print(`reports: one of ${long} rows that have changed`)
    const daily = await measure(place, await start())
    await assertBuilt(client, { subscriptions, longIds: [longId, firstId, dailyId], long })
    const many = `reports of ${subscriptions.toLocaleString('en-US')} x 20 in one slot`
    const one = `report of ${long.toLocaleString('en-US')} rows`
    const changed = `${one} with its changes`
    return [
      { name: `${many}: all built`, value: morning.seconds, unit: 's' },
      { name: `${many}: the reporter's work`, value: morning.cpuSeconds, unit: 's' },
      { name: `${many}: reporter, peak memory`, value: morning.peakMb, unit: 'MB' },
      { name: `${one}: built`, value: alone.seconds, unit: 's' },
      { name: `${one}: the reporter's work`, value: alone.cpuSeconds, unit: 's' },
      { name: `${one}: reporter, peak memory`, value: alone.peakMb, unit: 'MB' },
      { name: `${changed}: built`, value: daily.seconds, unit: 's' },
      { name: `${changed}: the reporter's work`, value: daily.cpuSeconds, unit: 's' },
      { name: `${changed}: reporter, peak memory`, value: daily.peakMb, unit: 'MB' },
    ]
  } finally {
    await client.end()
  }
}

/** Enqueues what waits, and ends the reporter once it is built. */
async function measure({ client, queues }: Place, service: RunningService) {
  await using reporter = service
  const { rows } = await client.query<{ id: string }>(`select id from report where status = 'pending' order by id`)
  const cpuBefore = await readProcessorSeconds(reporter.pid)
  const startedAt = performance.now()
  for (let start = 0; start < rows.length; start += jobsAtOnce) {
    const batch = rows.slice(start, start + jobsAtOnce)
    await queues.enqueueAll(batch.map(({ id }) => toJob(buildReport, { reportId: Number(id) })))
  }
  await untilBuilt(client)
  const seconds = (performance.now() - startedAt) / 1_000
  const cpuSeconds = (await readProcessorSeconds(reporter.pid)) - cpuBefore
  const { peakMb } = await readProcessMemory(reporter.pid)
  return { seconds, cpuSeconds, peakMb }
}

async function untilBuilt(client: pg.Client): Promise<void> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const { rows } = await client.query(`select from report where status = 'pending' limit 1`)
    if (rows.length === 0) return
    if (performance.now() > deadline) throw new Error(`the reports were not built within ${limitMs / 1_000} s`)
    await delay(pollMs)
  }
}

/** Speed proves nothing if rows are missing: every report must hold every container, and leave once. */
async function assertBuilt(
  client: pg.Client,
  {
    subscriptions,
    longIds,
    long,
  }: { readonly subscriptions: number; readonly longIds: readonly number[]; readonly long: number },
): Promise<void> {
  const { rows } = await client.query<{ built: number; whole: number; leaving: number; long: number }>(
    `select count(*) filter (where status = 'built')::integer as built,
       count(*) filter (where row_count = 20 and octet_length(content) > 5000)::integer as whole,
       (select count(*)::integer from delivery) as leaving, min(row_count) filter (where id = any($1::bigint[])) as long
     from report`,
    [longIds],
  )
  const [count] = rows
  const isRight =
    count?.built === subscriptions + longIds.length &&
    count.whole === subscriptions &&
    count.leaving === subscriptions + longIds.length &&
    count.long === long
  if (!isRight) throw new Error(`the reports were left as ${JSON.stringify(count)}`)
}
