import type { Status } from './status.ts'

const dayMs = 86_400_000

/** The pace behind every forecast. SQL that computes the same moment uses it too. */
export const forecastPace = { kmPerDay: 600, daysOnTop: 1 } as const

export interface Forecast {
  /** From the operation time, with one decimal. */
  readonly days: number
  readonly arrivesAt: Date
}

/** The known or expected arrival of a container at its destination station. */
export type Arrival =
  /** The first operation at the destination station; undefined where no report has named it. */
  | { readonly kind: 'arrived'; readonly at: Date | undefined }
  /** Nothing is left of the way, although the station is not known to be the destination. */
  | { readonly kind: 'at_place' }
  | (Forecast & { readonly kind: 'expected' })
  /** The train is abandoned: the time when it continues is unknown. */
  | (Forecast & { readonly kind: 'not_before' })
  | { readonly kind: 'unknown' }

/**
 * Expected arrival: 600 km a day and one day more, counted from the operation. Never earlier than the source's stamp and 600 km a
 * day from there, since a container that still stands has not begun the rest of its way. Undefined without a distance left
 * (kilometres above zero).
 */
export function forecastArrival(position: {
  readonly kmLeft: number | undefined
  readonly operatedAt: Date
  readonly stampAt: Date
}): Forecast | undefined {
  const { kmLeft, operatedAt, stampAt } = position
  if (kmLeft === undefined || kmLeft <= 0) return undefined
  const { kmPerDay, daysOnTop } = forecastPace
  const days = Math.round((kmLeft * 10) / kmPerDay + daysOnTop * 10) / 10
  const usual = operatedAt.getTime() + Math.round(days * dayMs)
  const earliest = stampAt.getTime() + Math.round((kmLeft * dayMs) / kmPerDay)
  if (usual >= earliest) return { days, arrivesAt: new Date(usual) }
  return { days: Math.round((earliest - operatedAt.getTime()) / (dayMs / 10)) / 10, arrivesAt: new Date(earliest) }
}

/** The arrival as a fact, or the expected one. `arrivedAt` is the first operation of the trip at the destination station. */
export function arrivalOf(position: {
  readonly status: Status
  readonly kmLeft: number | undefined
  readonly operatedAt: Date
  readonly stampAt: Date
  readonly arrivedAt: Date | undefined
}): Arrival {
  const { status, kmLeft, arrivedAt } = position
  if (status === 'unloaded' || status === 'at_destination') return { kind: 'arrived', at: arrivedAt }
  if (kmLeft === 0) return { kind: 'at_place' }
  const forecast = forecastArrival(position)
  if (!forecast) return { kind: 'unknown' }
  return { kind: status === 'abandoned' ? 'not_before' : 'expected', ...forecast }
}

/** The forecast in an arrival; undefined where there is none. */
export function forecastIn(arrival: Arrival): (Forecast & { readonly kind: 'expected' | 'not_before' }) | undefined {
  return arrival.kind === 'expected' || arrival.kind === 'not_before' ? arrival : undefined
}

/** The arrival itself, or the moment when it is expected; undefined where neither is known. */
export function arrivalMoment(arrival: Arrival): Date | undefined {
  return arrival.kind === 'arrived' ? arrival.at : forecastIn(arrival)?.arrivesAt
}

/** Share of the distance covered, 0–100 in whole percent; undefined when a distance is not known. */
export function progressPercent(distance: {
  readonly kmTotal: number | undefined
  readonly kmLeft: number | undefined
}): number | undefined {
  const { kmTotal, kmLeft } = distance
  if (kmTotal === undefined || kmLeft === undefined || kmTotal <= 0) return undefined
  return Math.min(100, Math.max(0, Math.round(((kmTotal - kmLeft) / kmTotal) * 100)))
}
