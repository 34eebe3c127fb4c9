import { dislocationSnapshot } from '../simulator/dislocation-snapshot.ts'
import { createWorld } from '../simulator/world.ts'
import { aDislocationWorkbook } from './dislocation-workbook.ts'

export interface BigDislocationOptions {
  readonly rows: number
  readonly seed?: number
  /** A later one shows the same world, with most of its containers further on. */
  readonly stamp?: Date
}

const STAMP = new Date('2025-09-02T05:00:00Z')
const DAY_MS = 86_400_000
/** The smallest number of rows that scale 1 reports. */
const ROWS_PER_SCALE = 300

/**
 * A dislocation workbook of exactly so many rows, formed on 2 September 2025 at 08:00 MSK unless another stamp is given.
 * Each row is of another container, but one: its second operation stands below it without the number.
 */
export async function bigDislocation({ rows, seed = 1, stamp = STAMP }: BigDislocationOptions): Promise<Buffer> {
  const world = createWorld({ seed, scale: Math.max(1, rows / ROWS_PER_SCALE) })
  const trains = world.trainsBetween(new Date(stamp.getTime() - 32 * DAY_MS), new Date(stamp.getTime() + DAY_MS))
  const snapshot = dislocationSnapshot(trains, stamp, seed)
  if (snapshot.rowCount < rows) throw new RangeError(`only ${String(snapshot.rowCount)} rows came about`)
  return aDislocationWorkbook({ rows: firstOf(snapshot.rows, rows), stamp })
}

function* firstOf<T>(items: Iterable<T>, count: number): Generator<T, void, undefined> {
  let taken = 0
  for (const item of items) {
    if (taken === count) return
    taken += 1
    yield item
  }
}
