import type { deliveries } from '@atermtrack/data'
import { deliveryNotesTexts as texts, formatDateStamp, languageOf, toPlainText } from '@atermtrack/messages'

type Noted = Pick<deliveries.ClaimedDelivery, 'text' | 'document' | 'reader' | 'lateSince' | 'isRepeat'> &
  Partial<Pick<deliveries.ClaimedDelivery, 'attachment'>>

const messageLimit = 4096
const captionLimit = 1024

/** The text of a delivery as HTML, below a note about its age or about a possible repeat. A text without room gets no note. */
export function textWithNotes(delivery: Noted, scheduleZone: string, now: Date): string {
  const { text = '', attachment, reader, lateSince, isRepeat } = delivery
  const document = delivery.document ?? attachment
  const language = languageOf(reader.language)
  const words = texts[language]
  const zone = reader.zone ?? scheduleZone
  const notes = [
    ...(isRepeat ? [words.repeat] : []),
    ...(lateSince === undefined ? [] : [words.late(formatDateStamp(lateSince, { language, zone, now }))]),
  ]
  // The content of the delivery is gone; the sender detects that.
  if (notes.length === 0 || (text === '' && !document)) return text
  const annotated = [...notes, '', text].join('\n')
  return toPlainText(annotated).length > (document ? captionLimit : messageLimit) ? text : annotated
}
