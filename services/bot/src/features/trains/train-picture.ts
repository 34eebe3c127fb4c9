import { factsOf, type PositionStatus, type PositionView, type TrainRow, type TrainView } from '@atermtrack/data'
import { countBy, type Counts } from '../../count-by.ts'

/** Where a box of the list stands with this train: as the railway sees it, not seen yet, or gone on another trip already. */
export type BoxState = PositionStatus | 'unseen' | 'other_trip'

export interface TrainBox {
  readonly container: string
  readonly client: string | undefined
  readonly state: BoxState
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
}

/** What there is to say of a train as a whole. */
export interface TrainPicture {
  /** In the order of the list. */
  readonly boxes: readonly TrainBox[]
  readonly seen: number
  /** Of the boxes that are in the newest reports. */
  readonly stations: Counts<string>
  readonly states: Counts<BoxState>
  readonly clients: Counts<string | undefined>
  /** Boxes that are not with most of the others, those in the worst state first. */
  readonly odd: readonly TrainBox[]
  /** Kilometres left of the boxes that have not arrived. */
  readonly km: Range<number> | undefined
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
  const seen = boxes.filter(isSeen)
  const present = seen.filter(({ state }) => !absentStates.has(state))
  const underWay = present.filter(({ state }) => !arrivedStates.has(state)).map(({ position }) => position)
  return {
    boxes,
    seen: seen.length,
    stations: countBy(present, stationOf),
    states: countBy(boxes, ({ state }) => state),
    clients: countBy(boxes, ({ client }) => client),
    odd: oddOnes(boxes, present),
    km: rangeOf(
      underWay.map(({ kmLeft }) => kmLeft).filter((km) => km !== null),
      (km) => km,
    ),
    arrivals: arrivalsOf(underWay, settings),
    newest: seen.map(({ position }) => position).toSorted((a, b) => b.asOf.getTime() - a.asOf.getTime())[0],
  }
}

type SeenBox = TrainBox & { readonly position: PositionView }

const otherTripAfterMs = 7 * 86_400_000
const arrivedStates: ReadonlySet<BoxState> = new Set(['unloaded', 'at_destination'])
const absentStates: ReadonlySet<BoxState> = new Set(['missing', 'dropped', 'other_trip'])
const heldStates: ReadonlySet<BoxState> = new Set(['abandoned', 'standing'])
const fromWorst: readonly BoxState[] = ['missing', 'dropped', 'abandoned', 'standing']

function toBox(
  { container, client, waybill }: TrainRow,
  position: PositionView | undefined,
  sentAt: Date,
  settings: PictureSettings,
): TrainBox {
  const box = { container, client: client ?? undefined }
  if (!position) return { ...box, state: 'unseen', position }
  const { status } = factsOf(position, settings)
  const isOtherWaybill = waybill !== null && position.waybill !== null && waybill !== position.waybill
  if (!isOtherWaybill) return { ...box, state: status, position }
  // Numbers are used again: what is known can be the trip before this train, or one after it.
  const isOver = status === 'unloaded' || position.tripEndedAt !== null
  if (isOver && position.operatedAt < sentAt) return { ...box, state: 'unseen', position: undefined }
  const startedMs = position.tripStartedAt?.getTime() ?? 0
  return { ...box, state: startedMs - sentAt.getTime() > otherTripAfterMs ? 'other_trip' : status, position }
}

function isSeen(box: TrainBox): box is SeenBox {
  return box.position !== undefined
}

function stationOf({ position }: SeenBox): string {
  return position.station.name
}

/** A state that most boxes of the biggest group share makes none of them an odd one. */
function oddOnes(boxes: readonly TrainBox[], present: readonly SeenBox[]): readonly TrainBox[] {
  if (!boxes.some(isSeen)) return []
  const mainStation = countBy(present, stationOf)[0]?.[0]
  const mainGroup = present.filter((box) => stationOf(box) === mainStation)
  const mainState = countBy(mainGroup, ({ state }) => state)[0]?.[0]
  const isOdd = (box: TrainBox) =>
    !isSeen(box) ||
    absentStates.has(box.state) ||
    stationOf(box) !== mainStation ||
    (heldStates.has(box.state) && box.state !== mainState)
  return boxes.filter(isOdd).toSorted((a, b) => severity(a) - severity(b))
}

/** The unseen ones, often many, come last. */
function severity({ state }: TrainBox): number {
  if (state === 'unseen') return fromWorst.length + 1
  const place = fromWorst.indexOf(state)
  return place === -1 ? fromWorst.length : place
}

function arrivalsOf(positions: readonly PositionView[], settings: PictureSettings): Range<Arrival> | undefined {
  const arrivals = positions.flatMap((position) => {
    const { forecast } = factsOf(position, settings)
    return forecast ? [{ at: forecast.arrivesAt, zone: position.zone }] : []
  })
  return rangeOf(arrivals, ({ at }) => at.getTime())
}

function rangeOf<T>(items: readonly T[], value: (item: T) => number): Range<T> | undefined {
  const sorted = items.toSorted((a, b) => value(a) - value(b))
  const from = sorted[0]
  const to = sorted.at(-1)
  return from === undefined || to === undefined ? undefined : { from, to }
}
