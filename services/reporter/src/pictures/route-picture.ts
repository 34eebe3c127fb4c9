import { factsOf, type PositionFacts, type PositionView } from '@atermtrack/data'
import {
  isSameStation,
  mainStops,
  standingMinutes,
  stayMinutes,
  stopsOfWay,
  type WayOperation,
  type WayStop,
} from '@atermtrack/domain'
import { operationInSentence, picturesTexts as texts, reportTexts, stationName } from '@atermtrack/messages'
import type { RouteStop } from '@atermtrack/pictures'
import { marksOf, stripOf } from './arrival-strip.ts'
import { type Picture, shortTime, subtitleOf, type Viewer, wayOf } from './picture.ts'

const mostStops = 7
/** Shorter stays are not worth a word. */
const leastStay = 60

/** The way of one container: its stations by kilometre with their times, and when it is to arrive. `operations` are those of its trip. */
export function routePicture(
  position: PositionView,
  operations: readonly WayOperation[],
  { viewer, standingAfterMinutes }: { readonly viewer: Viewer; readonly standingAfterMinutes: number },
): Picture {
  const words = texts[viewer.language]
  const { container, asOf } = position
  const facts = factsOf(position, { standingAfterMinutes })
  const marks = marksOf(position, facts, viewer)
  const stops = toStops(position, operations)
  const way = wayOf(position, viewer)
  return {
    chart: {
      kind: 'route',
      title: words.route.title(container),
      subtitle: subtitleOf([words.asOf(shortTime(asOf, viewer))], asOf, viewer),
      stops: [
        ...passedStops(position, stops, viewer),
        hereStop(position, facts, viewer),
        ...aheadStop(position, facts, viewer),
      ],
      strip: stripOf(words.route.strip, marks, viewer),
    },
    lines: [
      way,
      `${stationName(position.station.name, viewer.language)}: ${reportTexts[viewer.language].statuses[facts.status]}`,
      ...(facts.progress === undefined ? [] : [words.route.progress(facts.progress)]),
      ...marks.map(({ label }) => label),
    ],
    rowCount: 1,
    asOf,
  }
}

/** The stations before the present one, the origin first. */
function toStops(
  { station, origin, operatedAt }: PositionView,
  operations: readonly WayOperation[],
): readonly WayStop[] {
  const all = stopsOfWay(operations)
  const passed = all.at(-1)?.station === station.name ? all.slice(0, -1) : all
  const isKnown = !origin || origin.name === station.name || passed[0]?.station === origin.name
  if (isKnown) return passed
  const from = passed[0]?.from ?? operatedAt
  return [{ station: origin.name, from, until: from, kmLeft: undefined }, ...passed]
}

function passedStops(position: PositionView, stops: readonly WayStop[], viewer: Viewer): readonly RouteStop[] {
  const words = texts[viewer.language]
  const total = totalOf(position, stops)
  let farthest = 0
  return mainStops(stops, mostStops).map((stop): RouteStop => {
    if (typeof stop === 'number') return { name: words.stops(stop), km: undefined, state: 'between', lines: [] }
    const isOrigin = stop === stops[0]
    const done = total === undefined || stop.kmLeft === undefined ? undefined : Math.max(farthest, total - stop.kmLeft)
    const km = done ?? (isOrigin ? 0 : undefined)
    farthest = km ?? farthest
    return {
      name: stationName(stop.station, viewer.language),
      km,
      kmLabel: km === undefined ? undefined : words.km(km),
      state: 'passed',
      lines: timesOf(position, stop, viewer),
    }
  })
}

/** None for an origin that no operation names. */
function timesOf({ origin }: PositionView, stop: WayStop, viewer: Viewer): readonly string[] {
  const isNamedOnly = stop.kmLeft === undefined && stop.station === origin?.name && stayMinutes(stop) === 0
  if (isNamedOnly) return []
  const minutes = stayMinutes(stop)
  const [from, until] = [shortTime(stop.from, viewer), shortTime(stop.until, viewer)]
  if (minutes < leastStay) return [until]
  return [texts[viewer.language].route.stay(`${from} – ${until}`, minutes)]
}

/** The length of the whole way: by the report, or else the farthest distance on it. */
function totalOf({ kmTotal, kmLeft }: PositionView, stops: readonly WayStop[]): number | undefined {
  if (kmTotal !== null && kmTotal > 0) return kmTotal
  const known = [...stops.map((stop) => stop.kmLeft), kmLeft].filter((km) => typeof km === 'number')
  return known.length === 0 ? undefined : Math.max(...known)
}

function hereStop(position: PositionView, facts: PositionFacts, viewer: Viewer): RouteStop {
  const words = texts[viewer.language]
  const { station, operation, operatedAt, kmLeft } = position
  const total = totalOf(position, [])
  const km = total === undefined || kmLeft === null ? undefined : Math.max(0, total - kmLeft)
  const standing = standingMinutes(facts.idleness)
  return {
    name: stationName(station.name, viewer.language),
    km,
    kmLabel: km === undefined ? undefined : words.km(km),
    state: 'here',
    lines: [
      [
        reportTexts[viewer.language].statuses[facts.status],
        ...(standing === undefined ? [] : [words.route.idle(standing)]),
      ].join(', '),
      `${shortTime(operatedAt, viewer)}, ${operationInSentence(operation, viewer.language)}`,
      ...(kmLeft === null || facts.isOver || kmLeft === 0 ? [] : [words.route.left(kmLeft)]),
    ],
  }
}

/** The destination, unless it is reached. */
function aheadStop(position: PositionView, { isOver }: PositionFacts, viewer: Viewer): readonly RouteStop[] {
  const { station, destination } = position
  const words = texts[viewer.language]
  const isReached =
    destination &&
    isSameStation(
      { name: station.name, code: station.code ?? undefined },
      { name: destination.name, code: destination.code ?? undefined },
    )
  if (isOver || isReached === true) return []
  const km = totalOf(position, [])
  return [
    {
      name: destination ? stationName(destination.name, viewer.language) : words.route.destination,
      km,
      kmLabel: km === undefined ? undefined : words.km(km),
      state: 'ahead',
      lines: [],
    },
  ]
}
