import { factsOf, type PositionView } from '@atermtrack/data'
import {
  forecastIn,
  kmBucketOf,
  momentAt,
  type Pace,
  stopsOfWay,
  usualWay,
  type WayOperation,
  type WayPoint,
} from '@atermtrack/domain'
import { picturesTexts as texts, stationName } from '@atermtrack/messages'
import type { PaceLine } from '@atermtrack/pictures'
import { marksOf, momentsOf } from './arrival-strip.ts'
import { dayTicks, kmTicks, spanOf } from './axes.ts'
import { type Picture, shortTime, subtitleOf, type Viewer, wayOf } from './picture.ts'

/** Less than this apart is as usual: reports come some hours after what they say. */
const evenMinutes = 360

/**
 * The kilometres left of one container against time, beside the usual way of its destination from the same start, and the forecast.
 * Undefined for a trip of which no kilometres are known.
 */
export function pacePicture(
  position: PositionView,
  operations: readonly WayOperation[],
  paces: ReadonlyMap<number, Pace>,
  { viewer, standingAfterMinutes }: { readonly viewer: Viewer; readonly standingAfterMinutes: number },
): Picture | undefined {
  const words = texts[viewer.language]
  const { container, asOf, destination } = position
  const facts = factsOf(position, { standingAfterMinutes })
  const own = ownPoints(position, operations, facts.arrival.kind === 'arrived')
  const [start] = own
  if (!start) return undefined
  const usual = usualWay(start, (bucket) => paces.get(bucket))
  const expected = expectedPoints(own, forecastIn(facts.arrival)?.arrivesAt)
  const marks = marksOf(position, facts, viewer)
  const span = spanOf([...own, ...usual, ...expected].map(({ at }) => at).concat(momentsOf(marks)))
  const pace = paces.get(kmBucketOf(start.kmLeft))
  const usualName = pace
    ? words.pace.usual(stationName(destination?.name ?? '', viewer.language), pace.trips)
    : words.pace.plain
  const lines: readonly PaceLine[] = [
    toLine('usual', usualName, usual),
    toLine('own', words.pace.own, own),
    toLine('expected', words.pace.expected, expected),
  ].filter(({ look, points }) => look === 'own' || points.length > 1)
  const way = wayOf(position, viewer)
  const compared = difference(position, own, usual, viewer)
  return {
    chart: {
      kind: 'pace',
      title: words.pace.title(container),
      subtitle: subtitleOf([way, words.asOf(shortTime(asOf, viewer))], asOf, viewer),
      axis: { title: words.pace.axis, ticks: kmTicks(Math.max(...own.map(({ kmLeft }) => kmLeft)), viewer.language) },
      span,
      ticks: dayTicks(span, viewer.zone),
      lines,
      marks,
    },
    lines: [way, ...compared, ...marks.map(({ label }) => label)],
    rowCount: 1,
    asOf,
  }
}

/** Coming and going at each station, to the moment of the data: a container that stands keeps its kilometres. */
function ownPoints(
  { kmLeft, asOf, operatedAt, arrivedAt }: PositionView,
  operations: readonly WayOperation[],
  hasArrived: boolean,
): readonly WayPoint[] {
  const points = stopsOfWay(operations).flatMap(({ from, until, kmLeft: km }) =>
    km === undefined ? [] : [{ at: from, kmLeft: km }, ...(until > from ? [{ at: until, kmLeft: km }] : [])],
  )
  const last = points.at(-1)
  const isBehind = kmLeft !== null && (!last || last.at < operatedAt || last.kmLeft !== kmLeft)
  const known = isBehind ? [...points, { at: operatedAt, kmLeft }] : points
  if (hasArrived) {
    const before = known.filter(({ at, kmLeft: km }) => km > 0 && (!arrivedAt || at < arrivedAt))
    return arrivedAt && before.length > 0 ? [...before, { at: arrivedAt, kmLeft: 0 }] : before
  }
  const end = known.at(-1)
  return end && end.at < asOf ? [...known, { at: asOf, kmLeft: end.kmLeft }] : known
}

function expectedPoints(own: readonly WayPoint[], arrivesAt: Date | undefined): readonly WayPoint[] {
  const last = own.at(-1)
  return last && arrivesAt && last.at < arrivesAt ? [last, { at: arrivesAt, kmLeft: 0 }] : []
}

function toLine(look: PaceLine['look'], name: string, points: readonly WayPoint[]): PaceLine {
  return { look, name, points: points.map(({ at, kmLeft }) => ({ at: at.getTime(), km: kmLeft })) }
}

/** How far the last operation is from the usual way. */
function difference(
  { operatedAt, arrivedAt }: PositionView,
  own: readonly WayPoint[],
  usual: readonly WayPoint[],
  { language }: Viewer,
): readonly string[] {
  const { over, ...present } = texts[language].pace
  const last = own.at(-1)
  const usually = last && momentAt(usual, last.kmLeft)
  if (!usually || own.length < 2) return []
  const isOver = last.kmLeft === 0 && arrivedAt !== null
  const reached = isOver ? arrivedAt : operatedAt
  const words = isOver ? over : present
  const minutes = Math.round((reached.getTime() - usually.getTime()) / 60_000)
  if (Math.abs(minutes) < evenMinutes) return [words.even]
  return [minutes > 0 ? words.behind(minutes) : words.ahead(-minutes)]
}
