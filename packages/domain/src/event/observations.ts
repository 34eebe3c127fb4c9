import type { ContainerPast, DetectedEvent, EventSettings, PastOperation } from './container-past.ts'
import { isoText } from '../values/iso-text.ts'
import { eventAt, hourMs, stepIdentity, isOnItsWay } from './fold-trip.ts'
import { firstLate, firstRisk, isAfter, type Missed, momentsOfNorm, normMissed, riskEvent } from './norm-events.ts'
import { expectedAt, firstStamp, isAtEnd, type Observation, type Terms } from './observation.ts'

/**
 * The stamps at which each of the operations of a container (in their order) stood in its reports as the newest. They follow from the
 * set of reports alone, and not from the order in which these were imported.
 */
export function stampsWhileNewest(
  operations: readonly PastOperation[],
  { present, presence }: Pick<ContainerPast, 'present' | 'presence'>,
  { stampsOf }: Pick<EventSettings, 'stampsOf'>,
): ReadonlyMap<PastOperation, readonly number[]> {
  const found = new Map<PastOperation, readonly number[]>()
  let end = Number.POSITIVE_INFINITY
  for (const operation of operations.toReversed()) {
    const from = operation.stampAt.getTime()
    if (from < end) {
      const last = end === Number.POSITIVE_INFINITY ? present?.stampAt.getTime() : end - 1
      const stamps = between(stampsOf(operation.sourceId), from, last ?? from)
      const held = presence.length === 0 ? stamps : stamps.filter((stamp) => isHeld(presence, operation, stamp))
      const own = end === Number.POSITIVE_INFINITY && last !== undefined && last > (held.at(-1) ?? from) ? [last] : []
      found.set(operation, held.length + own.length === 0 ? [from] : [...held, ...own])
    }
    end = Math.min(end, from)
  }
  return found
}

function between(stamps: readonly number[], from: number, last: number): readonly number[] {
  let [low, high] = [0, stamps.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((stamps[middle] ?? 0) < from) low = middle + 1
    else high = middle
  }
  let end = low
  while (end < stamps.length && (stamps[end] ?? 0) <= last) end += 1
  return stamps.slice(low, end)
}

function isHeld(presence: ContainerPast['presence'], { sourceId }: PastOperation, stamp: number): boolean {
  const last = presence.findLast((change) => change.sourceId === sourceId && change.stampAt.getTime() <= stamp)
  return last?.isPresent ?? true
}

type TimeSettings = Pick<EventSettings, 'longIdleHours' | 'forecastMovedHours'>

/** The announcements of a trip, from its first observation on. */
interface Said {
  /** The forecast that was announced last, in milliseconds. */
  readonly baseline: number | undefined
  readonly isAtRisk: boolean
}

/** A trip with its last operation, and its arrival where it is over. */
export interface TripInTime {
  readonly trip: Terms
  readonly last: PastOperation | undefined
  readonly arrivedAt: Date | undefined
  readonly settings: TimeSettings
}

/**
 * The events that come with the time at which an operation is observed, and not with the operation itself: a long idle time, a forecast
 * that has moved against the one announced last, and the delivery norm. A forecast moves by one event for each operation at most: while
 * a container stands its forecast goes on moving from day to day, and the long idle time says so.
 * `wakesAt` is the moment from which a report with the same operation gives another answer.
 */
export function eventsOfObservations(
  observations: readonly Observation[],
  { trip, last: lastOperation, arrivedAt, settings }: TripInTime,
): { readonly events: readonly DetectedEvent[]; readonly wakesAt: Date | undefined } {
  const events: DetectedEvent[] = []
  let said: Said = { baseline: undefined, isAtRisk: false }
  let missed: Missed | undefined
  const tripKey = trip.key
  observations.forEach((observation) => {
    const { operation, stamps } = observation
    // Between two operations their times decide, however late the reports were.
    const idle = operation === lastOperation ? idleBegan(observation, settings) : undefined
    if (idle !== undefined && (stamps.at(-1) ?? 0) > idle) events.push(idleEvent(operation, tripKey, idle))
    const moved = firstMove(observation, said.baseline, settings)
    if (moved) events.push(moveEvent(operation, tripKey, moved))
    said = { ...said, baseline: moved?.to ?? said.baseline ?? forecastAt(observation, stamps[0] ?? 0) }
    const underway = arrivedAt ? stamps.filter((stamp) => stamp < arrivedAt.getTime()) : stamps
    const risk = said.isAtRisk ? undefined : firstRisk(observation, trip, underway)
    if (risk !== undefined) {
      said = { ...said, isAtRisk: true }
      events.push(riskEvent(observation, trip, risk))
    }
    missed ??= firstLate(observation, trip, underway)
  })
  const last = observations.at(-1)
  const shownBy = missed?.operation ?? observations.find(isAfter(arrivedAt))?.operation
  const missEvent = last && shownBy && normMissed(last, { trip, arrivedAt, missed, shownBy })
  if (missEvent) events.push(missEvent)
  const wakesAt =
    last && !arrivedAt ? wakeOf(last, { trip, said, missed: missed !== undefined, settings, events }) : undefined
  return { events, wakesAt }
}

function idleBegan({ operation, status }: Observation, { longIdleHours }: TimeSettings): number | undefined {
  return isOnItsWay(status) ? operation.operatedAt.getTime() + longIdleHours * hourMs : undefined
}

/** The beginning of a long idle time after an operation, `began` in milliseconds. */
export function idleEvent(operation: PastOperation, tripKey: string, began: number): DetectedEvent {
  const at = new Date(began)
  const details = { since: isoText(operation.operatedAt) }
  const identity = stepIdentity(tripKey, operation)
  return eventAt(operation, { kind: 'long_idle_began', identity, happenedAt: at, knownAt: at, details, tripKey })
}

/** In milliseconds; undefined where there is none, and while nobody knows when the container moves on, or before it has moved at all. */
function forecastAt(observation: Observation, stamp: number): number | undefined {
  return isOnItsWay(observation.status) ? expectedAt(observation, stamp) : undefined
}

interface Move {
  readonly stamp: number
  readonly from: number
  readonly to: number
}

function firstMove(observation: Observation, baseline: number | undefined, settings: TimeSettings): Move | undefined {
  const { stamps } = observation
  const from = baseline ?? forecastAt(observation, stamps[0] ?? 0)
  if (from === undefined) return undefined
  for (const stamp of stamps) {
    const to = forecastAt(observation, stamp)
    if (to !== undefined && isMove(from, to, settings)) return { stamp, from, to }
  }
  return undefined
}

function isMove(from: number, to: number, { forecastMovedHours }: TimeSettings): boolean {
  return Math.abs(to - from) > forecastMovedHours * hourMs
}

function moveEvent(operation: PastOperation, tripKey: string, { stamp, from, to }: Move): DetectedEvent {
  const at = new Date(stamp)
  const minutes = Math.round((to - from) / 60_000)
  const details = { from: isoText(new Date(from)), to: isoText(new Date(to)), minutes }
  const identity = stepIdentity(tripKey, operation)
  return eventAt(operation, { kind: 'forecast_moved', identity, happenedAt: at, knownAt: at, details, tripKey })
}

/** The earliest stamp, after those observed, at which the same operation means something new. */
function wakeOf(
  observation: Observation,
  context: {
    readonly trip: Terms
    readonly said: Said
    readonly missed: boolean
    readonly settings: TimeSettings
    readonly events: readonly DetectedEvent[]
  },
): Date | undefined {
  const { trip, said, missed, settings, events } = context
  const { operation, stamps, status } = observation
  const last = stamps.at(-1) ?? 0
  const idle = idleBegan(observation, settings)
  const { baseline } = said
  const hasMoved = events.some(
    ({ kind, identity }) => kind === 'forecast_moved' && identity === stepIdentity(trip.key, operation),
  )
  const moves = !hasMoved && baseline !== undefined && isOnItsWay(status)
  const moments = [
    ...(idle !== undefined && idle >= last ? [idle + 1] : []),
    ...(moves ? firstStamp(observation, { after: last, limit: baseline + settings.forecastMovedHours * hourMs }) : []),
    ...(missed || isAtEnd(status) ? [] : momentsOfNorm(trip, observation, { last, isAtRisk: said.isAtRisk })),
  ]
  return moments.length === 0 ? undefined : new Date(moments.reduce((first, moment) => Math.min(first, moment)))
}
