import {
  factsOf,
  type PositionStatus,
  type PositionView,
  tripOfPosition,
  type TrainRow,
  type TrainView,
} from '@atermtrack/data'
import { countBy, type Counts, forecastIn, tripToRoster } from '@atermtrack/domain'
import { freshestOf } from '../lookup/freshness.ts'

/** Where a box of the list stands with this train: as the railway sees it, not seen yet, or gone on another trip already. */
export type ContainerState = PositionStatus | 'unseen' | 'other_trip'

export interface TrainContainer {
  readonly container: string
  readonly client: string | undefined
  readonly state: ContainerState
  /** Undefined for a box that nobody has seen on this trip. */
  readonly position: PositionView | undefined
}

export interface Range<T> {
  readonly from: T
  readonly to: T
}

export interface Arrival {
  readonly at: Date
  readonly zone: string
  /** The train is abandoned: it comes no earlier. */
  readonly isEarliest: boolean
}

/** What there is to say of a train as a whole. */
export interface TrainPicture {
  /** In the order of the list. */
  readonly boxes: readonly TrainContainer[]
  /** Those that the railway has seen on the trip of the list. */
  readonly seen: number
  /** Those that have left on another trip since: nothing else counts them. */
  readonly onOtherTrips: number
  /** Of the boxes that are in the newest reports. */
  readonly stations: Counts<string>
  readonly states: Counts<ContainerState>
  readonly clients: Counts<string | undefined>
  /** Boxes that are not with most of the others, those in the worst state first. */
  readonly odd: readonly TrainContainer[]
  /** Kilometres left of the boxes that have not arrived. */
  readonly km: Range<number> | undefined
  /** Of those that are expected; of abandoned ones where all are abandoned. */
  readonly arrivals: Range<Arrival> | undefined
  /** The newest of the positions. */
  readonly newest: PositionView | undefined
}

interface PictureSettings {
  readonly standingAfterMinutes: number
}

/** Puts the list of a train and the positions of its boxes together. */
export function trainPicture(
  train: TrainView,
  known: ReadonlyMap<string, PositionView>,
  settings: PictureSettings,
): TrainPicture {
  const boxes = train.rows.map((row) => toBox(row, known.get(row.container), train.sentAt, settings))
  const own = boxes.filter(({ state }) => state !== 'other_trip')
  const seen = own.filter(isSeen)
  const present = seen.filter(({ state }) => !absentStates.has(state))
  const underWay = present.filter(({ state }) => !arrivedStates.has(state)).map(({ position }) => position)
  return {
    boxes,
    seen: seen.length,
    stations: countBy(present, stationOf),
    onOtherTrips: boxes.length - own.length,
    states: countBy(own, ({ state }) => state),
    clients: countBy(boxes, ({ client }) => client),
    odd: oddOnes(own, present),
    km: rangeOf(
      underWay.map(({ kmLeft }) => kmLeft).filter((km) => km !== null),
      (km) => km,
    ),
    arrivals: arrivalsOf(underWay, settings),
    newest: freshestOf(boxes.map(({ position }) => position)),
  }
}

type SeenBox = TrainContainer & { readonly position: PositionView }

const arrivedStates: ReadonlySet<ContainerState> = new Set(['unloaded', 'at_destination'])
const absentStates: ReadonlySet<ContainerState> = new Set(['missing', 'dropped'])
const heldStates: ReadonlySet<ContainerState> = new Set(['abandoned', 'standing'])
const fromWorst: readonly ContainerState[] = ['missing', 'dropped', 'abandoned', 'standing']

function toBox(
  { container, client, waybill }: TrainRow,
  position: PositionView | undefined,
  sentAt: Date,
  settings: PictureSettings,
): TrainContainer {
  const box = { container, client: client ?? undefined }
  if (!position) return { ...box, state: 'unseen', position }
  const { status } = factsOf(position, settings)
  // Numbers are used again: what is known can be the trip before this train, or one after it.
  const trip = tripToRoster({ sentAt, waybill: waybill ?? undefined }, tripOfPosition(position))
  if (trip === 'earlier') return { ...box, state: 'unseen', position: undefined }
  return { ...box, state: trip === 'later' ? 'other_trip' : status, position }
}

function isSeen(box: TrainContainer): box is SeenBox {
  return box.position !== undefined
}

function stationOf({ position }: SeenBox): string {
  return position.station.name
}

/** A state that most boxes of the biggest group share makes none of them an odd one. */
function oddOnes(boxes: readonly TrainContainer[], present: readonly SeenBox[]): readonly TrainContainer[] {
  if (!boxes.some(isSeen)) return []
  const mainStation = countBy(present, stationOf)[0]?.[0]
  const mainGroup = present.filter((box) => stationOf(box) === mainStation)
  const mainState = countBy(mainGroup, ({ state }) => state)[0]?.[0]
  const isOdd = (box: TrainContainer) =>
    !isSeen(box) ||
    absentStates.has(box.state) ||
    stationOf(box) !== mainStation ||
    (heldStates.has(box.state) && box.state !== mainState)
  return boxes.filter(isOdd).toSorted((a, b) => severity(a) - severity(b))
}

/** The unseen ones, often many, come last. */
function severity({ state }: TrainContainer): number {
  if (state === 'unseen') return fromWorst.length + 1
  const place = fromWorst.indexOf(state)
  return place === -1 ? fromWorst.length : place
}

function arrivalsOf(positions: readonly PositionView[], settings: PictureSettings): Range<Arrival> | undefined {
  const forecasts = positions.flatMap((position) => {
    const forecast = forecastIn(factsOf(position, settings).arrival)
    return forecast ? [{ at: forecast.arrivesAt, zone: position.zone, isEarliest: forecast.kind === 'not_before' }] : []
  })
  const expected = forecasts.filter(({ isEarliest }) => !isEarliest)
  return rangeOf(expected.length > 0 ? expected : forecasts, ({ at }) => at.getTime())
}

function rangeOf<T>(items: readonly T[], value: (item: T) => number): Range<T> | undefined {
  const sorted = items.toSorted((a, b) => value(a) - value(b))
  const from = sorted[0]
  const to = sorted.at(-1)
  return from === undefined || to === undefined ? undefined : { from, to }
}
