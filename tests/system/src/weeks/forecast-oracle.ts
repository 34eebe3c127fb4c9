import { eventAt, type Found, hourMs, isHeld, type Known, nameOf, type Seen, type Way } from './oracle-event.ts'

const dayMs = 24 * hourMs
const kmPerDay = 600
const movedMs = 12 * hourMs

/**
 * What follows from forecasts: a norm that a container is expected to miss, once, and a forecast that differs by more than twelve hours
 * from the one announced last, once for each operation.
 */
export function eventsOfForecasts(way: Way): readonly Found[] {
  const sightings = way.seen.flatMap((seen) => onTheWay(seen, way))
  return [...risk(sightings), ...moves(sightings)]
}

/** A container on its way in a report, and when it is expected there. */
interface Forecast {
  readonly seen: Seen
  /** The newest operation of the report. */
  readonly operation: Known
  readonly expectedAt: Date
}

function onTheWay(seen: Seen, { operations, arrival }: Way): readonly Forecast[] {
  const newest = seen.operations.at(-1)
  const operation = operations.find(
    ({ at, operation: name }) => +at === +(newest?.at ?? 0) && name === newest?.operation,
  )
  if (!operation || (arrival && operation.at >= arrival.at)) return []
  const expectedAt = expect(operation, seen.stamp)
  return expectedAt ? [{ seen, operation, expectedAt }] : []
}

/** A day and 600 km a day from the operation on, and never sooner than 600 km a day from the report on. */
function expect({ at, kmLeft }: Known, stamp: Date): Date | undefined {
  if (kmLeft === undefined || kmLeft === 0) return undefined
  const days = Math.round((kmLeft * 10) / kmPerDay + 10) / 10
  return new Date(Math.max(+at + days * dayMs, +stamp + (kmLeft / kmPerDay) * dayMs))
}

/** As long as the norm has not passed, which is worse. */
function risk(forecasts: readonly Forecast[]): readonly Found[] {
  const first = forecasts.find(({ seen: { dueAt, stamp }, expectedAt }) => {
    const end = +dueAt + dayMs
    return +expectedAt > end && +stamp <= end
  })
  if (!first) return []
  const { operation, seen } = first
  const event = eventAt('norm_at_risk', seen.dueAt.toISOString(), operation)
  return [{ ...event, happenedAt: seen.stamp, knownAt: seen.stamp }]
}

/** Nobody announces an arrival while it is not known when a container travels on. */
function moves(forecasts: readonly Forecast[]): readonly Found[] {
  const found = new Map<string, Found>()
  let announced: Date | undefined
  for (const { seen, operation, expectedAt } of forecasts) {
    if (isHeld(operation)) continue
    const from = (announced ??= expectedAt)
    const name = nameOf(operation)
    if (found.has(name) || Math.abs(+expectedAt - +from) <= movedMs) continue
    const event = eventAt('forecast_moved', name, operation)
    found.set(name, { ...event, happenedAt: seen.stamp, knownAt: seen.stamp, moved: { from, to: expectedAt } })
    announced = expectedAt
  }
  return [...found.values()]
}
