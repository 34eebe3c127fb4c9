import { endOfNorm, isAfterNorm, normStateOf } from '../trip/delivery-norm.ts'
import { isoText } from '../values/iso-text.ts'
import type { DetectedEvent, PastOperation } from './container-past.ts'
import { plainArrival } from '../forecast/forecast.ts'
import { eventAt } from './fold-trip.ts'
import { expectedAt, firstStamp, isAtEnd, type Observation, type Terms } from './observation.ts'

/** The first of these stamps at which the norm is at risk, while the container is on its way. */
export function firstRisk(
  { status, forecast }: Observation,
  { dueAt }: Terms,
  stamps: readonly number[],
): number | undefined {
  if (!dueAt || !forecast || isAtEnd(status)) return undefined
  return stamps.find((stamp) => !isAfterNorm(dueAt, stamp) && isAfterNorm(dueAt, plainArrival(forecast, stamp)))
}

/** The first report whose forecast lies after the norm. */
export function riskEvent(observation: Observation, trip: Terms, stamp: number): DetectedEvent {
  const at = new Date(stamp)
  const { dueAt } = trip
  const expectedMs = expectedAt(observation, stamp)
  const expected = expectedMs === undefined ? undefined : new Date(expectedMs)
  const state = normStateOf({ dueAt, arrivedAt: undefined, hasArrived: false, expectedAt: expected, stampAt: at })
  return eventAt(observation.operation, {
    kind: 'norm_at_risk',
    identity: normIdentity(trip),
    happenedAt: at,
    knownAt: at,
    details: {
      ...(dueAt && { dueAt: isoText(dueAt) }),
      ...(expected && { expectedAt: isoText(expected) }),
      ...(state.kind === 'at_risk' && { days: state.days }),
    },
    tripKey: trip.key,
  })
}

/** The operation at which the norm was seen to be missed, and the stamp in milliseconds. */
export interface Missed {
  readonly operation: PastOperation
  readonly stamp: number
}

/** The first of these stamps at which the norm is missed. */
export function firstLate(
  { operation, status }: Observation,
  { dueAt }: Terms,
  stamps: readonly number[],
): Missed | undefined {
  if (!dueAt || isAtEnd(status)) return undefined
  const stamp = stamps.find((stamp) => isAfterNorm(dueAt, stamp))
  return stamp === undefined ? undefined : { operation, stamp }
}

/** Tells observations from the arrival on. */
export function isAfter(arrivedAt: Date | undefined) {
  return ({ operation }: Observation) => arrivedAt !== undefined && operation.operatedAt >= arrivedAt
}

/**
 * An arrival that is known decides; without one the newest observation does. `shownBy` is the operation that showed it first, which
 * later operations do not change.
 */
export function normMissed(
  { stamps }: Observation,
  {
    trip,
    arrivedAt,
    missed,
    shownBy,
  }: {
    readonly trip: Terms
    readonly arrivedAt: Date | undefined
    readonly missed: Missed | undefined
    readonly shownBy: PastOperation
  },
): DetectedEvent | undefined {
  const { dueAt } = trip
  if (!dueAt) return undefined
  const stampAt = new Date(stamps.at(-1) ?? 0)
  const state = normStateOf({ dueAt, arrivedAt, hasArrived: arrivedAt !== undefined, expectedAt: undefined, stampAt })
  if (state.kind !== 'late') return undefined
  const details = { dueAt: isoText(dueAt), days: state.days }
  const identity = normIdentity(trip)
  return eventAt(shownBy, {
    kind: 'norm_missed',
    identity,
    happenedAt: endOfNorm(dueAt),
    knownAt: missed ? new Date(missed.stamp) : shownBy.stampAt,
    details,
    tripKey: trip.key,
  })
}

/** Another norm of the same trip is another promise. */
function normIdentity({ key, dueAt }: Terms): string {
  return `${key} ${dueAt ? isoText(dueAt) : ''}`
}

/** The next stamps, in milliseconds, at which the norm of the same operation means something new. */
export function momentsOfNorm(
  { dueAt }: Terms,
  observation: Observation,
  { last, isAtRisk }: { readonly last: number; readonly isAtRisk: boolean },
): readonly number[] {
  if (!dueAt) return []
  const limit = endOfNorm(dueAt).getTime()
  const missedFrom = Math.max(last, limit) + 1
  return [missedFrom, ...(isAtRisk ? [] : firstStamp(observation, { after: last, limit }))]
}
