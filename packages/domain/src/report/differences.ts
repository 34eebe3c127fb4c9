import { isSameTrip } from '../trip/trip.ts'
import type { ReportedStatus, ReportState } from './report-state.ts'

/** The kinds of changes between two reports to one reader, the most important first. */
export const differenceKinds = [
  'abandoned',
  'missing',
  'destination_changed',
  'arrived',
  'unloaded',
  'picked_up',
  'stood',
  'left',
  'forecast_moved',
  'returned',
  'new_trip',
  'new',
  'gone',
  'wagon_changed',
  'train_changed',
  'moved',
] as const
export type DifferenceKind = (typeof differenceKinds)[number]

/** A value before or after; text is a name or a number from a report. */
export type Compared =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'status'; readonly status: ReportedStatus }
  | { readonly kind: 'moment'; readonly at: Date }
  | { readonly kind: 'km'; readonly km: number }

export interface Difference {
  readonly kind: DifferenceKind
  readonly container: string
  /** Undefined where there was nothing, or nothing was known. */
  readonly before: Compared | undefined
  readonly after: Compared | undefined
  /** Kilometres of a move, hours (signed: later is positive) of a forecast; undefined for everything else. */
  readonly size: number | undefined
}

const hourMs = 3_600_000

/** From which size on a change is a difference. */
export interface DifferenceSettings {
  /** A forecast has moved when it differs by so many hours: less is the noise of one operation. */
  readonly forecastMovedHours: number
}

/** The differences between the last report to a reader and this one, the most important first, among equals the biggest. */
export function differencesOf(
  before: readonly ReportState[],
  after: readonly ReportState[],
  settings: DifferenceSettings,
): readonly Difference[] {
  const former = new Map(before.map((state) => [state.container, state]))
  const present = new Set(after.map(({ container }) => container))
  const found = after.flatMap((state) => {
    const earlier = former.get(state.container)
    return earlier ? between(earlier, state, settings) : [whole('new', state.container, undefined, text(state.station))]
  })
  const gone = before
    .filter(({ container }) => !present.has(container))
    .map(({ container, station }) => whole('gone', container, text(station), undefined))
  return [...found, ...gone].sort(
    (one, other) =>
      rank[one.kind] - rank[other.kind] ||
      Math.abs(other.size ?? 0) - Math.abs(one.size ?? 0) ||
      (one.container < other.container ? -1 : 1),
  )
}

/** Whether a report would say anything else than the one before. */
export function hasChanged(
  before: readonly ReportState[],
  after: readonly ReportState[],
  settings: DifferenceSettings,
): boolean {
  return differencesOf(before, after, settings).length > 0
}

const rank = Object.fromEntries(differenceKinds.map((kind, place) => [kind, place])) as Record<DifferenceKind, number>

const absent: ReadonlySet<ReportedStatus> = new Set(['missing', 'dropped'])
const atEnd: ReadonlySet<ReportedStatus> = new Set(['at_destination', 'unloaded'])

function between(before: ReportState, after: ReportState, settings: DifferenceSettings): readonly Difference[] {
  const { container } = after
  if (absent.has(after.status)) {
    return absent.has(before.status) ? [] : [whole('missing', container, status(before), status(after))]
  }
  if (!isSameJourney(before, after)) return [whole('new_trip', container, text(before.station), text(after.station))]
  return [
    ...(absent.has(before.status)
      ? [whole('returned', container, status(before), status(after))]
      : turn(before, after)),
    ...move(before, after),
    ...forecast(before, after, settings),
    ...renamed('destination_changed', container, before.destination, after.destination),
    ...renamed('wagon_changed', container, before.wagon, after.wagon),
    ...trainChange(before, after),
  ]
}

/** Without a start and a waybill on both sides nothing says that it is another one. */
function isSameJourney(before: ReportState, after: ReportState): boolean {
  const isComparable =
    (before.tripStartedAt !== null && after.tripStartedAt !== null) ||
    (before.waybill !== null && after.waybill !== null)
  return !isComparable || isSameTrip(before, after)
}

/** The one change of the status that a reader waits for. */
function turn(before: ReportState, after: ReportState): readonly Difference[] {
  if (before.status === after.status) return []
  const kind = kindOfTurn(before.status, after.status)
  return kind ? [whole(kind, after.container, status(before), status(after))] : []
}

function kindOfTurn(before: ReportedStatus, after: ReportedStatus): DifferenceKind | undefined {
  if (after === 'unloaded') return 'unloaded'
  if (after === 'at_destination') return 'arrived'
  if (after === 'abandoned') return 'abandoned'
  if (before === 'abandoned') return 'picked_up'
  if (after === 'standing') return 'stood'
  if (after === 'en_route' && (before === 'standing' || before === 'at_origin')) return 'left'
  return undefined
}

/** At the end of the way the arrival says it all. */
function move(before: ReportState, after: ReportState): readonly Difference[] {
  if (atEnd.has(after.status)) return []
  const km = before.kmLeft === undefined || after.kmLeft === undefined ? undefined : before.kmLeft - after.kmLeft
  if (before.station === after.station && (km === undefined || km === 0)) return []
  return [
    {
      kind: 'moved',
      container: after.container,
      before: text(before.station),
      after: text(after.station),
      size: km,
    },
  ]
}

function forecast(
  before: ReportState,
  after: ReportState,
  { forecastMovedHours }: DifferenceSettings,
): readonly Difference[] {
  if (!before.arrivesAt || !after.arrivesAt || atEnd.has(after.status)) return []
  const hours = Math.round((after.arrivesAt.getTime() - before.arrivesAt.getTime()) / hourMs)
  if (Math.abs(hours) < forecastMovedHours) return []
  const at = (moment: Date) => ({ kind: 'moment', at: moment }) as const
  return [
    {
      kind: 'forecast_moved',
      container: after.container,
      before: at(before.arrivesAt),
      after: at(after.arrivesAt),
      size: hours,
    },
  ]
}

/** The index stays with a train over the borders of roads, its number does not. */
function trainChange(before: ReportState, after: ReportState): readonly Difference[] {
  if (before.trainIndex !== undefined && after.trainIndex !== undefined) {
    return renamed('train_changed', after.container, before.trainIndex, after.trainIndex)
  }
  return renamed('train_changed', after.container, before.trainNumber, after.trainNumber)
}

/** A value that only one of the reports names has not changed. */
function renamed(
  kind: DifferenceKind,
  container: string,
  before: string | undefined,
  after: string | undefined,
): readonly Difference[] {
  if (before === undefined || after === undefined || before === after) return []
  return [whole(kind, container, text(before), text(after))]
}

function whole(
  kind: DifferenceKind,
  container: string,
  before: Compared | undefined,
  after: Compared | undefined,
): Difference {
  return { kind, container, before, after, size: undefined }
}

function text(value: string): Compared {
  return { kind: 'text', text: value }
}

function status(state: ReportState): Compared {
  return { kind: 'status', status: state.status }
}
