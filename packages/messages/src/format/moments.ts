import { toWall, type WallTime, zoneLabel } from '@atermtrack/domain'
import { catalogue, type Language } from '../catalogue.ts'

/** For whom a moment is written: it is worded as of `now`, in the reader's zone. */
export interface MomentReader {
  readonly language: Language
  readonly zone: string
  readonly now: Date
}

const dayMs = 86_400_000

/**
 * A moment as people say it, with its date: `вчера 23:48 (1 сентября)`, `28 августа 14:30`, of another year `28.08.2024 14:30`.
 * The zone stands once in a message, in the moment that `formatStamp` writes.
 */
export function formatMoment(at: Date, reader: MomentReader): string {
  return momentText(at, reader, '')
}

/** The same with the zone: `вчера 23:48 МСК (1 сентября)`. */
export function formatStamp(at: Date, reader: MomentReader): string {
  return momentText(at, reader, ` ${zoneMark(reader.zone, at, reader.language)}`)
}

/** A moment after a preposition, where `вчера` cannot stand: `с 1 сентября 23:48`. */
export function formatDateTime(at: Date, reader: MomentReader): string {
  const wall = toWall(at, reader.zone)
  return `${dateText(wall, reader)} ${timeOf(wall)}`
}

/** The same with the zone: `отчёт от 1 сентября 23:48 МСК`. */
export function formatDateStamp(at: Date, reader: MomentReader): string {
  return `${formatDateTime(at, reader)} ${zoneMark(reader.zone, at, reader.language)}`
}

/** The date of a moment after a preposition: `не раньше 13 сентября`, of another year `13.09.2024`. */
export function formatDate(at: Date, reader: MomentReader): string {
  return dateText(toWall(at, reader.zone), reader)
}

/** The day of a moment: `завтра (3 сентября)`, `13 сентября`, of another year `13.09.2024`. */
export function formatDay(at: Date, reader: MomentReader): string {
  const wall = toWall(at, reader.zone)
  const name = dayName(wall, reader)
  return name === undefined ? dateText(wall, reader) : `${name} (${dateText(wall, reader)})`
}

/** A day that is ahead, with how far it is: `13 сентября, через 11 дней`; `завтра (3 сентября)` says so itself. */
export function formatDayAhead(at: Date, reader: MomentReader): string {
  const days = daysBetween(toWall(reader.now, reader.zone), toWall(at, reader.zone))
  const day = formatDay(at, reader)
  return days > 1 ? `${day}, ${catalogue[reader.language].moments.inDays(days)}` : day
}

/** A moment in figures with its zone, where the figures of a source are the matter: `02.09.2025 08:00 (МСК)`. */
export function formatExact(at: Date, { language, zone }: Omit<MomentReader, 'now'>): string {
  const wall = toWall(at, zone)
  return `${catalogue[language].moments.fullDate(dayStart(wall))} ${timeOf(wall)} (${zoneMark(zone, at, language)})`
}

/** A day with its year, in figures where the language writes it so: `15.12.2026`, in English `15 Dec 2026`. */
export function dayText(iso: string, language: Language): string {
  return catalogue[language].moments.fullDate(new Date(`${iso.slice(0, 10)}T00:00:00Z`))
}

/** The same for the axis of a chart: `15.12`, in English `15 Dec`. */
export function shortDayText(iso: string, language: Language): string {
  return catalogue[language].moments.shortDate(new Date(`${iso.slice(0, 10)}T00:00:00Z`))
}

/** The line that names the zone of all times of a message, where no moment of it does: `🕒 Время: МСК+7`. */
export function zoneLine({ language, zone, now }: MomentReader): string {
  return catalogue[language].moments.zone(zoneMark(zone, now, language))
}

/** The name of a zone beside a time, in the letters of the reader: `МСК+7`, in English `MSK+7`. */
export function zoneMark(zone: string, at: Date, language: Language): string {
  return catalogue[language].moments.zoneName(zoneLabel(zone, at))
}

function momentText(at: Date, reader: MomentReader, mark: string): string {
  const wall = toWall(at, reader.zone)
  const name = dayName(wall, reader)
  return name === undefined
    ? `${formatDateTime(at, reader)}${mark}`
    : `${name} ${timeOf(wall)}${mark} (${dateText(wall, reader)})`
}

function timeOf(wall: WallTime): string {
  return wall.slice(11, 16)
}

function dayName(wall: WallTime, { language, zone, now }: MomentReader): string | undefined {
  const { yesterday, today, tomorrow } = catalogue[language].moments
  const days = daysBetween(toWall(now, zone), wall)
  return days === 0 ? today : days === -1 ? yesterday : days === 1 ? tomorrow : undefined
}

function dateText(wall: WallTime, { language, zone, now }: MomentReader): string {
  const { date, fullDate } = catalogue[language].moments
  const isThisYear = wall.slice(0, 4) === toWall(now, zone).slice(0, 4)
  return (isThisYear ? date : fullDate)(dayStart(wall))
}

function daysBetween(from: WallTime, to: WallTime): number {
  return (dayStart(to).getTime() - dayStart(from).getTime()) / dayMs
}

/** Midnight at UTC, where the day is a whole one. */
function dayStart(wall: WallTime): Date {
  return new Date(`${wall.slice(0, 10)}T00:00:00Z`)
}
