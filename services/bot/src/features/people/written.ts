import { type Db, people } from '@atermtrack/data'
import { languageOf, notice, renderNotice } from '@atermtrack/messages'
import type { Message } from 'telegraf/types'
import { type Composed, htmlOf } from '../broadcast/to-content.ts'

/** With the heading they stay within one message, and within one caption. */
const longestMessage = 3000
const longestCaption = 900
/** Files below which a text can stand: it says from whom they come. */
const withCaption: ReadonlySet<string> = new Set([
  'sendPhoto',
  'sendDocument',
  'sendVideo',
  'sendAudio',
  'sendAnimation',
  'sendVoice',
])

/** A message for one person. */
export interface Written {
  /** Telegram HTML; may be empty above files. */
  readonly html: string
  readonly file?: Composed['content'] | undefined
}

/**
 * A text, or a file with a caption or without one, which is sent by its id: what becomes of the message of the admin does not
 * matter. Undefined for anything else.
 */
export function readMessage(message: Message, { text: html, content }: Composed): Written | undefined {
  if ('text' in message) {
    return message.text.trim() === '' || message.text.length > longestMessage ? undefined : { html, file: undefined }
  }
  const { caption, caption_entities: _entities, ...payload } = content.payload
  return withCaption.has(content.method) && isShort(caption)
    ? { html, file: { method: content.method, payload } }
    : undefined
}

/** The same for a gathered album: the heading stands above the caption of its first part. Undefined when that is too long. */
export function readAlbum(album: Composed['content']): Written | undefined {
  const { media } = album.payload
  const [first = {}] = Array.isArray(media) ? (media as readonly Readonly<Record<string, unknown>>[]) : []
  return isShort(first['caption']) ? { html: htmlOf(first), file: album } : undefined
}

function isShort(caption: unknown): boolean {
  return caption === undefined || (typeof caption === 'string' && caption.length <= longestCaption)
}

interface Reading {
  /** Of people without a zone of their own. */
  readonly scheduleZone: string
  readonly now: Date
}

/** The message with its heading, as the person will read it: Telegram HTML. */
export async function renderFor(
  db: Db,
  personId: number,
  html: string,
  { scheduleZone, now }: Reading,
): Promise<string> {
  const { language, zone } = await people.get(db, personId)
  const reader = { language: languageOf(language), zone: zone ?? scheduleZone, now }
  const rendered = renderNotice(notice('admin_message', { html }), reader)
  if (rendered.kind !== 'rendered') throw new Error(rendered.reason)
  return rendered.html
}
