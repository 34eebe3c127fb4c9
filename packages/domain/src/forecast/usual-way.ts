import { plainForecast, forecastPace } from './forecast.ts'
import { kmBucketOf, kmBucketStarts, type Pace } from './pace.ts'

const dayMs = 86_400_000
const minuteMs = 60_000

/** A moment of a way with the kilometres that are left then. */
export interface WayPoint {
  readonly at: Date
  readonly kmLeft: number
}

/**
 * How a trip would go from a point on at the usual pace of its destination: the medians of finished trips by the distance left, or the
 * plain pace where there are none. Ends with the arrival, at 0 kilometres; times never go back. Empty without a distance.
 */
export function usualWay(start: WayPoint, paceOf: (bucket: number) => Pace | undefined): readonly WayPoint[] {
  const whole = timeFrom(start.kmLeft, paceOf)
  if (whole === undefined) return []
  const arrival = start.at.getTime() + whole
  // Without figures the way is a straight line.
  const between = kmBucketStarts.filter((km) => km > 0 && km < start.kmLeft && paceOf(kmBucketOf(km))).toReversed()
  const points: WayPoint[] = [start]
  for (const kmLeft of between) {
    const before = points.at(-1)?.at.getTime() ?? 0
    const at = arrival - (timeFrom(kmLeft, paceOf) ?? 0)
    points.push({ at: new Date(Math.min(arrival, Math.max(before, at))), kmLeft })
  }
  return [...points, { at: new Date(arrival), kmLeft: 0 }]
}

/** When such a way is at so many kilometres left, between its points by proportion; undefined beyond its ends. */
export function momentAt(way: readonly WayPoint[], kmLeft: number): Date | undefined {
  for (const [index, to] of way.entries()) {
    const from = way[index - 1]
    if (!from || kmLeft > from.kmLeft || kmLeft < to.kmLeft) continue
    const share = from.kmLeft === to.kmLeft ? 0 : (from.kmLeft - kmLeft) / (from.kmLeft - to.kmLeft)
    return new Date(from.at.getTime() + share * (to.at.getTime() - from.at.getTime()))
  }
  return undefined
}

/** The usual time from so many kilometres to the arrival, in milliseconds; undefined without a distance. */
function timeFrom(kmLeft: number, paceOf: (bucket: number) => Pace | undefined): number | undefined {
  const plain = plainForecast(kmLeft, new Date(0))
  if (!plain) return undefined
  const pace = paceOf(kmBucketOf(kmLeft))
  if (!pace) return plain.usualAt
  return Math.max(0, (kmLeft * dayMs) / forecastPace.kmPerDay + pace.usualMinutes * minuteMs)
}
