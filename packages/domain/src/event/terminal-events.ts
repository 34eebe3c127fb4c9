import { type FreeDays, freeDaysOf } from '../terminal/free-days.ts'
import { isoText } from '../values/iso-text.ts'
import type { DetectedEvent, EventSettings, PastVisit } from './container-past.ts'
import type { EventKind } from './event.ts'
import { hourMs } from './fold-trip.ts'

const dayMs = 24 * hourMs

/** The events of the stays of a container at terminals: it came, it left, and the days without a charge end within a day. */
export function eventsOfVisits(
  visits: readonly PastVisit[],
  { freeDays }: Pick<EventSettings, 'freeDays'>,
): readonly DetectedEvent[] {
  return visits.flatMap((visit) => {
    const { arrivedAt, dispatchedAt } = visit
    const place = visit.terminal === undefined ? {} : { terminal: visit.terminal }
    const came = arrivedAt ? [visitEvent(visit, 'came_to_terminal', arrivedAt, place)] : []
    const left = dispatchedAt ? [visitEvent(visit, 'left_terminal', dispatchedAt, place)] : []
    return [...came, ...left, ...endOfFreeDays(visit, freeDays)]
  })
}

/** A container that the newest report still shows on site a day before the end, or later, is to be taken. */
function endOfFreeDays(visit: PastVisit, rules: readonly FreeDays[]): readonly DetectedEvent[] {
  const { arrivedAt, onSite, stampAt } = visit
  const rule = arrivedAt && freeDaysOf(visit, rules)
  if (!arrivedAt || !rule) return []
  const endsAt = arrivedAt.getTime() + rule.days * dayMs
  const warnedAt = new Date(Math.max(arrivedAt.getTime(), endsAt - dayMs))
  // A container that left before the warning needs none; afterwards it stays a fact of the stay.
  if (onSite ? stampAt < warnedAt : !visit.dispatchedAt || visit.dispatchedAt <= warnedAt) return []
  const details = {
    ...(visit.terminal !== undefined && { terminal: visit.terminal }),
    endsAt: isoText(new Date(endsAt)),
    days: rule.days,
    ...(rule.dayRate !== undefined && { dayRate: rule.dayRate }),
  }
  return [visitEvent(visit, 'free_days_end', warnedAt, details)]
}

function visitEvent(
  visit: PastVisit,
  kind: EventKind,
  happenedAt: Date,
  details: DetectedEvent['details'],
): DetectedEvent {
  return {
    kind,
    identity: visit.key,
    happenedAt,
    // The first report of the stay is not known any more, and the time itself is near enough.
    knownAt: happenedAt,
    stationId: undefined,
    trainNumber: undefined,
    trainIndex: undefined,
    tripKey: undefined,
    details,
  }
}
