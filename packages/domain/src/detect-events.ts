import type { Station } from './dislocation.ts'
import { forecastArrival } from './forecast.ts'
import { idleMinutes, isSameStation, type Status, type StatusPosition, type StatusSettings } from './status.ts'
import { decideTrip, openTrip, type Change, type TripPosition } from './trip.ts'

/** The current position of a container as far as events depend on it. */
export interface TrackedPosition extends StatusPosition, TripPosition {
  /** Derived with the status before it, as far as that belongs to the same trip. */
  readonly status: Status
  readonly wagon: string | undefined
  readonly kmLeft: number | undefined
  /** Stamp of the first newer report of the source without the container; the rest is the last that was known. */
  readonly missingSince: Date | undefined
}

interface At {
  readonly station: Station
}

/** What each kind of event tells besides its moment. */
export interface EventDetails {
  readonly departed: At
  readonly arrived_station: Change<Station>
  readonly abandoned: At
  readonly picked_up: At
  readonly idle_began: At
  readonly idle_ended: At & { readonly idleMinutes: number }
  readonly wagon_changed: Change<string>
  readonly train_changed: Change<string>
  readonly destination_changed: Change<Station>
  readonly arrived: At
  readonly unloaded: At
  readonly missing: At
  readonly returned: At & { readonly missingSince: Date }
  readonly forecast_moved: Change<Date>
}

export type EventKind = keyof EventDetails

type EventOf<Kind extends EventKind> = {
  readonly [K in Kind]: { readonly kind: K; readonly at: Date; readonly details: EventDetails[K] }
}[Kind]

export type ContainerEvent = EventOf<EventKind>

export interface EventSettings extends StatusSettings {
  /** A forecast that moves by more is an event. */
  readonly forecastMovedHours: number
}

export const defaultForecastMovedHours = 12

interface Pair {
  readonly previous: TrackedPosition
  readonly next: TrackedPosition
  /** The status from which the next one is reached; a new trip begins at its origin. */
  readonly before: Status
  readonly settings: EventSettings
}

type Detect = (pair: Pair) => ContainerEvent | undefined

const minuteMs = 60_000
const ofStatus: readonly Detect[] = [departed, abandoned, pickedUp, idleBegan, idleEnded, arrived, unloaded]
const ofChange: readonly Detect[] = [arrivedStation, wagonChanged, trainChanged, destinationChanged, forecastMoved]

/**
 * What happened between two current positions of one container, by this pair alone. A container seen for the first time
 * has no events, nor has a `next` that is older than `previous`, a late row of a finished trip or of a former one.
 */
export function detectEvents(
  previous: TrackedPosition | undefined,
  next: TrackedPosition,
  settings: EventSettings,
): ContainerEvent[] {
  if (!previous || isOlder(next, previous)) return []
  if (next.missingSince) return previous.missingSince ? [] : [missing(next, next.missingSince)]
  const seenAgain = previous.missingSince ? [returned(next, previous.missingSince)] : []
  const { kind } = decideTrip(openTrip(previous, settings.meanings), next, settings.meanings)
  if (kind === 'tail_of_finished' || kind === 'former_trip') return seenAgain
  const isNewTrip = kind === 'new_trip'
  const pair: Pair = { previous, next, before: isNewTrip ? 'at_origin' : previous.status, settings }
  const detectors = isNewTrip ? ofStatus : [...ofStatus, ...ofChange]
  return [...seenAgain, ...detectors.flatMap((detect) => detect(pair) ?? [])]
}

function isOlder(a: TrackedPosition, b: TrackedPosition): boolean {
  const byStamp = a.stampAt.getTime() - b.stampAt.getTime()
  return byStamp === 0 ? a.operatedAt < b.operatedAt : byStamp < 0
}

function missing({ operationStation }: TrackedPosition, at: Date): ContainerEvent {
  return { kind: 'missing', at, details: { station: operationStation } }
}

function returned({ operationStation, stampAt }: TrackedPosition, missingSince: Date): ContainerEvent {
  return { kind: 'returned', at: stampAt, details: { station: operationStation, missingSince } }
}

function departed({ before, next }: Pair): ContainerEvent | undefined {
  return before === 'at_origin' && next.status !== 'at_origin' ? atStation('departed', next) : undefined
}

function abandoned({ before, next }: Pair): ContainerEvent | undefined {
  return before !== 'abandoned' && next.status === 'abandoned' ? atStation('abandoned', next) : undefined
}

function pickedUp({ before, next }: Pair): ContainerEvent | undefined {
  return before === 'abandoned' && next.status !== 'abandoned' ? atStation('picked_up', next) : undefined
}

function idleBegan({ before, next, settings }: Pair): ContainerEvent | undefined {
  if (before === 'standing' || next.status !== 'standing') return undefined
  const at = new Date(next.operatedAt.getTime() + settings.standingAfterMinutes * minuteMs)
  return { kind: 'idle_began', at, details: { station: next.operationStation } }
}

/** Abandoned after a long idle is no end of it, nor is a threshold that was raised: it takes a newer operation. */
function idleEnded({ before, previous, next }: Pair): ContainerEvent | undefined {
  if (before !== 'standing' || next.status === 'standing' || next.status === 'abandoned') return undefined
  const minutes = idleMinutes({ operatedAt: previous.operatedAt, stampAt: next.operatedAt })
  if (minutes === 0) return undefined
  const details = { station: previous.operationStation, idleMinutes: minutes }
  return { kind: 'idle_ended', at: next.operatedAt, details }
}

function arrived({ before, next }: Pair): ContainerEvent | undefined {
  return !hasArrived(before) && hasArrived(next.status) ? atStation('arrived', next) : undefined
}

function unloaded({ before, next }: Pair): ContainerEvent | undefined {
  return before !== 'unloaded' && next.status === 'unloaded' ? atStation('unloaded', next) : undefined
}

/** The arrival at the destination has an event of its own. */
function arrivedStation({ previous, next }: Pair): ContainerEvent | undefined {
  const from = previous.operationStation
  const to = next.operationStation
  if (hasArrived(next.status) || isSameStation(from, to)) return undefined
  return { kind: 'arrived_station', at: next.operatedAt, details: { from, to } }
}

function wagonChanged({ previous, next }: Pair): ContainerEvent | undefined {
  const details = changeOfText(previous.wagon, next.wagon)
  return details && { kind: 'wagon_changed', at: next.operatedAt, details }
}

/** The number of one train changes from road to road; its index does not. */
function trainChanged({ previous, next }: Pair): ContainerEvent | undefined {
  const hasIndices = previous.trainIndex !== undefined && next.trainIndex !== undefined
  const details = hasIndices
    ? changeOfText(previous.trainIndex, next.trainIndex)
    : changeOfText(previous.trainNumber, next.trainNumber)
  return details && { kind: 'train_changed', at: next.operatedAt, details }
}

function destinationChanged({ previous, next }: Pair): ContainerEvent | undefined {
  const from = previous.destinationStation
  const to = next.destinationStation
  if (!from || !to || isSameStation(from, to)) return undefined
  return { kind: 'destination_changed', at: next.stampAt, details: { from, to } }
}

function forecastMoved({ previous, next, settings }: Pair): ContainerEvent | undefined {
  const from = forecastOf(previous)
  const to = forecastOf(next)
  if (!from || !to || Math.abs(to.getTime() - from.getTime()) <= settings.forecastMovedHours * 60 * minuteMs) {
    return undefined
  }
  return { kind: 'forecast_moved', at: next.stampAt, details: { from, to } }
}

function forecastOf({ status, kmLeft, operatedAt }: TrackedPosition): Date | undefined {
  if (hasArrived(status)) return undefined
  return forecastArrival({ kmLeft, operatedAt, atDestination: false })?.arrivesAt
}

function hasArrived(status: Status): boolean {
  return status === 'at_destination' || status === 'unloaded'
}

function atStation(
  kind: 'departed' | 'abandoned' | 'picked_up' | 'arrived' | 'unloaded',
  { operatedAt, operationStation }: TrackedPosition,
): ContainerEvent {
  return { kind, at: operatedAt, details: { station: operationStation } }
}

function changeOfText(from: string | undefined, to: string | undefined): Change<string> | undefined {
  return from === undefined || to === undefined || from === to ? undefined : { from, to }
}
