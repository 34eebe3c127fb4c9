import { openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import pg from 'pg'
import type { Figure } from '../figures.ts'
import { fillDatabase } from '../lookup/fill-database.ts'
import type { BenchServers } from '../open-bench-servers.ts'
import { measure } from '../reports/measure-building.ts'
import { startService } from '../start-service.ts'

export interface ExportBenchOptions {
  readonly servers: BenchServers
  readonly isQuick: boolean
  readonly print: (line: string) => void
}

const admin = 7_000_000_000
/** The kinds of the exports, and where their rows are. */
const tables = { positions: 'position', movements: 'movement' } as const
type ExportedTable = keyof typeof tables

/**
 * Has the real reporter export the positions and ten times as many movements, each in a fresh process: memory must not grow with the rows.
 */
export async function runExportBench({ servers, isQuick, print }: ExportBenchOptions): Promise<readonly Figure[]> {
  const many = isQuick ? 50_000 : 500_000
  print(`export: filling ${many} movements`)
  const url = await servers.createDatabase('export')
  await fillDatabase(url, { positions: many / 10, movementsPerPosition: 10 })
  const env = {
    DATABASE_URL: url,
    REDIS_URL: servers.redisUrl,
    QUEUE_PREFIX: 'bench-export',
    ADMIN_CHAT_ID: String(admin),
  }
  const logger = createLogger({ service: 'bench', level: 'warn' })
  await using queues = openQueues({ url: servers.redisUrl, prefix: env.QUEUE_PREFIX, logger })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`insert into person (telegram_id, access) values ($1, 'granted')`, [admin])
    const figures: Figure[] = []
    for (const table of ['positions', 'movements'] as const) {
      const rows = await countRows(client, table)
      print(`export: ${rows} ${table}`)
      await insertExport(client, table)
      const { seconds, cpuSeconds, peakMb } = await measure(
        { client, queues },
        await startService({ name: 'reporter', env, folder: servers.folder }),
      )
      const name = `export of ${rows.toLocaleString('en-US')} ${table}`
      figures.push(
        { name: `${name}: rows`, value: await rowsOfNewest(client), unit: '', expected: rows },
        { name: `${name}: built`, value: seconds, unit: 's' },
        { name: `${name}: the reporter's work`, value: cpuSeconds, unit: 's' },
        { name: `${name}: reporter, peak memory`, value: peakMb, unit: 'MB' },
      )
    }
    return figures
  } finally {
    await client.end()
  }
}

async function countRows(client: pg.Client, table: ExportedTable): Promise<number> {
  const { rows } = await client.query<{ count: number }>(`select count(*)::integer as count from ${tables[table]}`)
  return rows[0]?.count ?? 0
}

async function insertExport(client: pg.Client, table: ExportedTable): Promise<void> {
  await client.query(
    `insert into report (kind, person_id, chat_id, name, containers, planned_at, enqueued_at, export_kind, export_zone)
     select 'export', id, telegram_id, 'x', '{}', now(), now(), $2, 'Europe/Moscow' from person where telegram_id = $1`,
    [admin, table],
  )
}

/** An export that does not fit into one file has further rows of `report`. */
async function rowsOfNewest(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ rows: number }>(
    `select sum(row_count)::integer as rows from report
     where coalesce(part_of, id) = (select max(id) from report where part_of is null)`,
  )
  return rows[0]?.rows ?? 0
}
