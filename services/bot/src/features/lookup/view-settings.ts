import type { PositionView } from '@atermtrack/data'
import { formatWall, formatWallDate, toWall, zoneLabel } from '@atermtrack/domain'

/** Settings that a view needs besides the positions. */
export interface ViewSettings {
  readonly standingAfterMinutes: number
  /** Data older than this are called old. */
  readonly staleAfterMinutes: number
  /** Zone in which the age of data is printed when no position says it. */
  readonly sourceZone: string
}

/** `dd.mm.yyyy HH:MM (МСК)` */
export function formatInstant(instant: Date, zone: string): string {
  return `${formatWall(toWall(instant, zone))} (${zoneLabel(zone, instant)})`
}

/** `dd.mm.yyyy (МСК)` */
export function formatDay(instant: Date, zone: string): string {
  return `${formatWallDate(toWall(instant, zone))} (${zoneLabel(zone, instant)})`
}

/** The source's own wall time of the operation, as `dd.mm.yyyy HH:MM (МСК)`. */
export function formatOperated({
  operatedWall,
  operatedAt,
  zone,
}: Pick<PositionView, 'operatedWall' | 'operatedAt' | 'zone'>): string {
  return `${formatWall(operatedWall)} (${zoneLabel(zone, operatedAt)})`
}
