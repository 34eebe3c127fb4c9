import { isTripOver } from '../trip/trip.ts'
import { isDropped } from '../workbook/source-guard.ts'
import type { Status } from '../trip/status.ts'
import type { ContainerPast, DetectedEvent, EventSettings, PastOperation, PastTrip } from './container-past.ts'
import { eventAt, stepIdentity } from './fold-trip.ts'

/** An operation with its trip and the status at it. */
export interface Standing {
  readonly operation: PastOperation
  readonly status: Status
  readonly trip: Pick<PastTrip, 'key' | 'finishedAt'>
}

/**
 * A container whose trip is not over and that a newer report of its source no longer holds is missing; it has returned when a later one
 * holds it again within the days after which nobody waits for it. `steps` are all operations of the container in their order.
 */
export function eventsOfAbsences(
  steps: readonly Standing[],
  past: Pick<ContainerPast, 'present' | 'presence'>,
  { stampsOf }: Pick<EventSettings, 'stampsOf'>,
): readonly DetectedEvent[] {
  if (past.presence.length === 0) return []
  const events: DetectedEvent[] = []
  const counts = new Map<PastOperation, number>()
  for (const absence of absencesOf(past)) {
    const step = steps.findLast(({ operation }) => operation.stampAt.getTime() < absence.from)
    if (!step || isTripOver({ status: step.status, endedAt: endBefore(absence, step.trip) })) continue
    if (isHeldElsewhere(absence, step, { steps, past })) continue
    const heldUntil = stampsOf(absence.sourceId).findLast((stamp) => stamp < absence.from)
    // Between reports so far apart a trip ends without anybody having missed the container.
    if (heldUntil === undefined || isGone(heldUntil, absence.from)) continue
    const { operation, trip } = step
    const count = (counts.get(operation) ?? 0) + 1
    counts.set(operation, count)
    const at = new Date(absence.from)
    const identity = `${stepIdentity(trip.key, operation)} ${count}`
    const event = { identity, details: {}, tripKey: trip.key }
    events.push(eventAt(operation, { ...event, kind: 'missing', happenedAt: at, knownAt: at }))
    const back = absence.until === undefined ? undefined : new Date(absence.until)
    if (!back || isGone(absence.from, back.getTime())) continue
    const minutes = Math.floor((back.getTime() - at.getTime()) / 60_000)
    events.push(
      eventAt(operation, { ...event, kind: 'returned', happenedAt: back, knownAt: back, details: { minutes } }),
    )
  }
  return events
}

/** A trip that ends after the container was missed takes nothing back. */
function endBefore({ from }: Pick<Absence, 'from'>, { finishedAt }: Standing['trip']): Date | null {
  return finishedAt && finishedAt.getTime() <= from ? finishedAt : null
}

function isGone(since: number, stamp: number): boolean {
  return isDropped({ missingSince: new Date(since), stampAt: new Date(stamp) })
}

interface Absence {
  readonly sourceId: number
  readonly from: number
  readonly until: number | undefined
}

function absencesOf({ presence }: Pick<ContainerPast, 'presence'>): readonly Absence[] {
  const changes = presence.toSorted((a, b) => a.stampAt.getTime() - b.stampAt.getTime() || a.sourceId - b.sourceId)
  return changes.flatMap(({ sourceId, isPresent, stampAt }, place) => {
    if (isPresent) return []
    const next = changes.slice(place + 1).find((change) => change.sourceId === sourceId && change.isPresent)
    return [{ sourceId, from: stampAt.getTime(), until: next?.stampAt.getTime() }]
  })
}

/** Another source names the container meanwhile. */
function isHeldElsewhere(
  { sourceId, from, until }: Absence,
  { operation }: Standing,
  { steps, past: { present } }: { readonly steps: readonly Standing[]; readonly past: Pick<ContainerPast, 'present'> },
): boolean {
  if (until === undefined) return !present || present.sourceId !== sourceId || present.seenAt.getTime() >= from
  if (operation.sourceId !== sourceId) return true
  return steps.some(({ operation: other }) => {
    const stamp = other.stampAt.getTime()
    return other.sourceId !== sourceId && stamp >= from && stamp < until
  })
}
