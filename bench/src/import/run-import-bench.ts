import { openDb } from '@atermtrack/data'
import { openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { startService } from '../start-service.ts'
import { compareReaders } from './compare-readers.ts'
import { makeWorkbooks, type Workbooks } from './make-workbooks.ts'
import { type Floor, timeFloor } from './time-floor.ts'
import { type ImportPlace, timeImport } from './time-import.ts'
import { watchHealth } from './watch-health.ts'
import { watchMemory } from './watch-memory.ts'

export interface ImportBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly print: (line: string) => void
}

/** Imports generated workbooks through the real ingester, each size with an empty database and a fresh process. */
export async function runImportBench({ servers, isQuick, print }: ImportBenchOptions): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  const { folder } = servers
  for (const rows of isQuick ? [1_000, 5_000] : [1_000, 5_000, 50_000]) {
    print(`import: ${rows} rows`)
    const workbooks = await makeWorkbooks(rows, folder)
    figures.push(...describe(rows, await measure(servers, rows, workbooks)))
    if (rows > 1_000) figures.push(...(await compareReaders({ rows, workbook: workbooks.first, folder, print })))
  }
  return figures
}

interface Measured {
  readonly firstSeconds: number
  readonly laterSeconds: number
  readonly againSeconds: number
  readonly peakMb: number
  readonly worstHealthMs: number
  readonly floor: Floor
}

const formedAt = new Date('2025-09-02T05:00:00Z')
const formedLaterAt = new Date('2025-09-02T15:00:00Z')

async function measure(servers: BenchServers, rows: number, workbooks: Workbooks): Promise<Measured> {
  const url = await servers.createDatabase(`import_${rows}`)
  const prefix = `bench-${rows}`
  const env = { DATABASE_URL: url, REDIS_URL: servers.redisUrl, QUEUE_PREFIX: prefix }
  await using ingester = await startService({ name: 'ingester', env, folder: servers.folder })
  await using db = openDb({ url, poolSize: 1 })
  const logger = createLogger({ service: 'bench', level: 'warn' })
  await using queues = openQueues({ url: servers.redisUrl, prefix, logger })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const place: ImportPlace = { db, client, queues }
    let [firstSeconds, laterSeconds, againSeconds] = [0, 0, 0]
    const importAll = async () => {
      firstSeconds = await timeImport(place, { content: workbooks.first, sentAt: formedAt, expected: 'imported' })
      laterSeconds = await timeImport(place, { content: workbooks.later, sentAt: formedLaterAt, expected: 'imported' })
      againSeconds = await timeImport(place, { content: workbooks.again, sentAt: formedLaterAt, expected: 'duplicate' })
    }
    let worstHealthMs = 0
    const peakMb = await watchMemory(ingester.pid, async () => {
      worstHealthMs = await watchHealth(ingester.healthUrl, importAll)
    })
    await assertAllRowsImported(client, rows)
    const floor = await timeFloor(client, workbooks.first)
    return { firstSeconds, laterSeconds, againSeconds, peakMb, worstHealthMs, floor }
  } finally {
    await client.end()
  }
}

/** Speed proves nothing if rows are missing: all of them must come from the later report. */
async function assertAllRowsImported(client: pg.Client, rows: number): Promise<void> {
  const { rows: counts } = await client.query<{ positions: number; from_later: number; reported: number }>(`
    select count(*)::integer as positions,
      count(*) filter (where position.stamp = newest.stamp)::integer as from_later,
      max(newest.row_count) as reported
    from position, (select stamp, row_count from workbook where status = 'imported' order by stamp desc limit 1) newest`)
  const [count] = counts
  // Two rows concern one container.
  if (count?.reported === rows && count.positions === rows - 1 && count.from_later === count.positions) return
  throw new Error(`the import of ${rows} rows left ${JSON.stringify(count)}`)
}

function describe(rows: number, measured: Measured): readonly Figure[] {
  const { firstSeconds, laterSeconds, againSeconds, peakMb, worstHealthMs, floor } = measured
  const name = (what: string) => `import ${rows.toLocaleString('en-US')} x 45: ${what}`
  return [
    { name: name('first time'), value: firstSeconds, unit: 's', floor: floor.seconds },
    { name: name('first time, speed'), value: rows / firstSeconds, unit: 'rows/s' },
    { name: name('same rows, later stamp'), value: laterSeconds, unit: 's', floor: floor.seconds },
    { name: name('same content, other bytes'), value: againSeconds, unit: 's', floor: floor.inflateSeconds },
    { name: name('everything that reads, peak memory'), value: peakMb, unit: 'MB' },
    { name: name('/healthz, longest wait'), value: worstHealthMs, unit: 'ms' },
  ]
}
