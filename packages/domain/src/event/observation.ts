import { arrivalOf, forecastIn } from '../forecast/forecast.ts'
import type { Status } from '../trip/status.ts'
import type { PastOperation, PastTrip } from './container-past.ts'

/** The name of a trip and its delivery norm. */
export type Terms = Pick<PastTrip, 'key' | 'dueAt'>

/** An operation with the stamps (milliseconds, the oldest first) of the reports in which it was the newest of its container. */
export interface Observation {
  readonly operation: PastOperation
  readonly status: Status
  readonly stamps: readonly number[]
}

/** The forecast of an operation in the report with this stamp; undefined where there is none. */
export function expectedAt(
  { operation, status }: Pick<Observation, 'operation' | 'status'>,
  stamp: number,
): Date | undefined {
  const { kmLeft, operatedAt } = operation
  return forecastIn(arrivalOf({ status, kmLeft, operatedAt, stampAt: new Date(stamp), arrivedAt: undefined }))
    ?.arrivesAt
}

/** Whether a container has come to its destination. */
export function isAtEnd(status: Status): boolean {
  return status === 'at_destination' || status === 'unloaded'
}

/** Looks for the moment; more would be exact, fewer only wake too early. */
const mostSteps = 6

/**
 * The stamp from which a forecast lies after `limit`. It cannot recede faster than time passes, so that each step falls short of that
 * stamp or meets it: a look too early finds nothing, and none comes too late.
 */
export function firstStamp(
  after: number,
  limit: number,
  forecast: (stamp: number) => number | undefined,
): readonly number[] {
  let stamp = after
  for (let step = 0; step < mostSteps; step += 1) {
    const expected = forecast(stamp)
    if (expected === undefined) return []
    if (expected > limit) break
    stamp += limit - expected + 1
  }
  return [Math.max(after + 1, stamp)]
}
