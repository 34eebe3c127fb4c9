import {
  eventAt,
  type Found,
  hourMs,
  isAbandoning,
  isHeld,
  isOrigin,
  type Known,
  nameOf,
  type OracleEvent,
  type Seen,
  type Way,
} from './oracle-event.ts'
import { eventsOfForecasts } from './forecast-oracle.ts'
import type { Sighting, WeekReport, WeekTerminalReport } from './railway.ts'
import { eventsOfStays } from './terminal-oracle.ts'

const longIdleMs = 72 * hourMs
const newsMs = 36 * hourMs
const droppedMs = 7 * 24 * hourMs

/**
 * All that has happened by what a set of reports says, whatever their order. Written from the description of the domain and not
 * from the code that detects events.
 */
export function happenings(reports: readonly WeekReport[]): ReadonlyMap<string, OracleEvent> {
  const inOrder = reports.toSorted((a, b) => +a.stamp - +b.stamp)
  const newest = inOrder.at(-1)?.stamp
  if (!newest) return new Map()
  const stamps = inOrder.map(({ stamp }) => stamp)
  const found = atTerminals(inOrder.flatMap(({ terminal }) => terminal))
  for (const seen of byContainer(inOrder)) {
    const firstSeen = seen[0]?.stamp ?? newest
    const events = [...byTrip(seen)].flatMap(eventsOfTrip)
    for (const { knownAt, ...event } of [...events, ...absences(seen, stamps)]) {
      const limit = +newest - newsMs
      const isNews = +event.happenedAt >= limit || (knownAt > firstSeen && +knownAt >= limit)
      found.push({ ...event, isNews })
    }
  }
  return new Map(found.map((event) => [event.key, event]))
}

function atTerminals(reports: readonly WeekTerminalReport[]): OracleEvent[] {
  const limit = Math.max(...reports.map(({ stamp }) => +stamp)) - newsMs
  const found = eventsOfStays(reports)
  return found.map(({ knownAt: _knownAt, ...event }) => ({ ...event, isNews: +event.happenedAt >= limit }))
}

function byContainer(reports: readonly WeekReport[]): Iterable<readonly Seen[]> {
  const all = new Map<string, Seen[]>()
  for (const { stamp, containers } of reports) {
    for (const one of containers) all.set(one.container, [...(all.get(one.container) ?? []), { ...one, stamp }])
  }
  return all.values()
}

function byTrip(seen: readonly Seen[]): Iterable<readonly Seen[]> {
  const trips = new Map<string, Seen[]>()
  for (const one of seen) trips.set(one.waybill, [...(trips.get(one.waybill) ?? []), one])
  return trips.values()
}

/** The operations of a trip in the order of their time, each once. */
function operationsOf(seen: readonly Seen[]): readonly Known[] {
  const known = new Map<string, Known>()
  for (const { stamp, operations } of seen) {
    for (const operation of operations) {
      const name = `${operation.at.toISOString()} ${operation.operation}`
      if (!known.has(name)) known.set(name, { ...operation, knownAt: stamp })
    }
  }
  return [...known.values()].toSorted((a, b) => +a.at - +b.at)
}

function eventsOfTrip(seen: readonly Seen[]): readonly Found[] {
  const operations = operationsOf(seen)
  const destination = seen.at(-1)?.destination
  const way: Way = { seen, operations, arrival: operations.find(({ station }) => station === destination) }
  return [
    ...milestones(way, destination),
    ...abandonments(way),
    ...pairs(way).flatMap(changes),
    ...pairs(way).flatMap(idleTimes),
    ...trainChanges(way),
    ...stillIdle(way),
    ...readdressings(seen, operations),
    ...lateness(way),
    ...eventsOfForecasts(way),
  ]
}

/** The norm has passed without an arrival, or the arrival came after it. A delivery on its last day keeps it. */
function lateness({ seen, operations, arrival }: Way): readonly Found[] {
  return seen.slice(-1).flatMap(({ dueAt }) => {
    const end = new Date(+dueAt + 24 * hourMs)
    const isLate = arrival ? arrival.at > end : seen.some(({ stamp }) => stamp > end)
    // The first report that shows it: after the norm on the way, else from the arrival on.
    const shows = ({ stamp }: Seen) => stamp > end && (!arrival || stamp < arrival.at)
    const newest = ({ stamp }: Seen) => operations.findLast(({ knownAt }) => knownAt <= stamp)
    const first = seen.find(shows)
    const shownBy = first ? newest(first) : seen.map(newest).find((one) => one && arrival && one.at >= arrival.at)
    if (!isLate || !shownBy) return []
    const knownAt = first?.stamp ?? shownBy.knownAt
    return [{ ...eventAt('norm_missed', dueAt.toISOString(), shownBy), happenedAt: end, knownAt }]
  })
}

/** What happens once on a trip. */
function milestones({ operations, arrival }: Way, destination: string | undefined): readonly Found[] {
  const isThere = ({ station }: Sighting) => station === destination
  const departure = operations.find((one) => !isThere(one) && (isDeparture(one.operation) || !isOrigin(one.station)))
  const unloading = operations.find((one) => isThere(one) && isUnloading(one.operation))
  return [
    ...(departure ? [eventAt('departed', '', departure)] : []),
    ...(arrival ? [eventAt('arrived', '', arrival)] : []),
    ...(unloading ? [eventAt('unloaded', '', unloading)] : []),
  ]
}

function abandonments({ operations }: Way): readonly Found[] {
  return operations.flatMap((one, place) => {
    if (!isAbandoning(one.operation)) return []
    const isLeaving = ({ station, operation }: Known) => station !== one.station || isDeparture(operation)
    const end = operations.slice(place + 1).find(isLeaving)
    return [eventAt('abandoned', nameOf(one), one), ...(end ? [eventAt('picked_up', nameOf(one), end)] : [])]
  })
}

/** Two operations, one after the other. */
interface Pair {
  readonly former: Known
  readonly one: Known
  readonly wasThere: boolean
  readonly isThere: boolean
}

function pairs({ operations, arrival }: Way): readonly Pair[] {
  const isAfterArrival = ({ at }: Known) => arrival !== undefined && at >= arrival.at
  return operations.flatMap((one, place) => {
    const former = operations[place - 1]
    return former ? [{ former, one, wasThere: isAfterArrival(former), isThere: isAfterArrival(one) }] : []
  })
}

function changes({ former, one, isThere }: Pair): readonly Found[] {
  if (isThere) return []
  const isNewPlace = former.station !== one.station && !isOrigin(one.station) && !isDeparture(one.operation)
  return [
    ...(former.wagon === one.wagon ? [] : [eventAt('wagon_changed', `${nameOf(one)} ${one.wagon}`, one)]),
    ...(isNewPlace ? [eventAt('arrived_at_station', nameOf(one), one)] : []),
  ]
}

function idleTimes({ former, one, wasThere }: Pair): readonly Found[] {
  if (wasThere || isHeld(former) || +one.at - +former.at <= longIdleMs) return []
  return [eventAt('long_idle_ended', nameOf(former), one), idleBegan(former)]
}

function trainChanges({ operations, arrival }: Way): readonly Found[] {
  const inTrains = operations.flatMap((one) => (one.train ? [{ one, train: one.train }] : []))
  return inTrains.flatMap(({ one, train }, place) => {
    const former = inTrains[place - 1]?.train
    const isThere = arrival !== undefined && one.at >= arrival.at
    if (!former || isThere || former.index === train.index) return []
    return [eventAt('train_changed', `${nameOf(one)} ${train.index}`, one)]
  })
}

/** An idle time that the last operation began and that the newest report still shows. */
function stillIdle({ operations, seen, arrival }: Way): readonly Found[] {
  const [operation, last] = [operations.at(-1), seen.at(-1)?.stamp]
  if (!operation || !last || arrival || isHeld(operation)) return []
  const event = idleBegan(operation)
  return last > event.happenedAt ? [event] : []
}

function idleBegan(operation: Known): Found {
  const began = new Date(+operation.at + longIdleMs)
  return { ...eventAt('long_idle_began', nameOf(operation), operation), happenedAt: began, knownAt: began }
}

function readdressings(seen: readonly Seen[], operations: readonly Known[]): readonly Found[] {
  return seen.flatMap(({ destination, stamp, operations: named }, place) => {
    const former = seen[place - 1]?.destination
    const at = operations.find((known) => +known.at === +(named.at(-1)?.at ?? 0))
    if (former === undefined || former === destination || !at) return []
    return [{ ...eventAt('destination_changed', `${former} ${destination}`, at), knownAt: stamp }]
  })
}

/** A container that a report of its trip no longer holds, and that has come back. */
function absences(seen: readonly Seen[], stamps: readonly Date[]): readonly Found[] {
  const events: Found[] = []
  const counts = new Map<string, number>()
  seen.forEach((one, place) => {
    const next = seen[place + 1]
    const gone = stamps.find((stamp) => stamp > one.stamp)
    if (!gone || next?.stamp.getTime() === gone.getTime()) return
    const known = operationsOf(seen.slice(0, place + 1).filter(({ waybill }) => waybill === one.waybill))
    const last = known.at(-1)
    if (!last || known.some(({ operation, isLast }) => isLast || isUnloading(operation))) return
    if (+gone - +one.stamp >= droppedMs) return
    const count = (counts.get(nameOf(last)) ?? 0) + 1
    counts.set(nameOf(last), count)
    const name = `${nameOf(last)} ${String(count)}`
    events.push({ ...eventAt('missing', name, last), happenedAt: gone, knownAt: gone })
    if (!next || +next.stamp - +gone >= droppedMs) return
    events.push({ ...eventAt('returned', name, last), happenedAt: next.stamp, knownAt: next.stamp })
  })
  return events
}

function isDeparture(operation: string): boolean {
  return operation.startsWith('Отправление')
}

function isUnloading(operation: string): boolean {
  return /Выгрузка|Выдача/u.test(operation)
}
