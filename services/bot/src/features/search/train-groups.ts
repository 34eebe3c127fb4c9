import type { FoundPosition } from '@atermtrack/data'
import {
  type Directory,
  type Filter,
  type FilterState,
  groupBy,
  parseRailwayTrain,
  type Place,
  type RailwayTrain,
} from '@atermtrack/domain'

/** Containers of one railway train at one place in one state. */
export interface TrainGroup {
  readonly train: RailwayTrain
  readonly first: FoundPosition
  readonly positions: readonly FoundPosition[]
}

/** A line of a list: one container, or those of a train that would all say the same. */
export type Entry = FoundPosition | TrainGroup

/** Fewer are named one by one. */
const leastGrouped = 3

export function isGroup(entry: Entry): entry is TrainGroup {
  return 'positions' in entry
}

/** The lines of a list in its order; a train stands where its first container does. In a question for one train each container counts. */
export function entriesOf(found: readonly FoundPosition[], { railTrain }: Pick<Filter, 'railTrain'>): readonly Entry[] {
  if (railTrain !== undefined) return found
  return gatherTrains(found, {
    keyOf,
    trainOf,
    toGroup: (train, first, positions): Entry => ({ train, first, positions }),
  })
}

interface Gathering<Item, Group> {
  /** Equal for items of which a line would say the same. */
  readonly keyOf: (item: Item) => string
  readonly trainOf: (item: Item) => RailwayTrain | undefined
  readonly toGroup: (train: RailwayTrain, first: Item, members: readonly Item[]) => Group
}

/** A list in its order, in which like items of one train are a group in the place of the first of them. */
export function gatherTrains<Item, Group>(
  items: readonly Item[],
  { keyOf, trainOf, toGroup }: Gathering<Item, Group>,
): readonly (Item | Group)[] {
  const groups = groupBy(items, keyOf)
  const placed = new Set<string>()
  return items.flatMap((item): (Item | Group)[] => {
    const key = keyOf(item)
    const members = groups.get(key) ?? []
    const train = trainOf(item)
    if (train === undefined || members.length < leastGrouped) return [item]
    if (placed.has(key)) return []
    placed.add(key)
    return [toGroup(train, item, members)]
  })
}

/** The question for the containers of a group alone. */
export function filterOfGroup({ train, first }: TrainGroup, filter: Filter, directory: Directory): Filter {
  const place = placeOf(first, directory)
  const { status } = first.facts
  const states: readonly FilterState[] = status === 'dropped' ? filter.states : [status]
  const others = filter.places.filter(({ role }) => role !== 'now')
  return {
    ...filter,
    railTrain: train,
    states,
    places: place ? [{ role: 'now', places: [place] }, ...others] : filter.places,
  }
}

/** The number of the train of a position, where it is one. */
export function trainOf({ trainNumber }: Pick<FoundPosition, 'trainNumber'>): RailwayTrain | undefined {
  return trainNumber === null ? undefined : parseRailwayTrain(trainNumber)
}

function keyOf({ trainNumber, trainIndex, station, facts }: FoundPosition): string {
  return JSON.stringify([trainNumber, trainIndex, station.code, station.name, facts.status])
}

function placeOf({ station }: FoundPosition, { places }: Directory): Place | undefined {
  const stations = [...places.values()].filter(({ kind }) => kind === 'station')
  return (
    stations.find(({ code }) => code !== undefined && code === station.code) ??
    stations.find(({ name }) => name === station.name)
  )
}
