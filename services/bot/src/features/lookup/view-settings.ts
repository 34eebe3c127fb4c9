import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'

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
