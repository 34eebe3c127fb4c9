import {
  attention,
  type AttentionMark,
  type ContainerLinks,
  currentLinks,
  factsOf,
  shownStatus,
  type ShownStatus,
  type PositionFacts,
  type PositionStatus,
  tripOfPosition,
  type TrainView,
} from '@atermtrack/data'
import {
  type Attention,
  attentionOf,
  countBy,
  type Counts,
  type PutAway,
  putAwayOf,
  type TripToRoster,
  tripToRoster,
} from '@atermtrack/domain'
import type { ReportPosition } from './report-position.ts'
import { compareNames, inOrder, type RowOrder } from './row-order.ts'

/** A status, or that the container has left on another trip than that of the train which the report is about. */
export type RowStatus = PositionStatus | 'other_trip'

/** The status of a row as people read it. */
export type ShownRowStatus = ShownStatus | 'other_trip'

export interface ReportRow extends Omit<PositionFacts, 'status'> {
  readonly status: RowStatus
  readonly shown: ShownRowStatus
  readonly position: ReportPosition
}

/** One container of a report with all that its table shows. */
export interface TableRow extends ReportRow {
  /** Why it needs somebody, the most urgent first. */
  readonly attention: readonly Attention[]
  /** The client by the list of its train or by the terminal, else the consignee. */
  readonly client: string | undefined
  readonly terminalTrain: string | undefined
  readonly item: ReportItem | undefined
  /** The decisions of people about it on the attention list. */
  readonly mark: ReportMark | undefined
}

/** A decision about the present trip of a container. */
export interface ReportMark {
  readonly isTaken: boolean
  /** Undefined also where the reader may not see who it is. */
  readonly takenBy: string | undefined
  readonly putAway: PutAway | undefined
  readonly laterUntil: Date | null
  readonly note: string | null
}

/** A person's own words about a container of a subscription. */
export interface ReportItem {
  readonly note: string | null
  readonly orderNumber: string | null
}

/** A container that the railway has not seen, as a terminal describes it. */
export interface VisitRow {
  readonly container: string
  readonly state: 'on_site' | 'left' | 'trucked'
  readonly terminal: string | null
  readonly direction: string | null
}

/** The data of a report about the requested containers. */
export interface ReportData {
  readonly rows: readonly TableRow[]
  /** Containers of a train that are known from an earlier trip only, in the order asked. */
  readonly unseen: readonly string[]
  /** The unknown numbers, in the order asked. */
  readonly missing: readonly string[]
  /** In a workbook for a client: those that only a terminal has named. */
  readonly visits?: readonly VisitRow[]
  readonly items: ReadonlyMap<string, ReportItem>
  /** The newest stamp among the sources of the rows. */
  readonly asOf: Date | undefined
  /** The newest moment at which a source of the rows arrived, unchanged copies included. */
  readonly confirmedAt: Date | undefined
}

export interface DataOptions {
  readonly standingAfterMinutes: number
  /** Zone of a terminal's own times where its report names none. */
  readonly sourceZone: string
  readonly train?: TrainView | undefined
  readonly links?: ReadonlyMap<string, ContainerLinks>
  readonly items?: ReadonlyMap<string, ReportItem>
  readonly order?: RowOrder
  /** Undefined where nobody asks for decisions. */
  readonly marks?: Marks | undefined
}

export interface Marks {
  readonly found: ReadonlyMap<string, AttentionMark>
  readonly now: Date
  /** False in a group: its members need not be people who share the marks. */
  readonly showsNames: boolean
}

const none: ReadonlyMap<string, never> = new Map<string, never>()

/** Derives status, forecast, norm and what needs attention of each container and puts them in order. */
export function toReportData(
  containers: readonly string[],
  positions: readonly ReportPosition[],
  options: DataOptions,
): ReportData {
  const { train, items = none, order = 'destination' } = options
  const known = new Map(positions.map((position) => [position.container, position]))
  const asked = [...new Set(containers)]
  const trips = tripsOf(positions, train)
  const rows = asked.flatMap((container): TableRow[] => {
    const position = known.get(container)
    const trip = trips.get(container)
    if (!position || trip === 'earlier') return []
    return [toRow(position, trip === 'later', options)]
  })
  return {
    unseen: asked.filter((container) => trips.get(container) === 'earlier'),
    rows: inOrder(rows, order),
    missing: asked.filter((container) => !known.has(container)),
    items,
    asOf: newest(rows.flatMap(({ position }) => stampsOf(position))),
    confirmedAt: newest(rows.flatMap(({ position }) => confirmationsOf(position))),
  }
}

function toRow(position: ReportPosition, isOnOtherTrip: boolean, options: DataOptions): TableRow {
  const { standingAfterMinutes, sourceZone, links = none, items = none } = options
  const facts = factsOf(position, { standingAfterMinutes })
  const tied = links.get(position.container)
  const current = tied && currentLinks(tied, position, { standingAfterMinutes, sourceZone })
  return {
    position,
    ...facts,
    status: isOnOtherTrip ? 'other_trip' : facts.status,
    shown: isOnOtherTrip ? 'other_trip' : shownStatus(position, facts),
    attention: isOnOtherTrip ? [] : attentionTo(position, facts),
    client: clientOf(current, position),
    terminalTrain: current?.train?.code,
    item: items.get(position.container),
    mark: options.marks && markOf(position, facts, options.marks),
  }
}

function markOf(
  position: ReportPosition,
  facts: PositionFacts,
  { found, now, showsNames }: Marks,
): ReportMark | undefined {
  const mark = found.get(position.container)
  if (!mark || mark.tripId !== mark.presentTripId) return undefined
  const { takenAt, takenByName, laterUntil, note } = mark
  const reasons = attention.attentionOfPosition(position, facts)
  const present = { tripId: mark.presentTripId, operatedAt: position.operatedAt, attention: reasons }
  return {
    isTaken: takenAt !== null,
    takenBy: showsNames ? (takenByName ?? undefined) : undefined,
    putAway: putAwayOf(present, mark, now),
    laterUntil,
    note,
  }
}

function clientOf(links: ContainerLinks | undefined, { consignee }: ReportPosition): string | undefined {
  return links?.train?.client ?? links?.stay?.client ?? consignee ?? undefined
}

function attentionTo(position: ReportPosition, { status, isOver, norm }: PositionFacts): readonly Attention[] {
  if (status === 'dropped' || (isOver && status !== 'at_destination')) return []
  return attentionOf({
    status,
    operatedAt: position.operatedAt,
    stampAt: position.asOf,
    missingSince: position.missingSince ?? undefined,
    arrivedAt: position.arrivedAt ?? undefined,
    norm,
  })
}

/** Compares the trips of the positions with the list of a train. */
function tripsOf(
  positions: readonly ReportPosition[],
  train: TrainView | undefined,
): ReadonlyMap<string, TripToRoster> {
  if (!train) return none
  const known = new Map(positions.map((position) => [position.container, tripOfPosition(position)]))
  return new Map(
    train.rows.flatMap(({ container, waybill }) => {
      const trip = known.get(container)
      const roster = { sentAt: train.sentAt, waybill: waybill ?? undefined }
      return trip ? [[container, tripToRoster(roster, trip)] as const] : []
    }),
  )
}

/** How many containers a report says something of. */
export function countKnown({ rows, unseen, visits = [] }: Pick<ReportData, 'rows' | 'unseen' | 'visits'>): number {
  return rows.length + unseen.length + visits.length
}

/** How often each value occurs, most frequent first, equals in alphabetical order. */
export function countRows<Key extends string>(rows: readonly ReportRow[], keyOf: (row: ReportRow) => Key): Counts<Key> {
  return countBy(rows, keyOf, compareNames)
}

/** The report that holds the container, and the newest one of its source. */
export function stampsOf({ asOf, sourceStamp }: ReportPosition): readonly Date[] {
  return sourceStamp ? [asOf, sourceStamp] : [asOf]
}

/** When the source of a position last arrived, unchanged copies included: a container that is missing does not make it silent. */
export function confirmationsOf(position: ReportPosition): readonly Date[] {
  const { confirmedAt, sourceHeardAt } = position
  return [...stampsOf(position), ...[confirmedAt, sourceHeardAt].filter((moment) => moment !== null)]
}

export function newest(moments: readonly Date[]): Date | undefined {
  return moments.reduce<Date | undefined>((best, moment) => (best && best >= moment ? best : moment), undefined)
}
