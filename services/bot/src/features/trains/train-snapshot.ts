import {
  factsOf,
  type PositionStatus,
  type PositionView,
  tripOfPosition,
  type TrainRow,
  type TrainView,
} from '@atermtrack/data'
import { countBy, type Counts, forecastIn, type MeasuredForecast, tripToRoster } from '@atermtrack/domain'
import { countNorms, type NormGroup } from '../lookup/card/facts/norm.ts'
import { freshestOf } from '../lookup/freshness.ts'

/** The state of a listed container: its status on the railway, not seen yet, or already on another trip. */
export type ContainerState = PositionStatus | 'unseen' | 'other_trip'

export interface TrainContainer {
  readonly container: string
  readonly client: string | undefined
  readonly state: ContainerState
  /** Undefined for a container that the railway has not seen on this trip. */
  readonly position: PositionView | undefined
}

export interface Range<T> {
  readonly from: T
  readonly to: T
}

export interface Arrival {
  readonly at: Date
  readonly zone: string
  /** The train is abandoned, so it may arrive later. */
  readonly isEarliest: boolean
  readonly measured: MeasuredForecast | undefined
}

/** The measured forecast of a train as a whole. */
export type TrainWindow = Omit<MeasuredForecast, 'step'> & { readonly zone: string }

/** The state of a train as a whole. */
export interface TrainSnapshot {
  /** In the order of the list. */
  readonly containers: readonly TrainContainer[]
  /** Number of containers that the railway has seen on the trip of the list. */
  readonly seen: number
  /** Number of containers that have left on another trip since. The counts of stations and states leave them out. */
  readonly onOtherTrips: number
  /** Counts of the containers that are in the newest reports. */
  readonly stations: Counts<string>
  readonly states: Counts<ContainerState>
  readonly clients: Counts<string | undefined>
  /** The railway's numbers of the trains in which they are under way, with the index where a report names it. */
  readonly railTrains: Counts<string>
  /** How they keep their delivery norm. */
  readonly norms: Counts<NormGroup>
  /** Containers that are not with most of the others, those in the worst state first. */
  readonly odd: readonly TrainContainer[]
  /** Kilometres left of the containers that have not arrived. */
  readonly km: Range<number> | undefined
  /** Forecasts of the expected containers, or of the abandoned ones when all are abandoned. */
  readonly arrivals: Range<Arrival> | undefined
  /** Undefined where the forecast of a container does not rest on finished trips, or its train is abandoned. */
  readonly window: TrainWindow | undefined
  /** The newest of the positions. */
  readonly newest: PositionView | undefined
}

interface SnapshotSettings {
  readonly standingAfterMinutes: number
}

/** Combines the list of a train with the positions of its containers. */
export function trainSnapshot(
  train: TrainView,
  known: ReadonlyMap<string, PositionView>,
  settings: SnapshotSettings,
): TrainSnapshot {
  const containers = train.rows.map((row) => toTrainContainer(row, known.get(row.container), train.sentAt, settings))
  const own = containers.filter(({ state }) => state !== 'other_trip')
  const seen = own.filter(isSeen)
  const present = seen.filter(({ state }) => !absentStates.has(state))
  const underWay = present.filter(({ state }) => !arrivedStates.has(state)).map(({ position }) => position)
  const arrivals = arrivalsOf(underWay, settings)
  return {
    containers,
    seen: seen.length,
    stations: countBy(present, stationOf),
    onOtherTrips: containers.length - own.length,
    states: countBy(own, ({ state }) => state),
    clients: countBy(containers, ({ client }) => client),
    railTrains: countBy(underWay.flatMap(railTrainOf), (name) => name),
    norms: countNorms(seen.map(({ position }) => factsOf(position, settings))),
    odd: oddOnes(own, present),
    km: rangeOf(
      underWay.map(({ kmLeft }) => kmLeft).filter((km) => km !== null),
      (km) => km,
    ),
    arrivals: rangeOf(arrivals, ({ at }) => at.getTime()),
    window: windowOf(arrivals),
    newest: freshestOf(containers.map(({ position }) => position)),
  }
}

type SeenContainer = TrainContainer & { readonly position: PositionView }

const arrivedStates: ReadonlySet<ContainerState> = new Set(['unloaded', 'at_destination'])
const absentStates: ReadonlySet<ContainerState> = new Set(['missing', 'dropped'])
const heldStates: ReadonlySet<ContainerState> = new Set(['abandoned', 'standing'])
const fromWorst: readonly ContainerState[] = ['missing', 'dropped', 'abandoned', 'standing']

function toTrainContainer(
  { container, client, waybill }: TrainRow,
  position: PositionView | undefined,
  sentAt: Date,
  settings: SnapshotSettings,
): TrainContainer {
  const listed = { container, client: client ?? undefined }
  if (!position) return { ...listed, state: 'unseen', position }
  const { status } = factsOf(position, settings)
  // Container numbers are reused: the position can belong to a trip before or after this train.
  const trip = tripToRoster({ sentAt, waybill: waybill ?? undefined }, tripOfPosition(position))
  if (trip === 'earlier') return { ...listed, state: 'unseen', position: undefined }
  return { ...listed, state: trip === 'later' ? 'other_trip' : status, position }
}

function isSeen(one: TrainContainer): one is SeenContainer {
  return one.position !== undefined
}

function stationOf({ position }: SeenContainer): string {
  return position.station.name
}

/** `1318, 9822+123+1811 УГЛОВАЯ+СЕЛЯТИНО` */
function railTrainOf({ trainNumber, trainIndex }: PositionView): readonly string[] {
  return trainNumber === null ? [] : [trainIndex === null ? trainNumber : `${trainNumber}, ${trainIndex}`]
}

/** The state of most containers in the biggest group does not make a container odd. */
function oddOnes(containers: readonly TrainContainer[], present: readonly SeenContainer[]): readonly TrainContainer[] {
  if (!containers.some(isSeen)) return []
  const mainStation = countBy(present, stationOf)[0]?.[0]
  const mainGroup = present.filter((one) => stationOf(one) === mainStation)
  const mainState = countBy(mainGroup, ({ state }) => state)[0]?.[0]
  const isOdd = (one: TrainContainer) =>
    !isSeen(one) ||
    absentStates.has(one.state) ||
    stationOf(one) !== mainStation ||
    (heldStates.has(one.state) && one.state !== mainState)
  return containers.filter(isOdd).toSorted((a, b) => severity(a) - severity(b))
}

/** Unseen containers are often many, so they come last. */
function severity({ state }: TrainContainer): number {
  if (state === 'unseen') return fromWorst.length + 1
  const place = fromWorst.indexOf(state)
  return place === -1 ? fromWorst.length : place
}

/** Forecasts of the expected containers, or of the abandoned ones when all are abandoned. */
function arrivalsOf(positions: readonly PositionView[], settings: SnapshotSettings): readonly Arrival[] {
  const forecasts = positions.flatMap((position) => {
    const forecast = forecastIn(factsOf(position, settings).arrival)
    if (!forecast) return []
    const { arrivesAt: at, kind, measured } = forecast
    return [{ at, zone: position.zone, isEarliest: kind === 'not_before', measured }]
  })
  const expected = forecasts.filter(({ isEarliest }) => !isEarliest)
  return expected.length > 0 ? expected : forecasts
}

/** From the first moment of the earliest container to the last of the latest, as exact as the least exact of them. */
function windowOf(arrivals: readonly Arrival[]): TrainWindow | undefined {
  const measured = arrivals.flatMap((arrival) => (arrival.isEarliest ? [] : (arrival.measured ?? [])))
  const [first] = arrivals
  if (!first || measured.length < arrivals.length) return undefined
  return {
    from: new Date(Math.min(...measured.map(({ from }) => from.getTime()))),
    to: new Date(Math.max(...measured.map(({ to }) => to.getTime()))),
    errorDays: Math.max(...measured.map(({ errorDays }) => errorDays)),
    trips: Math.min(...measured.map(({ trips }) => trips)),
    zone: first.zone,
  }
}

function rangeOf<T>(items: readonly T[], value: (item: T) => number): Range<T> | undefined {
  const sorted = items.toSorted((a, b) => value(a) - value(b))
  const from = sorted[0]
  const to = sorted.at(-1)
  return from === undefined || to === undefined ? undefined : { from, to }
}
