import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { migrate } from '@atermtrack/data'
import { containerNumber } from '@atermtrack/testkit'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { allTrains, allVisits, clientNames, companies } from './clients.ts'
import { allMovements, allPositions, allTrips, directories } from './directories.ts'

export interface Filling {
  readonly positions: number
  readonly movementsPerPosition: number
}

const linesPerChunk = 10_000

/** Fills an empty database: position n belongs to `containerNumber(n)`, with its newest movement and older ones. */
export async function fillDatabase(url: string, { positions, movementsPerPosition }: Filling): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    // The generated rows refer to each other correctly, so neither foreign keys nor the disk need a wait.
    await client.query("set session_replication_role = replica; set synchronous_commit = off; set work_mem = '256MB'")
    await client.query('create temporary table container (n integer, container text)')
    const lines = Readable.from(containerLines(positions))
    await pipeline(lines, client.query(copyFrom('copy container from stdin')))
    for (const statements of [directories, clientNames, allPositions, allTrips]) await client.query(statements)
    await client.query(allMovements, [movementsPerPosition])
    for (const statements of [allVisits, allTrains, companies]) await client.query(statements)
    await client.query('analyze')
    // An upgrade of a database of this size stores the parties of its containers in the same way.
    await migrate({ url })
    await client.query('vacuum analyze')
    // Otherwise the disk is busy with these gigabytes while the persons ask.
    await client.query('checkpoint')
  } finally {
    await client.end()
  }
}

function* containerLines(count: number): Generator<string> {
  let pending = ''
  for (let n = 0; n < count; n++) {
    pending += `${n}\t${containerNumber(n)}\n`
    if (n % linesPerChunk !== linesPerChunk - 1 && n !== count - 1) continue
    yield pending
    pending = ''
  }
}
