import { openDb } from '@atermtrack/data'
import { openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { readProcessMemory } from '@atermtrack/testkit'
import pg from 'pg'
import { setTimeout as delay } from 'node:timers/promises'
import type { Figure } from '../figures.ts'
import { makeNextDay, makeWorkbooks } from '../import/make-workbooks.ts'
import type { ImportBenchOptions } from '../import/run-import-bench.ts'
import { type ImportPlace, timeImport } from '../import/time-import.ts'
import { startService } from '../start-service.ts'

const pollMs = 5
const limitMs = 180_000

interface Detected {
  readonly seconds: number
  readonly events: number
}

/** Imports generated workbooks through the real ingester and times what the detection of events takes after each. */
export async function runEventsBench({ servers, isQuick, print }: ImportBenchOptions): Promise<readonly Figure[]> {
  const rows = isQuick ? 5_000 : 50_000
  print(`events: ${rows} rows`)
  const workbooks = await makeWorkbooks(rows, servers.folder)
  const nextDay = await makeNextDay(rows, servers.folder)
  const url = await servers.createDatabase(`events_${rows}`)
  const prefix = `bench-events-${rows}`
  const env = { DATABASE_URL: url, REDIS_URL: servers.redisUrl, QUEUE_PREFIX: prefix }
  await using ingester = await startService({ name: 'ingester', env, folder: servers.folder })
  await using db = openDb({ url, poolSize: 1 })
  const logger = createLogger({ service: 'bench', level: 'warn' })
  await using queues = openQueues({ url: servers.redisUrl, prefix, logger })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const place: ImportPlace = { db, client, queues }
    const time = async (content: Buffer, at: string): Promise<Detected> => timeDetection(place, content, new Date(at))
    const first = await time(workbooks.first, '2025-09-02T05:00:00Z')
    const later = await time(workbooks.later, '2025-09-02T15:00:00Z')
    const moved = await time(nextDay, '2025-09-03T05:00:00Z')
    const { peakMb } = await readProcessMemory(ingester.pid)
    const name = (what: string) => `events of ${rows.toLocaleString('en-US')} x 45: ${what}`
    return [
      { name: name('first time, on top'), value: first.seconds, unit: 's' },
      { name: name('first time, events'), value: first.events, unit: '' },
      { name: name('same rows, later stamp, on top'), value: later.seconds, unit: 's' },
      { name: name('same rows, later stamp, events'), value: later.events, unit: '' },
      { name: name('next day, on top'), value: moved.seconds, unit: 's' },
      { name: name('next day, events'), value: moved.events, unit: '' },
      { name: name('ingester, peak memory'), value: peakMb, unit: 'MB' },
    ]
  } finally {
    await client.end()
  }
}

/** From the end of the import, when its row shows the outcome, until no events are due any more. */
async function timeDetection(place: ImportPlace, content: Buffer, sentAt: Date): Promise<Detected> {
  const before = await countEvents(place.client)
  await timeImport(place, { content, sentAt, expected: 'imported' })
  const startedAt = performance.now()
  while ((await countDue(place.client)) > 0) {
    if (performance.now() - startedAt > limitMs) throw new Error(`no events within ${limitMs / 1000} s`)
    await delay(pollMs)
  }
  const seconds = (performance.now() - startedAt) / 1000
  const events = (await countEvents(place.client)) - before
  if (events === 0 && before === 0) throw new Error('the first report gives no event')
  return { seconds, events }
}

async function countDue(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ due: number }>(
    'select count(*)::integer as due from workbook where events_due_at is not null',
  )
  return rows[0]?.due ?? 0
}

async function countEvents(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ events: number }>('select count(*)::integer as events from event')
  return rows[0]?.events ?? 0
}
