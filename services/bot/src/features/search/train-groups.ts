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
export const leastGrouped = 3

export function isGroup(entry: Entry): entry is TrainGroup {
  return 'positions' in entry
}

/** The lines of a list in its order; a train stands where its first container does. In a question for one train each container counts. */
export function entriesOf(found: readonly FoundPosition[], { railTrain }: Pick<Filter, 'railTrain'>): readonly Entry[] {
  if (railTrain !== undefined) return found
  const groups = groupBy(found, keyOf)
  const said = new Set<string>()
  return found.flatMap((position): Entry[] => {
    const key = keyOf(position)
    const positions = groups.get(key) ?? []
    const train = trainOf(position)
    if (train === undefined || positions.length < leastGrouped) return [position]
    if (said.has(key)) return []
    said.add(key)
    return [{ train, first: position, positions }]
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
