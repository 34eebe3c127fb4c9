import { countBy } from '../lists/count-by.ts'
import { type AlertEvent, hoursMoved, momentOf } from './alert-event.ts'

/** An event with what the container's present means for it. */
export interface DescribedEvent extends AlertEvent {
  readonly destination: string | undefined
  /** When it is expected at its destination, or not before; undefined where nobody knows, and after the arrival. */
  readonly expected: { readonly at: Date; readonly isEarliest: boolean } | undefined
}

/** The content of a message about like events. */
export interface EventSummary {
  /** Each container once, in alphabetical order. */
  readonly containers: readonly string[]
  readonly firstAt: Date
  readonly lastAt: Date
  /** Where most of them go; undefined where no destination is known. */
  readonly destination: string | undefined
  /** Those that go elsewhere. */
  readonly elsewhere: readonly { readonly container: string; readonly destination: string }[]
  /** Expected arrival of those that go where most of them go. */
  readonly expected: { readonly from: Date; readonly to: Date; readonly isEarliest: boolean } | undefined
  /** By how many hours forecasts have moved, without sign. */
  readonly hours: { readonly least: number; readonly most: number } | undefined
  /** When their days at the terminal without a charge end, and the roubles a day after them where all pay the same. */
  readonly charged: { readonly from: Date; readonly to: Date; readonly dayRate: number | undefined } | undefined
}

/** Summarises at least one event of one topic: the many in a line, and those that differ by name. */
export function summariseEvents(events: readonly DescribedEvent[]): EventSummary {
  const newest = new Map<string, DescribedEvent>()
  for (const event of events.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime())) {
    newest.set(event.container, event)
  }
  const described = [...newest.values()].toSorted((a, b) => (a.container < b.container ? -1 : 1))
  const destination = mostCommon(described.flatMap((event) => event.destination ?? []))
  const moments = described.map(({ happenedAt }) => happenedAt.getTime())
  return {
    containers: described.map(({ container }) => container),
    firstAt: new Date(Math.min(...moments)),
    lastAt: new Date(Math.max(...moments)),
    destination,
    elsewhere: described.flatMap(({ container, destination: own }) =>
      own === undefined || own === destination ? [] : [{ container, destination: own }],
    ),
    expected: expectedOf(described.filter((event) => event.destination === destination)),
    hours: hoursOf(described),
    charged: chargedOf(described),
  }
}

function expectedOf(events: readonly DescribedEvent[]): EventSummary['expected'] {
  const known = events.flatMap(({ expected }) => expected ?? [])
  if (known.length === 0) return undefined
  const moments = known.map(({ at }) => at.getTime())
  return {
    from: new Date(Math.min(...moments)),
    to: new Date(Math.max(...moments)),
    isEarliest: known.some(({ isEarliest }) => isEarliest),
  }
}

function hoursOf(events: readonly DescribedEvent[]): EventSummary['hours'] {
  const hours = events.flatMap((event) => hoursMoved(event) ?? []).map((moved) => Math.round(Math.abs(moved)))
  return hours.length === 0 ? undefined : { least: Math.min(...hours), most: Math.max(...hours) }
}

function chargedOf(events: readonly DescribedEvent[]): EventSummary['charged'] {
  const moments = events.flatMap(({ details }) => momentOf(details.endsAt) ?? [])
  if (moments.length === 0) return undefined
  const [dayRate, ...others] = new Set(events.map(({ details }) => details.dayRate))
  return {
    from: new Date(Math.min(...moments)),
    to: new Date(Math.max(...moments)),
    dayRate: typeof dayRate === 'number' && others.length === 0 ? dayRate : undefined,
  }
}

/** Of equally frequent names the first by its letters. */
function mostCommon(names: readonly string[]): string | undefined {
  return countBy(
    names,
    (name) => name,
    (a, b) => (a < b ? -1 : 1),
  )[0]?.[0]
}
