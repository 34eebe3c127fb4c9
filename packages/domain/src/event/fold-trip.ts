import { deriveStatus, hasMeaning, isSameStation, type OperationMeanings, type Status } from '../trip/status.ts'
import type { Station } from '../values/station.ts'
import { isoText } from '../values/iso-text.ts'
import type { DetectedEvent, EventSettings, PastOperation, PastTrip } from './container-past.ts'
import type { EventKind } from './event.ts'

/** The knowledge that the fold over the operations of a trip has after one of them. */
export interface TripState {
  readonly last: PastOperation | undefined
  /** The status at the last operation, without what time adds to it. */
  readonly status: Status | undefined
  readonly hasDeparted: boolean
  readonly arrivedAt: Date | undefined
  readonly isUnloaded: boolean
  /** The operation since which the train is abandoned. */
  readonly abandoned: PastOperation | undefined
  readonly wagon: string | undefined
  readonly trainIndex: string | undefined
  readonly trainNumber: string | undefined
  readonly destination: Station | undefined
}

export const freshTrip: TripState = {
  last: undefined,
  status: undefined,
  hasDeparted: false,
  arrivedAt: undefined,
  isUnloaded: false,
  abandoned: undefined,
  wagon: undefined,
  trainIndex: undefined,
  trainNumber: undefined,
  destination: undefined,
}

type Terms = Pick<PastTrip, 'key' | 'origin' | 'destination'>
type FoldSettings = Pick<EventSettings, 'meanings' | 'longIdleHours'>

export const hourMs = 3_600_000

/**
 * Gives the meaning of one more operation of a trip after all before it: the next state and the events. After the unloading nothing counts any
 * more, since only late tails of the trip follow. The facts are those of the trip as it is known now, so that an older operation that
 * becomes known later gives the same events as if it had been known from the first.
 */
export function foldTrip(
  state: TripState,
  operation: PastOperation,
  { trip, settings }: { readonly trip: Terms; readonly settings: FoldSettings },
): { readonly state: TripState; readonly events: readonly DetectedEvent[] } {
  if (state.isUnloaded) return { state, events: [] }
  const status = statusAt(operation, { trip, settings, state })
  const events: DetectedEvent[] = []
  const say = (kind: EventKind, identity: string, details: DetectedEvent['details'] = {}) =>
    void events.push(eventAt(operation, { kind, identity, details, tripKey: trip.key }))
  const isAtDestination = status === 'at_destination' || status === 'unloaded'
  const step: Step = { state, operation, status, trip, settings, isAtDestination, say }

  sayIdle(step)
  const hasDeparted = state.hasDeparted || sayDeparture(step)
  sayChanges(step)
  const abandoned = sayAbandoned(step)
  if (isAtDestination && !state.arrivedAt) say('arrived', trip.key)
  else sayStation(step)
  if (status === 'unloaded') say('unloaded', trip.key)
  return {
    state: {
      last: operation,
      status,
      hasDeparted,
      arrivedAt: state.arrivedAt ?? (isAtDestination ? operation.operatedAt : undefined),
      isUnloaded: status === 'unloaded',
      abandoned,
      wagon: operation.wagon ?? state.wagon,
      trainIndex: operation.trainIndex ?? state.trainIndex,
      trainNumber: numberOf(operation) ?? state.trainNumber,
      destination: operation.destination ?? state.destination,
    },
    events,
  }
}

interface Step {
  readonly state: TripState
  readonly operation: PastOperation
  readonly status: Status
  readonly trip: Terms
  readonly settings: FoldSettings
  readonly isAtDestination: boolean
  readonly say: (kind: EventKind, identity: string, details?: DetectedEvent['details']) => void
}

/** The order in which operations are folded: by time, at one time the end of a trip last, then by names, which no database changes. */
export function compareOperations(meanings: OperationMeanings) {
  const isEnd = ({ operation }: PastOperation) => Number(hasMeaning(operation, 'unloaded', meanings))
  const nameOf = ({ operation, station }: PastOperation) => `${operation} ${station.code ?? station.name}`
  return (a: PastOperation, b: PastOperation): number => {
    const byTime = a.operatedAt.getTime() - b.operatedAt.getTime()
    if (byTime !== 0) return byTime
    return isEnd(a) - isEnd(b) || (nameOf(a) < nameOf(b) ? -1 : 1)
  }
}

/** Whether a container in this status has only the way before it: it does not wait at its origin, for its train, or at the end. */
export function isOnItsWay(status: Status | undefined): boolean {
  return status === 'en_route' || status === 'standing'
}

/** An event at an operation; it is known with the first report of the operation. */
export function eventAt(
  { operatedAt, stampAt, stationId, trainNumber, trainIndex }: PastOperation,
  event: Pick<DetectedEvent, 'kind' | 'identity' | 'details' | 'tripKey'> &
    Partial<Pick<DetectedEvent, 'happenedAt' | 'knownAt'>>,
): DetectedEvent {
  return { happenedAt: operatedAt, knownAt: stampAt, stationId, trainNumber, trainIndex, ...event }
}

function statusAt(
  { operation, station, trainNumber, trainIndex, operatedAt }: PastOperation,
  { trip, settings, state }: { readonly trip: Terms; readonly settings: FoldSettings; readonly state: TripState },
): Status {
  const position = {
    operation,
    operationStation: station,
    originStation: trip.origin,
    destinationStation: trip.destination,
    trainNumber,
    trainIndex,
    operatedAt,
    stampAt: operatedAt,
  }
  const former = state.abandoned && ({ status: 'abandoned', operationStation: state.abandoned.station } as const)
  return deriveStatus(position, { meanings: settings.meanings, standingAfterMinutes: Number.POSITIVE_INFINITY }, former)
}

/** The time between two operations shows an idle time, even when no report came during it. */
function sayIdle({ state: { last, status }, operation, settings, say, trip }: Step): void {
  if (!last || !isOnItsWay(status)) return
  const minutes = Math.floor((operation.operatedAt.getTime() - last.operatedAt.getTime()) / 60_000)
  if (minutes <= settings.longIdleHours * 60) return
  say('long_idle_ended', stepIdentity(trip.key, last), { minutes })
}

/** Names what begins with an operation of a trip. */
export function stepIdentity(tripKey: string, last: PastOperation): string {
  return `${tripKey} ${isoText(last.operatedAt)}`
}

/** The first sign of movement counts where no report has named the departure itself. */
function sayDeparture({ operation, trip, settings, isAtDestination, say }: Step): boolean {
  const isNamed = hasMeaning(operation.operation, 'departed', settings.meanings)
  const isElsewhere = trip.origin !== undefined && !isSameStation(operation.station, trip.origin)
  if (isAtDestination || !(isNamed || isElsewhere)) return false
  say('departed', trip.key)
  return true
}

function sayChanges({ state, operation, trip, isAtDestination, say }: Step): void {
  const { wagon, trainIndex, destination } = operation
  // At the end wagons and trains are taken apart.
  if (!isAtDestination) {
    if (wagon !== undefined && state.wagon !== undefined && wagon !== state.wagon) {
      say('wagon_changed', `${stepIdentity(trip.key, operation)} ${wagon}`, { from: state.wagon, to: wagon })
    }
    // The number of a train changes with its direction and every day, the index with the train.
    const [from, to] =
      trainIndex !== undefined && state.trainIndex !== undefined
        ? [state.trainIndex, trainIndex]
        : trainIndex === undefined && state.trainIndex === undefined
          ? [state.trainNumber, numberOf(operation)]
          : [undefined, undefined]
    if (from !== undefined && to !== undefined && from !== to)
      say('train_changed', `${stepIdentity(trip.key, operation)} ${to}`, { from, to })
  }
  sayDestination(state.destination, destination, { tripKey: trip.key, say })
}

/** Also for a destination that a newer report names without a new operation: the next operation repeats it, hence no time in its name. */
export function sayDestination(
  from: Station | undefined,
  to: Station | undefined,
  { tripKey, say }: { readonly tripKey: string; readonly say: Step['say'] },
): void {
  if (!from || !to || isSameStation(from, to)) return
  say('destination_changed', `${tripKey} ${from.code ?? from.name} ${to.code ?? to.name}`, {
    from: from.name,
    to: to.name,
  })
}

function sayAbandoned({ state, operation, status, trip, say }: Step): PastOperation | undefined {
  const { abandoned } = state
  if (abandoned && (status !== 'abandoned' || !isSameStation(abandoned.station, operation.station))) {
    const minutes = Math.floor((operation.operatedAt.getTime() - abandoned.operatedAt.getTime()) / 60_000)
    say('picked_up', stepIdentity(trip.key, abandoned), { minutes })
  } else if (abandoned) return abandoned
  if (status !== 'abandoned') return undefined
  say('abandoned', stepIdentity(trip.key, operation))
  return operation
}

function sayStation({ state: { last }, operation, trip, settings, isAtDestination, say }: Step): void {
  if (!last || isAtDestination || isSameStation(last.station, operation.station)) return
  if (isSameStation(operation.station, trip.origin)) return
  if (hasMeaning(operation.operation, 'departed', settings.meanings)) return
  say('arrived_at_station', stepIdentity(trip.key, operation))
}

/** `0` stands for no train. */
function numberOf({ trainNumber }: PastOperation): string | undefined {
  return trainNumber === '0' ? undefined : trainNumber
}
