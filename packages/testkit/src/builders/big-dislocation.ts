import { dislocationSnapshot } from '../simulator/dislocation-snapshot.ts'
import { createWorld } from '../simulator/world.ts'
import { aDislocationWorkbook } from './dislocation-workbook.ts'

export interface BigDislocationOptions {
  readonly rows: number
  readonly seed?: number
}

const STAMP = new Date('2025-09-02T05:00:00Z')
const DAY_MS = 86_400_000
/** Scale 1 reports about 350 rows; the rest is room for chance. */
const ROWS_PER_SCALE = 250

/** A dislocation workbook of exactly so many rows, each of another container, formed on 2 September 2025 at 08:00 MSK. */
export async function bigDislocation({ rows, seed = 1 }: BigDislocationOptions): Promise<Buffer> {
  const world = createWorld({ seed, scale: Math.max(1, rows / ROWS_PER_SCALE) })
  const trains = world.trainsBetween(new Date(STAMP.getTime() - 32 * DAY_MS), new Date(STAMP.getTime() + DAY_MS))
  const snapshot = dislocationSnapshot(trains, STAMP, seed)
  if (snapshot.rows.length < rows) throw new RangeError(`only ${String(snapshot.rows.length)} rows came about`)
  return aDislocationWorkbook({ rows: snapshot.rows.slice(0, rows), stamp: STAMP })
}
