import type { OperationMeaning } from './status.ts'
import type { TripKey } from './trip.ts'

/** One operation of a container, with the key of the trip that its report names. */
export interface TripOperation extends TripKey {
  readonly operatedAt: Date
  readonly meaning: OperationMeaning | 'other'
}

interface OpenTrip<Operation extends TripOperation> {
  readonly begunAt: number
  /** The last unloading or tail so far; undefined while the trip runs. */
  endedAt: number | undefined
  readonly operations: Operation[]
}

/**
 * Assigns all operations of one container to its trips. The result depends on the set of operations alone, never on their order.
 *
 * 1. A start names a trip, whatever the waybill.
 * 2. Without a start the waybill names the trip that carries it elsewhere with a start. The latest such trip that had
 *    started by the time of the operation counts. A waybill without a known start is a trip of its own.
 * 3. An operation with neither belongs to the trip in whose time it falls: the latest that has begun and is not over. An unloading
 *    or a tail also belongs to a trip that is over. Where there is none, the operation begins a trip without a key.
 */
export function assignTrips<Operation extends TripOperation>(
  operations: readonly Operation[],
): readonly (readonly Operation[])[] {
  const keyed = groupByKey(operations)
    .map(openTrip)
    .toSorted((a, b) => a.begunAt - b.begunAt)
  const unkeyed = operations.filter(hasNoKey).toSorted(byTime)
  const trips = unkeyed.length === 0 ? keyed : [...keyed, ...assignByTime(unkeyed, keyed)]
  return trips.map((trip) => trip.operations)
}

function hasNoKey({ tripStartedAt, waybill }: TripKey): boolean {
  return tripStartedAt === null && waybill === null
}

/** In an order of their keys, so that trips that begin at the same time stand in one order too. */
function groupByKey<Operation extends TripOperation>(operations: readonly Operation[]): readonly Operation[][] {
  const startsOfWaybill = listStarts(operations)
  const groups = new Map<string, Operation[]>()
  for (const operation of operations) {
    if (hasNoKey(operation)) continue
    const start = operation.tripStartedAt?.getTime() ?? startByWaybill(operation, startsOfWaybill)
    const key = start === undefined ? `waybill ${operation.waybill}` : `start ${start}`
    const group = groups.get(key)
    if (group) group.push(operation)
    else groups.set(key, [operation])
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group)
}

/** The starts that operations name together with each waybill, the earliest first. */
function listStarts(operations: readonly TripKey[]): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, Set<number>>()
  for (const { tripStartedAt, waybill } of operations) {
    if (tripStartedAt === null || waybill === null) continue
    const known = starts.get(waybill)
    if (known) known.add(tripStartedAt.getTime())
    else starts.set(waybill, new Set([tripStartedAt.getTime()]))
  }
  return new Map([...starts].map(([waybill, times]) => [waybill, [...times].toSorted((a, b) => a - b)]))
}

function startByWaybill(
  { waybill, operatedAt }: TripOperation,
  startsOfWaybill: ReadonlyMap<string, readonly number[]>,
): number | undefined {
  const starts = (waybill !== null && startsOfWaybill.get(waybill)) || []
  return starts.findLast((start) => start <= operatedAt.getTime()) ?? starts[0]
}

/** A trip begins with its start, or with its first operation where that is earlier or no start is known. */
function openTrip<Operation extends TripOperation>(operations: readonly Operation[]): OpenTrip<Operation> {
  const times = operations.flatMap(({ operatedAt, tripStartedAt }) => [operatedAt, tripStartedAt ?? operatedAt])
  const ends = operations.filter(isEnding).map(({ operatedAt }) => operatedAt.getTime())
  return {
    begunAt: earliest(times),
    endedAt: ends.length === 0 ? undefined : ends.reduce((last, end) => Math.max(last, end)),
    operations: [...operations],
  }
}

function earliest(times: readonly Date[]): number {
  return times.reduce((first, time) => Math.min(first, time.getTime()), Number.POSITIVE_INFINITY)
}

/** Adds operations without a key to the trips that hold their time. Returns the trips that it had to begin. */
function assignByTime<Operation extends TripOperation>(
  operations: readonly Operation[],
  keyed: readonly OpenTrip<Operation>[],
): readonly OpenTrip<Operation>[] {
  const begun: OpenTrip<Operation>[] = []
  for (const operation of operations) {
    const at = operation.operatedAt.getTime()
    const latest = latestOf([keyed.findLast(({ begunAt }) => begunAt <= at), begun.at(-1)])
    if (latest && (isEnding(operation) || latest.endedAt === undefined || at <= latest.endedAt)) {
      latest.operations.push(operation)
      if (isEnding(operation)) latest.endedAt = Math.max(latest.endedAt ?? at, at)
    } else begun.push(openTrip([operation]))
  }
  return begun
}

/** When trips begin at the same time, the one with a key counts. */
function latestOf<Operation extends TripOperation>(
  trips: readonly (OpenTrip<Operation> | undefined)[],
): OpenTrip<Operation> | undefined {
  return trips.reduce((latest, trip) => (trip && !(latest && latest.begunAt >= trip.begunAt) ? trip : latest))
}

function isEnding({ meaning }: TripOperation): boolean {
  return meaning === 'unloaded' || meaning === 'tail'
}

/** At one time an end comes last: all other operations of that time belong to the trip that ends. */
function byTime(a: TripOperation, b: TripOperation): number {
  return a.operatedAt.getTime() - b.operatedAt.getTime() || Number(isEnding(a)) - Number(isEnding(b))
}
