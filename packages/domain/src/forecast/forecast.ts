import type { Status } from '../trip/status.ts'
import type { MeasuredStep, Pace } from './pace.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/**
 * The pace of the plain forecast: 600 km a day, and a day on top. With measured figures, a container that moves may be faster, but
 * no freight train is known to pass `fastestKmPerDay`. SQL that computes the same moment uses these too.
 */
export const forecastPace = { kmPerDay: 600, daysOnTop: 1, fastestKmPerDay: 1_500 } as const

export interface Forecast {
  /** From the operation time, with one decimal. */
  readonly days: number
  readonly arrivesAt: Date
  /** Undefined where the plain pace counts. */
  readonly measured?: MeasuredForecast
}

/** The window, the error and the trips behind a measured forecast. */
export interface MeasuredForecast {
  readonly step: MeasuredStep
  /** Eight in ten of the trips arrived within these moments; `arrivesAt` lies between them. */
  readonly from: Date
  readonly to: Date
  /** Mean error of such forecasts in the back-test, with one decimal. */
  readonly errorDays: number
  readonly trips: number
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

export interface ForecastPosition {
  readonly kmLeft: number | undefined
  readonly operatedAt: Date
  readonly stampAt: Date
  /** How finished trips took this rest of their way; undefined where the plain pace counts. */
  readonly pace?: Pace | undefined
  /** The container has not begun the rest of its way. Makes no difference without a pace. */
  readonly isStanding?: boolean
}

/**
 * Expected arrival, counted from the operation: by the pace of finished trips, or else 600 km a day and one day more. Never earlier than the
 * source's stamp and 600 km a day from there, since a container that still stands has not begun the rest of its way; one that moves
 * on a lane with measured figures is held to the pace of the fastest trains only. Undefined without a distance left (kilometres above zero).
 */
export function forecastArrival(position: ForecastPosition): Forecast | undefined {
  const { kmLeft, operatedAt, stampAt, pace, isStanding = true } = position
  if (kmLeft === undefined || kmLeft <= 0) return undefined
  if (pace) {
    const { kmPerDay, fastestKmPerDay } = forecastPace
    const earliestPace = isStanding ? kmPerDay : fastestKmPerDay
    const earliest = stampAt.getTime() + Math.round((kmLeft * dayMs) / earliestPace)
    return measuredForecast(pace, { kmLeft, operatedAt, earliest })
  }
  const plain = plainForecast(kmLeft, operatedAt)
  if (!plain) return undefined
  const arrivesAt = new Date(plainArrival(plain, stampAt.getTime()))
  return {
    days: plain.usualAt === arrivesAt.getTime() ? plain.days : daysBetween(operatedAt, arrivesAt.getTime()),
    arrivesAt,
  }
}

/** The plain pace applied to an operation, times in milliseconds. It is the same in every report that repeats the operation. */
export interface PlainForecast {
  /** From the operation time, with one decimal. */
  readonly days: number
  /** The arrival after so many days. */
  readonly usualAt: number
  /** A container that still stands needs as long from the stamp on. */
  readonly travelMs: number
}

/** The plain pace for the distance left (kilometres); undefined without any. */
export function plainForecast(kmLeft: number | undefined, operatedAt: Date): PlainForecast | undefined {
  if (kmLeft === undefined || kmLeft <= 0) return undefined
  const { kmPerDay, daysOnTop } = forecastPace
  const days = Math.round((kmLeft * 10) / kmPerDay + daysOnTop * 10) / 10
  const travelMs = Math.round((kmLeft * dayMs) / kmPerDay)
  return { days, usualAt: operatedAt.getTime() + Math.round(days * dayMs), travelMs }
}

/** The arrival by the plain pace in a report of this stamp; both in milliseconds. */
export function plainArrival({ usualAt, travelMs }: PlainForecast, stamp: number): number {
  return Math.max(usualAt, stamp + travelMs)
}

/** A container that is held up moves its whole window on: whatever the way still takes, it takes from then on. */
function measuredForecast(
  { step, usualMinutes, lowMinutes, highMinutes, errorMinutes, trips }: Pace,
  { kmLeft, operatedAt, earliest }: { readonly kmLeft: number; readonly operatedAt: Date; readonly earliest: number },
): Forecast {
  const base = operatedAt.getTime() + Math.round((kmLeft * dayMs) / forecastPace.kmPerDay)
  const arrivesAt = Math.max(base + usualMinutes * minuteMs, earliest)
  const heldMs = arrivesAt - (base + usualMinutes * minuteMs)
  return {
    days: daysBetween(operatedAt, arrivesAt),
    arrivesAt: new Date(arrivesAt),
    measured: {
      step,
      from: new Date(Math.max(base + lowMinutes * minuteMs, earliest)),
      to: new Date(base + highMinutes * minuteMs + heldMs),
      errorDays: Math.round((errorMinutes * minuteMs * 10) / dayMs) / 10,
      trips,
    },
  }
}

function daysBetween(from: Date, to: number): number {
  return Math.round((to - from.getTime()) / (dayMs / 10)) / 10
}

const standingStatuses: readonly Status[] = ['standing', 'abandoned', 'at_origin']

/** The arrival as a fact, or the expected one. `arrivedAt` is the first operation of the trip at the destination station. */
export function arrivalOf(position: {
  readonly status: Status
  readonly kmLeft: number | undefined
  readonly operatedAt: Date
  readonly stampAt: Date
  readonly arrivedAt: Date | undefined
  readonly pace?: Pace | undefined
}): Arrival {
  const { status, kmLeft, arrivedAt } = position
  if (status === 'unloaded' || status === 'at_destination') return { kind: 'arrived', at: arrivedAt }
  if (kmLeft === 0) return { kind: 'at_place' }
  const forecast = forecastArrival({ ...position, isStanding: standingStatuses.includes(status) })
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
