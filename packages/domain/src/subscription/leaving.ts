/** The present trip of a container on a list. */
export interface ListedTrip {
  readonly id: number
  /** When it ended; undefined while it goes on. */
  readonly endedAt: Date | undefined
}

/** A container on a list. */
export interface ListedContainer {
  /** Undefined for a container that has no trip. */
  readonly trip: ListedTrip | undefined
  /** It has left the list by itself. */
  readonly hasLeft: boolean
  /** The trip at whose end it left; it stays here when the person puts the container back, who does not want to lose it again. */
  readonly leftTripId: number | undefined
  /** Null: containers stay. */
  readonly leavesAfterDays: number | null
}

const dayMs = 86_400_000

/** Whether a container leaves its list now, comes back to it since it has begun another trip, or stays as it is. */
export function changeOfList(
  { trip, hasLeft, leftTripId, leavesAfterDays }: ListedContainer,
  now: Date,
): 'leaves' | 'comes_back' | undefined {
  if (!trip || trip.id === leftTripId) return undefined
  if (hasLeft) return trip.endedAt === undefined ? 'comes_back' : undefined
  if (leavesAfterDays === null || trip.endedAt === undefined) return undefined
  return now.getTime() - trip.endedAt.getTime() > leavesAfterDays * dayMs ? 'leaves' : undefined
}
