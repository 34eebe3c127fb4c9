import { plainArrival, plainForecast, type PlainForecast } from '../forecast/forecast.ts'
import type { Status } from '../trip/status.ts'
import type { PastOperation, PastTrip } from './container-past.ts'

/** The name of a trip and its delivery norm. */
export type Terms = Pick<PastTrip, 'key' | 'dueAt'>

/** An operation with the stamps (milliseconds, the oldest first) of the reports in which it was the newest of its container. */
export interface Observation {
  readonly operation: PastOperation
  readonly status: Status
  /** Undefined at the destination, and where the report names no distance. */
  readonly forecast: PlainForecast | undefined
  readonly stamps: readonly number[]
}

/** The plain forecast of an operation. */
export function forecastOf(
  { kmLeft, operatedAt }: Pick<PastOperation, 'kmLeft' | 'operatedAt'>,
  status: Status,
): PlainForecast | undefined {
  return isAtEnd(status) ? undefined : plainForecast(kmLeft, operatedAt)
}

/** The forecast of an operation in the report with this stamp, both in milliseconds; undefined where there is none. */
export function expectedAt({ forecast }: Pick<Observation, 'forecast'>, stamp: number): number | undefined {
  return forecast && plainArrival(forecast, stamp)
}

/** Whether a container has come to its destination. */
export function isAtEnd(status: Status): boolean {
  return status === 'at_destination' || status === 'unloaded'
}

/** The first stamp after `after` at which the forecast lies after `limit`, all in milliseconds; none without a forecast. */
export function firstStamp(
  { forecast }: Pick<Observation, 'forecast'>,
  { after, limit }: { readonly after: number; readonly limit: number },
): readonly number[] {
  if (!forecast) return []
  return [forecast.usualAt > limit ? after + 1 : Math.max(after, limit - forecast.travelMs) + 1]
}
