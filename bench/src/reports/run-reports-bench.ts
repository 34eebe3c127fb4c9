import { openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import { fillDatabase } from '../lookup/fill-database.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { startService } from '../start-service.ts'
import { measure } from './measure-building.ts'
import { insertLongReport, insertLongSubscription, insertMorning, insertSlot, moveOn } from './make-reports.ts'

export interface ReportsBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly print: (line: string) => void
}

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
