import type { Station } from './dislocation.ts'
import { hasMeaning, isSameStation, type OperationMeanings } from './status.ts'

/** What a position says about the trip it belongs to. */
export interface TripPosition {
  readonly waybill: string | undefined
  readonly tripStartedAt: Date | undefined
  readonly tripEndedAt: Date | undefined
  readonly operation: string
  readonly operationStation: Station
  readonly destinationStation: Station | undefined
  readonly operatedAt: Date
}

/** What is known of the newest trip of a container. */
export interface KnownTrip {
  readonly waybill: string | undefined
  readonly startedAt: Date | undefined
  readonly destinationStation: Station | undefined
  /** Undefined while the container is under way. */
  readonly finishedAt: Date | undefined
}

export interface Change<T> {
  readonly from: T
  readonly to: T
}

export type TripDecision =
  | { readonly kind: 'new_trip' }
  | {
      readonly kind: 'same_trip'
      readonly waybill: Change<string> | undefined
      readonly destination: Change<Station> | undefined
    }
  /** A late row of a trip that is over: history, never the current picture of the trip. */
  | { readonly kind: 'tail_of_finished' }
  /** A row of a trip before the known one: history as well. */
  | { readonly kind: 'former_trip' }

/**
 * Which trip a position belongs to, seen from the newest one known. A later start opens a new trip, and so does another
 * waybill once the old trip is finished; the same start or the same waybill is the same trip, with what has changed.
 */
export function decideTrip(
  known: KnownTrip | undefined,
  position: TripPosition,
  meanings: OperationMeanings,
): TripDecision {
  if (!known) return { kind: 'new_trip' }
  const relation = relationOf(known, position, meanings)
  if (relation !== 'same') return { kind: relation }
  if (isTail(known, position, meanings)) return { kind: 'tail_of_finished' }
  return {
    kind: 'same_trip',
    waybill: changeOf(known.waybill, position.waybill, (a, b) => a === b),
    destination: changeOf(known.destinationStation, position.destinationStation, isSameStation),
  }
}

/** The trip as its first position tells it. */
export function openTrip(position: TripPosition, meanings: OperationMeanings): KnownTrip {
  return {
    waybill: position.waybill,
    startedAt: position.tripStartedAt,
    destinationStation: position.destinationStation,
    finishedAt: isFinished(position, meanings) ? position.operatedAt : undefined,
  }
}

/**
 * The trip with what a further position of it (`same_trip`) says; blanks erase nothing. A finished trip stays finished
 * unless the container moves on, as it does after a late change of the destination.
 */
export function continueTrip(known: KnownTrip, position: TripPosition, meanings: OperationMeanings): KnownTrip {
  const said = openTrip(position, meanings)
  const destinationStation = said.destinationStation ?? known.destinationStation
  const staysFinished = said.finishedAt !== undefined || isSameStation(position.operationStation, destinationStation)
  return {
    waybill: said.waybill ?? known.waybill,
    startedAt: said.startedAt ?? known.startedAt,
    destinationStation,
    finishedAt: staysFinished ? (known.finishedAt ?? said.finishedAt) : undefined,
  }
}

/** Unloaded or issued at the destination, or past the end of the trip that the report states. */
export function isFinished(position: TripPosition, meanings: OperationMeanings): boolean {
  const { operation, operationStation, destinationStation, operatedAt, tripEndedAt } = position
  if (tripEndedAt !== undefined && tripEndedAt <= operatedAt) return true
  return isSameStation(operationStation, destinationStation) && hasMeaning(operation, 'unloaded', meanings)
}

type Relation = 'same' | 'new_trip' | 'former_trip'

function relationOf(known: KnownTrip, position: TripPosition, meanings: OperationMeanings): Relation {
  const { startedAt, waybill, finishedAt } = known
  const later = startedAt && position.tripStartedAt && position.tripStartedAt.getTime() - startedAt.getTime()
  if (later === 0) return 'same'
  if (waybill !== undefined && waybill === position.waybill) return isReused(known, position) ? 'new_trip' : 'same'
  if (later !== undefined) return later > 0 ? 'new_trip' : 'former_trip'
  if (finishedAt === undefined) return 'same'
  if (waybill !== undefined && position.waybill !== undefined) {
    return position.operatedAt < finishedAt ? 'former_trip' : 'new_trip'
  }
  return isFreshStart(known, position, meanings) ? 'new_trip' : 'same'
}

/** A waybill number comes again after years; a corrected start of the same trip lies before its end. */
function isReused({ finishedAt }: KnownTrip, { tripStartedAt }: TripPosition): boolean {
  return finishedAt !== undefined && tripStartedAt !== undefined && tripStartedAt > finishedAt
}

/** Where neither start nor waybill tells, an operation elsewhere after the end can only be the next trip. */
function isFreshStart(known: KnownTrip, position: TripPosition, meanings: OperationMeanings): boolean {
  return !isTail(known, position, meanings) && !isSameStation(position.operationStation, known.destinationStation)
}

function isTail({ finishedAt }: KnownTrip, position: TripPosition, meanings: OperationMeanings): boolean {
  if (finishedAt === undefined) return false
  return position.operatedAt < finishedAt || hasMeaning(position.operation, 'tail', meanings)
}

function changeOf<T>(
  from: T | undefined,
  to: T | undefined,
  isSame: (from: T, to: T) => boolean,
): Change<T> | undefined {
  return from === undefined || to === undefined || isSame(from, to) ? undefined : { from, to }
}
