import type { deliveries } from '@atermtrack/data'
import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { texts } from './texts.ts'
import { toPlainText } from './to-plain-text.ts'

type Noted = Pick<deliveries.ClaimedDelivery, 'text' | 'document' | 'reader' | 'lateSince' | 'isRepeat'>

const messageLimit = 4096
const captionLimit = 1024

/** The text of a delivery as HTML, below a word about its age or about a possible repeat. A text that is full goes without. */
export function textWithNotes(delivery: Noted, scheduleZone: string, now: Date): string {
  const { text = '', document, reader, lateSince, isRepeat } = delivery
  const words = texts[reader.language]
  const zone = reader.zone ?? scheduleZone
  const notes = [
    ...(isRepeat ? [words.repeat] : []),
    ...(lateSince === undefined ? [] : [words.late(formatMoment(lateSince, zone, now))]),
  ]
  // Nothing of the delivery is left; that is for the sender to find out.
  if (notes.length === 0 || (text === '' && !document)) return text
  const noted = [...notes, '', text].join('\n')
  return toPlainText(noted).length > (document ? captionLimit : messageLimit) ? text : noted
}

/** `14:05 МСК`, with the date where it is another day. */
export function formatMoment(at: Date, zone: string, now: Date): string {
  const wall = toWall(at, zone)
  const isToday = wall.slice(0, 10) === toWall(now, zone).slice(0, 10)
  return `${isToday ? wall.slice(11, 16) : formatWall(wall)} ${zoneLabel(zone, at)}`
}
