import type { TrainView } from '@atermtrack/data'
import {
  countBy,
  endOfNorm,
  forecastIn,
  mainStops,
  stayMinutes,
  stopsOfWay,
  type WayOperation,
  type WayStop,
} from '@atermtrack/domain'
import { picturesTexts as texts, stationName } from '@atermtrack/messages'
import type { RouteStop, TimeMark } from '@atermtrack/pictures'
import type { ReportData, TableRow } from '../report/report-data.ts'
import { stripOf, windowMark } from './arrival-strip.ts'
import { fullDay, type Picture, shortTime, subtitleOf, type Viewer } from './picture.ts'

const mostStops = 6
const mostPlaces = 7

/** The containers of a train that are on its trip and in the newest reports. */
export function presentOf({ rows }: Pick<ReportData, 'rows'>): readonly TableRow[] {
  return rows.filter(({ status }) => status !== 'other_trip' && status !== 'missing' && status !== 'dropped')
}

/** The container that shows the way of a train: of those at the station where most are, the one that is nearest to the destination. */
export function leadOf(present: readonly TableRow[]): TableRow | undefined {
  const main = countBy(present, stationOf)[0]?.[0]
  return present
    .filter((row) => stationOf(row) === main)
    .toSorted(
      (a, b) =>
        (a.position.kmLeft ?? Infinity) - (b.position.kmLeft ?? Infinity) ||
        a.position.container.localeCompare(b.position.container),
    )[0]
}

/** The way of a train with the stations where its containers are. `operations` are those of the trip of `leadOf`. Undefined before it is seen. */
export function trainPicture(
  {
    train,
    data,
    operations,
  }: { readonly train: TrainView; readonly data: ReportData; readonly operations: readonly WayOperation[] },
  { viewer, sourceZone }: { readonly viewer: Viewer; readonly sourceZone: string },
): Picture | undefined {
  const words = texts[viewer.language]
  const present = presentOf(data)
  const lead = leadOf(present)
  if (!lead) return undefined
  const asOf = data.asOf ?? lead.position.asOf
  const marks = marksOfTrain(present, asOf, { viewer, sourceZone })
  const stops = stopsOf(present, operations, viewer)
  const seen = words.train.seen(present.length, train.rows.length)
  const late = present.filter(({ norm }) => norm.kind === 'at_risk' || (norm.kind === 'late' && !norm.isFinal)).length
  return {
    chart: {
      kind: 'route',
      title: words.train.title(train.code),
      subtitle: subtitleOf([seen, words.asOf(shortTime(asOf, viewer))], asOf, viewer),
      stops,
      strip: stripOf(words.train.strip, marks, viewer),
    },
    lines: [
      seen,
      ...stops.flatMap(({ name, count }) => (count === undefined ? [] : [`${name}: ${count}`])),
      ...marks.map(({ label }) => label),
      ...(late > 0 ? [words.marks.late(late)] : []),
    ],
    rowCount: present.length,
    asOf: data.asOf,
  }
}

function stationOf({ position }: TableRow): string {
  return position.station.name
}

interface Place {
  readonly stop: WayStop | undefined
  readonly name: string
  readonly km: number | undefined
  readonly count: number
}

/** The stops of the lead with how many containers are at each, and other stations in between by their kilometres. */
function stopsOf(
  present: readonly TableRow[],
  operations: readonly WayOperation[],
  viewer: Viewer,
): readonly RouteStop[] {
  const words = texts[viewer.language]
  const all = stopsOfWay(operations)
  const total = totalOf(present, all)
  const kmOf = (kmLeft: number | null | undefined) =>
    total === undefined || typeof kmLeft !== 'number' ? undefined : Math.max(0, total - kmLeft)
  const counts = new Map(countBy(present, stationOf))
  const main = new Set([...counts.keys()].slice(0, mostPlaces))
  const shown = mainStops(all, mostStops)
  const kept = all.filter((stop) => shown.includes(stop) || main.has(stop.station))
  const ownStops = kept.map((stop, index): Place => {
    const isLast = !kept.slice(index + 1).some(({ station }) => station === stop.station)
    return { stop, name: stop.station, km: kmOf(stop.kmLeft), count: isLast ? (counts.get(stop.station) ?? 0) : 0 }
  })
  const others = [...main]
    .filter((name) => !kept.some(({ station }) => station === name))
    .map((name): Place => {
      const there = present.find((row) => stationOf(row) === name)
      return { stop: undefined, name, km: kmOf(there?.position.kmLeft), count: counts.get(name) ?? 0 }
    })
  const destination = countBy(present, ({ position }) => position.destination?.name)[0]?.[0]
  const end: readonly Place[] =
    destination === undefined || ownStops.concat(others).some(({ name }) => name === destination)
      ? []
      : [{ stop: undefined, name: destination, km: total, count: 0 }]
  const left = counts.size - main.size
  const places = [...inOrder([...ownStops, ...others]), ...end]
  return [
    ...places.map((place): RouteStop => toStop(place, { isEnd: end.includes(place), viewer })),
    ...(left > 0 ? [{ name: words.stops(left), km: undefined, state: 'between' as const, lines: [] }] : []),
  ]
}

function toStop(
  { stop, name, km, count }: Place,
  { isEnd, viewer }: { readonly isEnd: boolean; readonly viewer: Viewer },
): RouteStop {
  const words = texts[viewer.language]
  const stay = stop && stayMinutes(stop) >= 60 && count === 0
  const times =
    stop &&
    (stay
      ? words.route.stay(`${shortTime(stop.from, viewer)} – ${shortTime(stop.until, viewer)}`, stayMinutes(stop))
      : shortTime(stop.until, viewer))
  return {
    name: stationName(name, viewer.language),
    km,
    kmLabel: km === undefined ? undefined : words.km(km),
    state: isEnd ? 'ahead' : count > 0 ? 'here' : 'passed',
    lines: times === undefined ? [] : [times],
    count: count > 0 ? words.train.here(count) : undefined,
  }
}

/** By kilometre; a station of which none are known stays behind the one before it. */
function inOrder(places: readonly Place[]): readonly Place[] {
  let before = 0
  return places
    .map((place) => {
      before = place.km ?? before
      return { place, at: before }
    })
    .toSorted((a, b) => a.at - b.at)
    .map(({ place }) => place)
}

function totalOf(present: readonly TableRow[], stops: readonly WayStop[]): number | undefined {
  const totals = present.flatMap(({ position: { kmTotal } }) => kmTotal ?? [])
  const known =
    totals.length > 0
      ? totals
      : [...stops.flatMap(({ kmLeft }) => kmLeft ?? []), ...present.flatMap(({ position: { kmLeft } }) => kmLeft ?? [])]
  return known.length === 0 ? undefined : Math.max(...known)
}

/** The data, the forecasts from the first container to the last, and the first norm of those that have not arrived. */
function marksOfTrain(
  present: readonly TableRow[],
  asOf: Date,
  { viewer, sourceZone }: { readonly viewer: Viewer; readonly sourceZone: string },
): readonly TimeMark[] {
  const words = texts[viewer.language].marks
  const now: TimeMark = { kind: 'now', at: asOf.getTime(), label: texts[viewer.language].asOf(shortTime(asOf, viewer)) }
  const underway = present.filter(({ arrival }) => arrival.kind !== 'arrived')
  const spans = underway.flatMap(({ arrival }) => {
    const forecast = forecastIn(arrival)
    if (!forecast) return []
    return [forecast.measured ?? { from: forecast.arrivesAt, to: forecast.arrivesAt }]
  })
  const norms = underway.flatMap(({ norm }) => (norm.kind === 'unknown' ? [] : [norm.dueAt]))
  const firstNorm = norms.toSorted((a, b) => a.getTime() - b.getTime())[0]
  return [
    now,
    ...(spans.length === 0
      ? []
      : [
          windowMark(
            {
              from: new Date(Math.min(...spans.map(({ from }) => from.getTime()))),
              to: new Date(Math.max(...spans.map(({ to }) => to.getTime()))),
            },
            viewer,
          ),
        ]),
    ...(firstNorm
      ? [
          {
            kind: 'norm' as const,
            at: endOfNorm(firstNorm).getTime() - 60_000,
            label: words.firstNorm(fullDay(firstNorm, sourceZone)),
          },
        ]
      : []),
  ]
}
