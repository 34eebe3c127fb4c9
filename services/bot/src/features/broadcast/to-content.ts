import type { broadcasts } from '@atermtrack/data'
import type { Message } from 'telegraf/types'
import { entitiesToHtml } from './entities-to-html.ts'

/** A composed message, as a broadcast keeps it. */
export interface Composed {
  readonly content: broadcasts.BroadcastContent
  /** Telegram HTML: the text or the caption; may be empty. */
  readonly text: string
  /** The album that the message is a part of. */
  readonly mediaGroupId: string | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** Files that are sent by their id alone, in the order in which they are looked for: an animation is a document as well. */
const files = [
  { name: 'animation', method: 'sendAnimation', hasCaption: true },
  { name: 'video', method: 'sendVideo', hasCaption: true },
  { name: 'audio', method: 'sendAudio', hasCaption: true },
  { name: 'document', method: 'sendDocument', hasCaption: true },
  { name: 'voice', method: 'sendVoice', hasCaption: true },
  { name: 'video_note', method: 'sendVideoNote', hasCaption: false },
  { name: 'sticker', method: 'sendSticker', hasCaption: false },
] as const

/**
 * The call that sends a copy of a message: by the ids of its files and by its entities, so that nothing depends on the message itself,
 * which may be edited or deleted meanwhile. A forwarded message is copied without its origin. Undefined for what cannot be copied so, such
 * as a poll.
 */
export function toComposed(message: Message): Composed | undefined {
  const fields = message as unknown as Fields
  const mediaGroupId = typeof fields['media_group_id'] === 'string' ? fields['media_group_id'] : undefined
  const content = contentOf(fields)
  if (!content) return undefined
  const text = htmlOf(fields)
  if (mediaGroupId === undefined) return { content, text, mediaGroupId }
  return { content: { method: 'sendMediaGroup', payload: { media: [toPart(content)] } }, text, mediaGroupId }
}

/** The text or the caption of a message, or of a part of an album, as Telegram HTML; empty where there is none. */
export function htmlOf(fields: Fields): string {
  return entitiesToHtml(textOf(fields['text'] ?? fields['caption']), entitiesOf(fields))
}

function contentOf(fields: Fields): broadcasts.BroadcastContent | undefined {
  if (typeof fields['text'] === 'string') {
    const payload = { ...pick(fields, 'text', 'entities'), ...linkPreview(fields) }
    return { method: 'sendMessage', payload }
  }
  const photo = largestPhoto(fields['photo'])
  if (photo !== undefined) return { method: 'sendPhoto', payload: { photo, ...captionOf(fields) } }
  for (const { name, method, hasCaption } of files) {
    const fileId = fileIdOf(fields[name])
    if (fileId !== undefined) return { method, payload: { [name]: fileId, ...(hasCaption && captionOf(fields)) } }
  }
  return placeOrContact(fields)
}

/** Without a choice of the author, links show no preview, as in all messages of the bot. */
function linkPreview(fields: Fields): Fields {
  return { link_preview_options: fields['link_preview_options'] ?? { is_disabled: true } }
}

function captionOf(fields: Fields): Fields {
  return {
    ...pick(fields, 'caption', 'caption_entities', 'show_caption_above_media'),
    ...(fields['has_media_spoiler'] === true && { has_spoiler: true }),
  }
}

function placeOrContact(fields: Fields): broadcasts.BroadcastContent | undefined {
  const { venue, location, contact } = fields
  if (isFields(venue) && isFields(venue['location'])) {
    const place = pick(venue['location'], 'latitude', 'longitude')
    return { method: 'sendVenue', payload: { ...place, ...pick(venue, 'title', 'address') } }
  }
  if (isFields(location)) return { method: 'sendLocation', payload: pick(location, 'latitude', 'longitude') }
  if (!isFields(contact)) return undefined
  return { method: 'sendContact', payload: pick(contact, 'phone_number', 'first_name', 'last_name', 'vcard') }
}

/** A call as a part of an album: the type, and the file under the name `media`. */
function toPart({ payload }: broadcasts.BroadcastContent): Fields {
  const type = ['photo', 'video', 'audio', 'document'].find((name) => name in payload) ?? 'document'
  const { [type]: media, ...rest } = payload
  return { type, media, ...rest }
}

/** Telegram lists the sizes of a photo from the smallest to the largest. */
function largestPhoto(sizes: unknown): string | undefined {
  return Array.isArray(sizes) ? fileIdOf(sizes.at(-1)) : undefined
}

function fileIdOf(file: unknown): string | undefined {
  const id = isFields(file) ? file['file_id'] : undefined
  return typeof id === 'string' ? id : undefined
}

function entitiesOf(fields: Fields) {
  const entities = fields['entities'] ?? fields['caption_entities']
  return Array.isArray(entities) ? (entities as Parameters<typeof entitiesToHtml>[1]) : []
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function pick(fields: Fields, ...names: readonly string[]): Fields {
  return Object.fromEntries(names.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]])))
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
