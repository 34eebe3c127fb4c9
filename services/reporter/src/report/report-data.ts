import {
  factsOf,
  type PositionFacts,
  type PositionStatus,
  type PositionView,
  tripOfPosition,
  type TrainView,
} from '@atermtrack/data'
import { countBy, type Counts, type TripToRoster, tripToRoster } from '@atermtrack/domain'

/** A status, or that the container has left on another trip than that of the train which the report is about. */
export type RowStatus = PositionStatus | 'other_trip'

export interface ReportRow extends Omit<PositionFacts, 'status'> {
  readonly status: RowStatus
  readonly position: PositionView
}

/** The data of a report about the requested containers. */
export interface ReportData {
  /** By destination, within one the nearest first. */
  readonly rows: readonly ReportRow[]
  /** Containers of a train that are known from an earlier trip only, in the order asked. */
  readonly unseen: readonly string[]
  /** The unknown numbers, in the order asked. */
  readonly missing: readonly string[]
  /** The newest stamp among the sources of the rows. */
  readonly asOf: Date | undefined
  /** The newest moment at which a source of the rows arrived, unchanged copies included. */
  readonly confirmedAt: Date | undefined
}

/** Derives status, forecast and idle time of each container and puts them in order. */
export function toReportData(
  containers: readonly string[],
  positions: readonly PositionView[],
  { standingAfterMinutes, train }: { readonly standingAfterMinutes: number; readonly train?: TrainView | undefined },
): ReportData {
  const known = new Map(positions.map((position) => [position.container, position]))
  const asked = [...new Set(containers)]
  const trips = tripsOf(positions, train)
  const rows = asked.flatMap((container): ReportRow[] => {
    const position = known.get(container)
    const trip = trips.get(container)
    if (!position || trip === 'earlier') return []
    const facts = factsOf(position, { standingAfterMinutes })
    return [{ position, ...facts, status: trip === 'later' ? 'other_trip' : facts.status }]
  })
  return {
    unseen: asked.filter((container) => trips.get(container) === 'earlier'),
    rows: rows.sort(byDestinationAndDistance),
    missing: asked.filter((container) => !known.has(container)),
    asOf: newest(rows.flatMap(({ position }) => stampsOf(position))),
    confirmedAt: newest(rows.flatMap(({ position }) => confirmationsOf(position))),
  }
}

/** Compares the trips of the positions with the list of a train. */
function tripsOf(positions: readonly PositionView[], train: TrainView | undefined): ReadonlyMap<string, TripToRoster> {
  if (!train) return new Map()
  const known = new Map(positions.map((position) => [position.container, tripOfPosition(position)]))
  return new Map(
    train.rows.flatMap(({ container, waybill }) => {
      const trip = known.get(container)
      const roster = { sentAt: train.sentAt, waybill: waybill ?? undefined }
      return trip ? [[container, tripToRoster(roster, trip)] as const] : []
    }),
  )
}

/** How often each value occurs, most frequent first, equals in alphabetical order. */
export function countRows<Key extends string>(rows: readonly ReportRow[], keyOf: (row: ReportRow) => Key): Counts<Key> {
  return countBy(rows, keyOf, (one, other) => one.localeCompare(other, 'ru'))
}

function byDestinationAndDistance({ position: a }: ReportRow, { position: b }: ReportRow): number {
  // Without a destination or a distance a row stands behind those that have one.
  if (!a.destination !== !b.destination) return a.destination ? -1 : 1
  return (
    (a.destination?.name ?? '').localeCompare(b.destination?.name ?? '', 'ru') ||
    (a.kmLeft ?? Infinity) - (b.kmLeft ?? Infinity) ||
    a.container.localeCompare(b.container)
  )
}

/** The report that holds the container, and the newest one of its source. */
export function stampsOf({ asOf, sourceStamp }: PositionView): readonly Date[] {
  return sourceStamp ? [asOf, sourceStamp] : [asOf]
}

/** When the source of a position last arrived, unchanged copies included: a container that is missing does not make it silent. */
export function confirmationsOf(position: PositionView): readonly Date[] {
  const { confirmedAt, sourceHeardAt } = position
  return [...stampsOf(position), ...[confirmedAt, sourceHeardAt].filter((moment) => moment !== null)]
}

export function newest(moments: readonly Date[]): Date | undefined {
  return moments.reduce<Date | undefined>((best, moment) => (best && best >= moment ? best : moment), undefined)
}
