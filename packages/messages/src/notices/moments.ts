import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'

/** `02.09.2025 08:00 (МСК)` */
export function stampedAt(at: Date, zone: string): string {
  return `${formatWall(toWall(at, zone))} (${zoneLabel(zone, at)})`
}

/** `02.09.2025 08:00 МСК` */
export function momentOf(at: Date, zone: string): string {
  return `${formatWall(toWall(at, zone))} ${zoneLabel(zone, at)}`
}

/** `14:05 МСК`, with the date where it is another day than `now`. */
export function recentMoment(at: Date, zone: string, now: Date): string {
  const wall = toWall(at, zone)
  const isToday = wall.slice(0, 10) === toWall(now, zone).slice(0, 10)
  return `${isToday ? wall.slice(11, 16) : formatWall(wall)} ${zoneLabel(zone, at)}`
}
