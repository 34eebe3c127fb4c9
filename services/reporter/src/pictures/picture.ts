import { formatWall, formatWallDate, toWall, zoneLabel } from '@atermtrack/domain'
import type { Language } from '@atermtrack/messages'
import type { Chart } from '@atermtrack/pictures'

/** Who looks at a picture. */
export interface Viewer {
  readonly language: Language
  /** Zone of all times in the picture. */
  readonly zone: string
}

/** A picture before it is drawn, and what it shows in words. */
export interface Picture {
  readonly chart: Chart
  /** Plain lines for those who do not see the picture, and for the caption. */
  readonly lines: readonly string[]
  /** Containers in it. */
  readonly rowCount: number
  /** The stamp of the newest data in it. */
  readonly asOf: Date | undefined
}

/** `dd.mm HH:MM` in the zone of the viewer, which no line is broken within. */
export function shortTime(at: Date, { zone }: Pick<Viewer, 'zone'>): string {
  const wall = formatWall(toWall(at, zone))
  return `${wall.slice(0, 5)}\u00A0${wall.slice(11)}`
}

/** `dd.mm.yyyy` */
export function fullDay(at: Date, zone: string): string {
  return formatWallDate(toWall(at, zone))
}

/** Parts of a line, and the zone of its times at the end. */
export function subtitleOf(parts: readonly string[], at: Date, { zone }: Pick<Viewer, 'zone'>): string {
  return [...parts, zoneLabel(zone, at)].join(' · ')
}
