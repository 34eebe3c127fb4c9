import { operationMeanings } from '../trip/status.ts'
import { eventsOfAbsences, type Standing } from './absences.ts'
import type { ContainerPast, DetectedEvent, EventSettings, PastTrip } from './container-past.ts'
import { compareOperations, eventAt, foldTrip, freshTrip, sayDestination, type TripState } from './fold-trip.ts'
import { forecastOf, type Observation } from './observation.ts'
import { eventsOfObservations, idleEvent, stampsWhileNewest } from './observations.ts'
import { eventsOfVisits } from './terminal-events.ts'

export const defaultEventSettings: Omit<EventSettings, 'stampsOf'> = {
  meanings: operationMeanings,
  longIdleHours: 72,
  forecastMovedHours: 12,
  freeDays: [],
}

/** The events of a container, each once, and the stamp from which a report that says nothing new gives others. */
export interface ContainerEvents {
  readonly events: readonly DetectedEvent[]
  readonly wakesAt: Date | undefined
}

/**
 * All that has happened to a container, by what is known of it. Depends on the set of reports, never on the order in which they came:
 * this is what makes an event happen once, whatever is imported again, late, or undone.
 */
export function eventsOf(past: ContainerPast, settings: EventSettings): ContainerEvents {
  const compare = compareOperations(settings.meanings)
  const trips = past.trips
    .filter(({ operations }) => operations.length > 0)
    .map((trip) => foldAll(trip, past, { compare, settings }))
  const steps = inOrder(trips, compare)
  const newest = stampsWhileNewest(
    steps.map(({ operation }) => operation),
    past,
    settings,
  )
  const last = steps.at(-1)
  let wakesAt: Date | undefined
  const ofTrips = trips.flatMap(({ trip, steps: own, events, state }) => {
    const observations = own.flatMap(({ operation, status }): readonly Observation[] => {
      const stamps = newest.get(operation)
      return stamps ? [{ operation, status, stamps, forecast: forecastOf(operation, status) }] : []
    })
    const timed = eventsOfObservations(observations, {
      trip,
      last: own.at(-1)?.operation,
      arrivedAt: state.arrivedAt,
      settings,
    })
    if (own.at(-1) === last && !trip.finishedAt) wakesAt = timed.wakesAt
    return [...events, ...timed.events]
  })
  const all = [...ofTrips, ...eventsOfAbsences(steps, past, settings), ...eventsOfVisits(past.visits, settings)]
  return { events: once(all), wakesAt }
}

/** The steps of all trips; those of one are in their order already. */
function inOrder(trips: readonly FoldedTrip[], compare: ReturnType<typeof compareOperations>): readonly Standing[] {
  const [first] = trips
  if (first && trips.length === 1) return first.steps
  return trips.flatMap(({ steps }) => steps).toSorted((a, b) => compare(a.operation, b.operation))
}

interface FoldedTrip {
  readonly trip: PastTrip
  readonly steps: readonly Standing[]
  readonly events: readonly DetectedEvent[]
  readonly state: TripState
}

function foldAll(
  trip: PastTrip,
  { present }: Pick<ContainerPast, 'present'>,
  { compare, settings }: { readonly compare: ReturnType<typeof compareOperations>; readonly settings: EventSettings },
): FoldedTrip {
  let state = freshTrip
  const events: DetectedEvent[] = []
  const steps: Standing[] = []
  for (const operation of trip.operations.toSorted(compare)) {
    const next = foldTrip(state, operation, { trip, settings })
    for (const event of next.events) {
      events.push(event)
      // Two operations so far apart are the proof that it began.
      if (event.kind === 'long_idle_ended' && state.last) {
        events.push(
          idleEvent(state.last, trip.key, state.last.operatedAt.getTime() + settings.longIdleHours * 3_600_000),
        )
      }
    }
    if (!state.isUnloaded && next.state.status) steps.push({ operation, status: next.state.status, trip })
    state = next.state
  }
  return { trip, steps, events: [...events, ...destinationOfTrip(trip, state, present)], state }
}

/** A newer report of the same operation can name another destination. */
function destinationOfTrip(
  trip: PastTrip,
  { last, destination, isUnloaded }: TripState,
  present: ContainerPast['present'],
): readonly DetectedEvent[] {
  const events: DetectedEvent[] = []
  if (!last || isUnloaded) return events
  sayDestination(destination, trip.destination, {
    tripKey: trip.key,
    say: (kind, identity, details = {}) => {
      const knownAt = present?.stampAt ?? last.stampAt
      events.push(eventAt(last, { kind, identity, details, knownAt, tripKey: trip.key }))
    },
  })
  return events
}

function once(events: readonly DetectedEvent[]): readonly DetectedEvent[] {
  if (events.length < 2) return events
  return [...new Map(events.map((event) => [`${event.kind} ${event.identity}`, event])).values()]
}

/** An event that became known so long before the newest report is no news: nobody waits for it any more. */
const newsHours = 36

/**
 * Whether people are to be notified about an event, measured at the stamp of the newest report. What happened within 36 hours is news:
 * two reports a day may fail and the third still brings it in time. What happened earlier is news only when a report of these
 * hours was the first to name it of a container that had been in the reports before: then nobody could know it sooner.
 */
export function isNews(
  { happenedAt, knownAt }: Pick<DetectedEvent, 'happenedAt' | 'knownAt'>,
  { firstSeenAt, newestAt }: { readonly firstSeenAt: Date | undefined; readonly newestAt: Date },
): boolean {
  const limit = newestAt.getTime() - newsHours * 3_600_000
  if (happenedAt.getTime() >= limit) return true
  return firstSeenAt !== undefined && knownAt > firstSeenAt && knownAt.getTime() >= limit
}
