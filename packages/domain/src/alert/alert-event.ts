import type { EventKind } from '../event/event.ts'

/** The part of a stored event that alerts read. */
export interface AlertEvent {
  readonly id: number
  readonly kind: EventKind
  readonly container: string
  readonly tripId: number | null
  readonly happenedAt: Date
  readonly stationId: number | null
  readonly trainNumber: string | null
  readonly trainIndex: string | null
  /** Old and new value and what else the kind has. */
  readonly details: EventDetails
}

/** The part of the stored details that alerts read; moments as ISO text. Everything else in them is left alone. */
export interface EventDetails {
  readonly from?: unknown
  readonly to?: unknown
  /** Where the container stands, of an event at a terminal. */
  readonly terminal?: unknown
  /** The first moment that a terminal charges, and its price of a day in roubles. */
  readonly endsAt?: unknown
  readonly dayRate?: unknown
}

/** Whether a forecast has become later or earlier; undefined for other kinds, and where the details do not say. */
export type Direction = 'later' | 'earlier'

const hourMs = 3_600_000

/** The hours by which a forecast has moved, later as a positive number; undefined where an event does not say. */
export function hoursMoved({ kind, details }: Pick<AlertEvent, 'kind' | 'details'>): number | undefined {
  if (kind !== 'forecast_moved') return undefined
  const [from, to] = [momentOf(details.from), momentOf(details.to)]
  return from === undefined || to === undefined ? undefined : (to - from) / hourMs
}

export function directionOf(event: Pick<AlertEvent, 'kind' | 'details'>): Direction | undefined {
  const hours = hoursMoved(event)
  if (hours === undefined) return undefined
  return hours > 0 ? 'later' : 'earlier'
}

/** The terminal of an event at one; undefined for other kinds, and where no report names it. */
export function terminalOf({ details: { terminal } }: Pick<AlertEvent, 'details'>): string | undefined {
  return typeof terminal === 'string' ? terminal : undefined
}

/**
 * The topic of an event: events of one topic are reported in one message. It names the kind, the direction, the train and the station or
 * the terminal; two trains at one station are two topics.
 */
export function topicOf(event: AlertEvent): string {
  const train = event.trainIndex ?? event.trainNumber ?? '-'
  return [event.kind, directionOf(event) ?? '-', train, event.stationId ?? terminalOf(event) ?? '-'].join('|')
}

/** Milliseconds of a stored moment. */
export function momentOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined
  const moment = Date.parse(value)
  return Number.isNaN(moment) ? undefined : moment
}
