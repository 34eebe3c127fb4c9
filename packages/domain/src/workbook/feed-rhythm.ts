const minuteMs = 60_000
/** Fewer gaps say nothing about how often reports come. */
const fewestGaps = 3
/** A report that comes after this part of its usual gap is not late yet. */
const tolerance = 0.5

/** How regularly the reports of a source come, and whether the next one is late. */
export interface FeedRhythm {
  /** The median of the gaps between reports. */
  readonly usualMinutes: number
  readonly expectedAt: Date
  /** How long after `expectedAt` it is now, beyond what is usual; 0 while nothing is late. */
  readonly lateMinutes: number
}

/** Works out the rhythm from the times at which reports came, newest first; undefined where there are too few of them. */
export function rhythmOf(receivedAt: readonly Date[], now: Date): FeedRhythm | undefined {
  const [newest] = receivedAt
  const gaps = receivedAt
    .slice(1)
    .map((earlier, place) => ((receivedAt[place]?.getTime() ?? 0) - earlier.getTime()) / minuteMs)
    // Several files of one message came at once.
    .filter((gap) => gap >= 1)
    .toSorted((a, b) => a - b)
  const usualMinutes = gaps[Math.floor(gaps.length / 2)]
  if (!newest || usualMinutes === undefined || gaps.length < fewestGaps) return undefined
  const expectedAt = new Date(newest.getTime() + usualMinutes * minuteMs)
  const waited = (now.getTime() - expectedAt.getTime()) / minuteMs
  return { usualMinutes, expectedAt, lateMinutes: waited > usualMinutes * tolerance ? waited : 0 }
}
