import { parseSlot } from './schedule.ts'
import { toWall } from '../values/zone.ts'

/** Local times `HH:MM` between which messages come without a sound; over midnight when it ends earlier than it begins. */
export interface QuietHours {
  readonly from: string
  readonly until: string
}

const shape = /^(?:(?:с|from)\s)?\s*([\d:.]+)\s*(?:[-‐–—−]|\s(?:до|по|to|till|until)\s|\s)\s*([\d:.]+)$/u

/** `22:00–08:00`, `23-7`, `с 22.30 до 8`. Undefined for anything but a span of hours, such as one without an end. */
export function parseQuietHours(text: string): QuietHours | undefined {
  const [, first, last] = shape.exec(text.trim().toLowerCase()) ?? []
  const from = first === undefined ? undefined : parseSlot(first)
  const until = last === undefined ? undefined : parseSlot(last)
  return from === undefined || until === undefined || from === until ? undefined : { from, until }
}

/** Whether it is a quiet hour in the zone at this moment: the first minute is quiet, the last one is not. */
export function isQuiet({ from, until }: QuietHours, zone: string, instant: Date): boolean {
  const time = toWall(instant, zone).slice(11, 16)
  return from < until ? from <= time && time < until : from <= time || time < until
}
