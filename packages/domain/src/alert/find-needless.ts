import type { EventKind } from '../event/event.ts'
import { groupBy } from '../lists/group-by.ts'
import { type AlertEvent, momentOf } from './alert-event.ts'

/** An event that ends what another one began. */
const reverses: Readonly<Partial<Record<EventKind, EventKind>>> = {
  picked_up: 'abandoned',
  long_idle_ended: 'long_idle_began',
  returned: 'missing',
}

const hourMs = 3_600_000

/**
 * The events among those that wait to be reported to one reader that need not be reported: what began and ended before anybody was reported,
 * and forecasts that a newer one replaces or takes back: one that is less than `forecastMovedHours` from where it was announced last is no
 * news. Returns their ids.
 */
export function findNeedless(
  waiting: readonly AlertEvent[],
  { forecastMovedHours }: { readonly forecastMovedHours: number },
): ReadonlySet<number> {
  const needless = new Set<number>()
  for (const events of byContainer(waiting)) {
    for (const event of events) dropReversed(event, events, needless)
    dropMovedForecasts(
      events.filter(({ kind }) => kind === 'forecast_moved'),
      forecastMovedHours * hourMs,
      needless,
    )
  }
  return needless
}

/** The events of each trip, in their order. */
function byContainer(events: readonly AlertEvent[]): Iterable<readonly AlertEvent[]> {
  const inOrder = events.toSorted((a, b) => a.happenedAt.getTime() - b.happenedAt.getTime() || a.id - b.id)
  return groupBy(inOrder, ({ container, tripId }) => `${container} ${tripId ?? ''}`).values()
}

function dropReversed(event: AlertEvent, events: readonly AlertEvent[], needless: Set<number>): void {
  const begins = reverses[event.kind]
  if (begins === undefined) return
  const before = events.slice(0, events.indexOf(event))
  const begun = before.findLast(({ kind, id }) => kind === begins && !needless.has(id))
  if (!begun) return
  needless.add(begun.id)
  needless.add(event.id)
}

/** Only the last forecast counts, and only as far from the first as is worth telling. */
function dropMovedForecasts(moves: readonly AlertEvent[], leastMs: number, needless: Set<number>): void {
  for (const move of moves.slice(0, -1)) needless.add(move.id)
  const [first, last] = [moves[0], moves.at(-1)]
  if (!first || !last || first === last) return
  const [from, to] = [momentOf(first.details.from), momentOf(last.details.to)]
  if (from !== undefined && to !== undefined && Math.abs(to - from) < leastMs) needless.add(last.id)
}
