import type { Station } from '../values/station.ts'
import { normaliseLabel } from '../cells/header.ts'

export type Status = 'unloaded' | 'at_destination' | 'at_origin' | 'abandoned' | 'standing' | 'en_route'

/** The facts of an operation that a status depends on. */
export type OperationMeaning = 'unloaded' | 'tail' | 'abandoned' | 'picked_up' | 'departed'

/** Parts of operation names, compared without regard to case; the names are an open list, hence data. */
export type OperationMeanings = Readonly<Record<OperationMeaning, readonly string[]>>

/** The defaults of the setting. «Вывоз» and «завоз» follow the unloading at the destination, as tails of the trip. */
export const operationMeanings: OperationMeanings = {
  unloaded: ['выгрузка', 'выдача', 'вывоз', 'завоз'],
  tail: ['вывоз', 'завоз'],
  abandoned: ['бросани', '(92)'],
  picked_up: ['подъем', 'поднят', 'отмена'],
  departed: ['отправление'],
}

export const defaultStandingAfterMinutes = 24 * 60

export interface StatusPosition {
  readonly operation: string
  readonly operationStation: Station
  readonly originStation: Station | undefined
  readonly destinationStation: Station | undefined
  readonly trainNumber: string | undefined
  readonly trainIndex: string | undefined
  readonly operatedAt: Date
  /** The formation stamp of the source: idle time does not grow by itself between two reports. */
  readonly stampAt: Date
}

export interface StatusSettings {
  readonly meanings: OperationMeanings
  readonly standingAfterMinutes: number
}

/** The status before, for the one status that outlasts its operation. */
export interface FormerStatus {
  readonly status: Status
  readonly operationStation: Station
}

/** The rules of statuses in the order in which they are tried, each with the status that it gives. */
const statusOfRule = {
  /** At the destination, by an operation that unloads. */
  unloaded_at_destination: 'unloaded',
  at_destination: 'at_destination',
  /** At the origin, in no train, and not departed. */
  waits_at_origin: 'at_origin',
  /** The operation itself abandons. */
  abandoned_now: 'abandoned',
  /** It was abandoned at this station before, and nothing has moved it on. */
  abandoned_before: 'abandoned',
  /** The operation is older than the threshold. */
  idle_for_long: 'standing',
  /** None of the others fits. */
  on_its_way: 'en_route',
} as const satisfies Readonly<Record<string, Status>>

/** The reason for a status. */
export type StatusRule = keyof typeof statusOfRule

/**
 * The status that a position shows; the first that fits wins. With the former status of the same trip, an abandoned
 * container stays abandoned at its station, through all operations there, until it is picked up or departs.
 */
export function deriveStatus(position: StatusPosition, settings: StatusSettings, former?: FormerStatus): Status {
  return statusOfRule[findStatusRule(position, settings, former)]
}

/** The rule by which `deriveStatus` decides. */
export function findStatusRule(position: StatusPosition, settings: StatusSettings, former?: FormerStatus): StatusRule {
  const { operation, operationStation, originStation, destinationStation } = position
  const name = nameOf(operation)
  const means = (meaning: OperationMeaning) => namesOne(name, settings.meanings[meaning])
  if (isSameStation(operationStation, destinationStation))
    return means('unloaded') ? 'unloaded_at_destination' : 'at_destination'
  if (isSameStation(operationStation, originStation) && !hasTrain(position) && !means('departed'))
    return 'waits_at_origin'
  if (!means('picked_up')) {
    if (means('abandoned')) return 'abandoned_now'
    if (!means('departed') && isAbandonedAt(operationStation, former)) return 'abandoned_before'
  }
  return idleMinutes(position) > settings.standingAfterMinutes ? 'idle_for_long' : 'on_its_way'
}

/** True when the name of the operation contains one of the parts that stand for the meaning. */
export function hasMeaning(operation: string, meaning: OperationMeaning, meanings: OperationMeanings): boolean {
  return namesOne(nameOf(operation), meanings[meaning])
}

/** The consignee has got the container, which is more than that it was unloaded. */
export function isIssued(operation: string): boolean {
  return namesOne(nameOf(operation), issues)
}

const issues = ['выдача', 'выдан']
const mostNames = 1_000
const normalisedNames = new Map<string, string>()

/** The operations of all reports are few, and long histories ask for the same names again and again. */
function nameOf(operation: string): string {
  const known = normalisedNames.get(operation)
  if (known !== undefined) return known
  if (normalisedNames.size >= mostNames) normalisedNames.clear()
  const name = normaliseLabel(operation)
  normalisedNames.set(operation, name)
  return name
}

const normalisedParts = new WeakMap<readonly string[], readonly string[]>()

/** Whether a normalised name contains one of the parts. A list asks for the same few parts thousands of times. */
function namesOne(name: string, parts: readonly string[]): boolean {
  const known = normalisedParts.get(parts) ?? parts.map(normaliseLabel)
  normalisedParts.set(parts, known)
  return known.some((part) => name.includes(part))
}

/** The one meaning that orders operations; it distinguishes tails from the unloading that they follow. */
export function operationMeaningOf(operation: string, meanings: OperationMeanings): OperationMeaning | 'other' {
  return meaningsByWeight.find((meaning) => hasMeaning(operation, meaning, meanings)) ?? 'other'
}

const meaningsByWeight: readonly OperationMeaning[] = ['tail', 'unloaded', 'picked_up', 'abandoned', 'departed']

/** By the codes where both are known, else by the names; an unknown station equals no other. */
export function isSameStation(a: Station | undefined, b: Station | undefined): boolean {
  if (!a || !b) return false
  if (a.code !== undefined && b.code !== undefined) return a.code === b.code
  return normaliseLabel(a.name) === normaliseLabel(b.name)
}

/** Whole minutes from the operation to the source's stamp, never negative. */
export function idleMinutes(position: { readonly operatedAt: Date; readonly stampAt: Date }): number {
  return Math.max(0, Math.floor((position.stampAt.getTime() - position.operatedAt.getTime()) / 60_000))
}

function isAbandonedAt(station: Station, former: FormerStatus | undefined): boolean {
  return former?.status === 'abandoned' && isSameStation(former.operationStation, station)
}

function hasTrain({ trainNumber, trainIndex }: StatusPosition): boolean {
  return trainNumber !== undefined || trainIndex !== undefined
}
