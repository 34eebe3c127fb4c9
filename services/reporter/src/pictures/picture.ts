import type { PositionView } from '@atermtrack/data'
import { formatWall, formatWallDate, toWall } from '@atermtrack/domain'
import { type Language, picturesTexts as texts, stationName, zoneMark } from '@atermtrack/messages'
import type { Chart } from '@atermtrack/pictures'

/** The person who looks at a picture. */
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
export function subtitleOf(parts: readonly string[], at: Date, { zone, language }: Viewer): string {
  return [...parts, zoneMark(zone, at, language)].join(' · ')
}

/** `Находка — Селятино` */
export function wayOf(
  { origin, destination }: Pick<PositionView, 'origin' | 'destination'>,
  { language }: Viewer,
): string {
  const words = texts[language]
  return words.way(
    origin ? stationName(origin.name, language) : words.nowhere,
    destination ? stationName(destination.name, language) : words.route.destination,
  )
}
