import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { copyIntoStagingTable, createStagingTable } from '@atermtrack/data/staging'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { median } from '../statistics.ts'
import { inflateAll } from './zip-entry.ts'

export interface Floor {
  /** Inflating the file and copying its rows into a temporary table. */
  readonly seconds: number
  /** Inflating alone: nobody can know without it that the content was seen before. */
  readonly inflateSeconds: number
}

const rounds = 3

/** Times what no import can do without, on the rows that the import has left in the positions: the medians of three rounds. */
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
  await client.query(createStagingTable)
  await pipeline(Readable.from(lines), client.query(copyFrom(copyIntoStagingTable)))
  await client.query('commit')
}

/** The positions as lines of the staging table. */
async function exportLines(client: pg.Client): Promise<readonly Buffer[]> {
  const columns = /\((.*)\)/.exec(copyIntoStagingTable)?.[1]?.split(', ') ?? []
  const select = `select ${columns.map(sourceOf).join(', ')} from position p
    join operation o on o.id = p.operation_id
    join station s on s.id = p.station_id
    left join station origin on origin.id = p.origin_station_id
    left join station destination on destination.id = p.destination_station_id
    order by p.row_number`
  const lines: Buffer[] = []
  for await (const chunk of client.query(copyTo(`copy (${select}) to stdout`))) lines.push(chunk as Buffer)
  return lines
}

const elsewhere: readonly (readonly [RegExp, string])[] = [
  [/^operation$/, 'o.name'],
  [/^operation_/, 'o.'],
  [/^station_/, 's.'],
  [/^origin_station_/, 'origin.'],
  [/^destination_station_/, 'destination.'],
]

/** Where the value of a staging column stands: in a directory by its name there, else in the position itself. */
function sourceOf(column: string): string {
  const found = elsewhere.find(([pattern]) => pattern.test(column))
  return found ? column.replace(found[0], found[1]) : `p.${column}`
}
