import { everything, openDb, positions } from '@atermtrack/data'
import { median } from '../statistics.ts'
import type { Question } from './create-questions.ts'

const count = 1_000

/** The median time in ms of the query behind an answer, alone on one connection. */
export async function timeQuery(url: string, next: () => Question): Promise<number> {
  await using db = openDb({ url, poolSize: 1 })
  const tookMs: number[] = []
  for (let index = 0; index < count; index++) {
    const { containers } = next()
    const startedAt = performance.now()
    await positions.findMany(db, containers, everything)
    tookMs.push(performance.now() - startedAt)
  }
  return median(tookMs)
}
