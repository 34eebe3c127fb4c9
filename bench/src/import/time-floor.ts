import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { median } from '../statistics.ts'
import { inflateAll } from './zip-entry.ts'

export interface Floor {
  /** Inflating the file and copying its rows into a temporary table. */
  readonly seconds: number
  /** Inflating alone: only the inflated content shows that it was seen before. */
  readonly inflateSeconds: number
}

const rounds = 3

/** Times the work that every import needs, on the rows that the import left in `position`: the medians of three runs. */
export async function timeFloor(client: pg.Client, workbook: Buffer): Promise<Floor> {
  const lines = await exportLines(client)
  const inflates: number[] = []
  const totals: number[] = []
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now()
    inflateAll(workbook)
    inflates.push((performance.now() - startedAt) / 1000)
    await copyLines(client, lines)
    totals.push((performance.now() - startedAt) / 1000)
  }
  return { seconds: median(totals), inflateSeconds: median(inflates) }
}

async function copyLines(client: pg.Client, lines: readonly Buffer[]): Promise<void> {
  await client.query('begin')
  await client.query(`create temporary table floor_row on commit drop as ${wholeRows} with no data`)
  await pipeline(Readable.from(lines), client.query(copyFrom('copy floor_row from stdin')))
  await client.query('commit')
}

async function exportLines(client: pg.Client): Promise<readonly Buffer[]> {
  const lines: Buffer[] = []
  for await (const chunk of client.query(copyTo(`copy (${wholeRows}) to stdout`))) lines.push(chunk as Buffer)
  return lines
}

// As many columns as an import has to carry: the position, and the names of what it refers to.
const wholeRows = `select position.*, operation.name as operation, operation.mnemonic,
    station.name as station, station.code as station_code, station.road_name,
    origin.name as origin, origin.code as origin_code, origin.road_name as origin_road_name,
    destination.name as destination, destination.code as destination_code,
    destination.road_name as destination_road_name
  from position
  join operation on operation.id = position.operation_id
  join station on station.id = position.station_id
  left join station origin on origin.id = position.origin_station_id
  left join station destination on destination.id = position.destination_station_id`
