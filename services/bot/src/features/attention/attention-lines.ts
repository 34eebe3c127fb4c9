import type { AttentionEntry } from '@atermtrack/data'
import type { RailwayTrain } from '@atermtrack/domain'
import { gatherTrains, trainOf } from '../search/train-groups.ts'

/** Containers of one train that wait at one station for the same reasons, and about which people have decided the same. */
export interface AttentionGroup {
  readonly train: RailwayTrain
  readonly first: AttentionEntry
  readonly entries: readonly AttentionEntry[]
}

/** A line of the list: one container, or those of a train of which all would say the same. */
export type AttentionLine = AttentionEntry | AttentionGroup

export function isGroup(line: AttentionLine): line is AttentionGroup {
  return 'entries' in line
}

/** The lines of a list in its order; a train stands where its first container does. */
export function linesOf(entries: readonly AttentionEntry[]): readonly AttentionLine[] {
  return gatherTrains(entries, {
    keyOf,
    trainOf: ({ position }) => trainOf(position),
    toGroup: (train, first, members): AttentionLine => ({ train, first, entries: members }),
  })
}

/** The group of a container; undefined where it stands in the list alone. */
export function groupOf(entries: readonly AttentionEntry[], container: string): AttentionGroup | undefined {
  const isMember = (entry: AttentionEntry) => entry.container === container
  return linesOf(entries).find((line): line is AttentionGroup => isGroup(line) && line.entries.some(isMember))
}

function keyOf({ position, facts, attention, mark, isShown }: AttentionEntry): string {
  const { trainNumber, trainIndex, station, destination } = position
  const { takenBy, laterUntil, hiddenState, note } = mark ?? {}
  return JSON.stringify([
    [trainNumber, trainIndex, station.name, destination?.name, facts.status],
    attention.map(({ reason }) => reason),
    [isShown, takenBy ?? null, laterUntil ?? null, (hiddenState ?? null) !== null, note ?? null],
  ])
}
