import { type DailyHours, toInstant, toWall, utcOfWallTime, wallTimeOfUtc, type WallTime } from '@atermtrack/domain'

/** Hours of work, by the clocks of a zone. */
export interface WorkHours extends DailyHours {
  readonly zone: string
}

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs
/** Longer than any wait for a report; it bounds the walk through the days. */
const mostDays = 60

/** Minutes of working time between two instants; a very long time counts from near its end only. */
export function workingMinutes(since: Date, until: Date, hours: WorkHours): number {
  const lastDay = localDay(until, hours.zone)
  const firstDay = Math.max(localDay(since, hours.zone), lastDay - mostDays)
  let total = 0
  for (let day = firstDay; day <= lastDay; day++) {
    const opens = Math.max(momentOf(day, hours.from, hours.zone), since.getTime())
    const closes = Math.min(momentOf(day, hours.until, hours.zone), until.getTime())
    total += Math.max(0, closes - opens) / minuteMs
  }
  return total
}

export function isWorkingTime(moment: Date, { from, until, zone }: WorkHours): boolean {
  const day = localDay(moment, zone)
  return momentOf(day, from, zone) <= moment.getTime() && moment.getTime() < momentOf(day, until, zone)
}

/** Number of the local date, in days since 1970-01-01. */
function localDay(moment: Date, zone: string): number {
  return Math.floor(utcOfWallTime(toWall(moment, zone)) / dayMs)
}

function momentOf(day: number, minute: number, zone: string): number {
  const wall: WallTime = wallTimeOfUtc(day * dayMs + minute * minuteMs)
  return toInstant(wall, zone).getTime()
}
