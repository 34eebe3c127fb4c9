import { badRequest } from './api-error.ts'
import type { MessageEntity } from '../world/telegram-types.ts'

export interface FormattedText {
  readonly text: string
  readonly entities: readonly MessageEntity[]
}

interface OpenTag {
  readonly name: string
  readonly offset: number
  readonly attributes: ReadonlyMap<string, string>
}

interface ParserState {
  readonly source: string
  position: number
  text: string
  readonly open: OpenTag[]
  readonly entities: MessageEntity[]
}

type EntityFields = Omit<MessageEntity, 'offset' | 'length'>

const tagTypes = new Map([
  ['b', 'bold'],
  ['strong', 'bold'],
  ['i', 'italic'],
  ['em', 'italic'],
  ['u', 'underline'],
  ['ins', 'underline'],
  ['s', 'strikethrough'],
  ['strike', 'strikethrough'],
  ['del', 'strikethrough'],
  ['span', 'spoiler'],
  ['tg-spoiler', 'spoiler'],
  ['a', 'text_link'],
  ['code', 'code'],
  ['pre', 'pre'],
  ['blockquote', 'blockquote'],
  ['tg-emoji', 'custom_emoji'],
  ['tg-time', 'date_time'],
])

const namedCharacters = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
])

/** Reads Telegram's HTML into plain text and entities (UTF-16 offsets). Throws ApiError 400 as Telegram would. */
export function parseHtml(source: string): FormattedText {
  const state: ParserState = { source, position: 0, text: '', open: [], entities: [] }
  while (state.position < source.length) {
    if (source[state.position] !== '<') readText(state)
    else if (source[state.position + 1] === '/') readEndTag(state)
    else readStartTag(state)
  }
  const unclosed = state.open.at(-1)
  if (unclosed) throw parseError(`Can't find end tag corresponding to start tag "${unclosed.name}"`)
  return { text: state.text, entities: withoutExcluded(state.entities) }
}

function readText(state: ParserState): void {
  const next = state.source.indexOf('<', state.position)
  const end = next === -1 ? state.source.length : next
  state.text += decodeCharacters(state.source.slice(state.position, end))
  state.position = end
}

// Telegram keeps an unknown entity such as &nbsp; as it is written.
function decodeCharacters(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
    name === undefined ? fromCode(whole, hex, decimal) : (namedCharacters.get(name) ?? whole),
  )
}

function fromCode(whole: string, hex: string | undefined, decimal: string | undefined): string {
  const code = hex === undefined ? Number.parseInt(decimal ?? '', 10) : Number.parseInt(hex, 16)
  return code > 0 && code <= 0x10_ff_ff && (code < 0xd8_00 || code > 0xdf_ff) ? String.fromCodePoint(code) : whole
}

function readStartTag(state: ParserState): void {
  const at = byteOffset(state, state.position)
  const tag = /^<([^\s>/]*)((?:\s+[^\s=>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?)*)\s*>/.exec(
    state.source.slice(state.position),
  )
  const name = (tag?.[1] ?? /^<([^\s>]*)/.exec(state.source.slice(state.position))?.[1] ?? '').toLowerCase()
  if (!tagTypes.has(name)) throw parseError(`Unsupported start tag "${name}" at byte offset ${at}`)
  if (!tag) throw parseError(`Unclosed start tag at byte offset ${at}`)
  const attributes = readAttributes(tag[2] ?? '')
  if (name === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw parseError(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`)
  }
  if (name === 'tg-time' && !/^-?\d+$/.test(attributes.get('unix') ?? '')) {
    throw parseError(`Tag "tg-time" must have attribute "unix" with a time at byte offset ${at}`)
  }
  state.open.push({ name, offset: state.text.length, attributes })
  state.position += tag[0].length
}

function readAttributes(source: string): ReadonlyMap<string, string> {
  const found = source.matchAll(/([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?/g)
  return new Map(
    Array.from(found, ([, name = '', double, single, bare]) => [
      name.toLowerCase(),
      decodeCharacters(double ?? single ?? bare ?? ''),
    ]),
  )
}

function readEndTag(state: ParserState): void {
  const at = byteOffset(state, state.position)
  const open = state.open.pop()
  if (!open) throw parseError(`Unexpected end tag at byte offset ${at}`)
  const tag = /^<\/([^\s>]*)\s*>/.exec(state.source.slice(state.position))
  if (!tag) throw parseError(`Unclosed end tag at byte offset ${at}`)
  const name = (tag[1] ?? '').toLowerCase()
  if (name !== '' && name !== open.name) {
    throw parseError(`Unmatched end tag at byte offset ${at}, expected "</${open.name}>", found "</${name}>"`)
  }
  state.position += tag[0].length
  const length = state.text.length - open.offset
  const fields = entityFields(open, state.text.slice(open.offset), state.open)
  if (length > 0 && fields) state.entities.push({ ...fields, offset: open.offset, length })
}

function entityFields(tag: OpenTag, content: string, outer: readonly OpenTag[]): EntityFields | undefined {
  const type = tagTypes.get(tag.name) ?? tag.name
  switch (type) {
    case 'text_link':
      return linkFields(tag.attributes.get('href') ?? content)
    case 'code':
      return codeFields(tag, outer)
    case 'blockquote':
      return { type: tag.attributes.has('expandable') ? 'expandable_blockquote' : type }
    case 'custom_emoji':
      return { type, custom_emoji_id: tag.attributes.get('emoji-id') ?? '' }
    case 'date_time':
      return {
        type,
        unix_time: Number(tag.attributes.get('unix')),
        date_time_format: tag.attributes.get('format') ?? '',
      }
    default:
      return { type }
  }
}

// Telegram drops an invalid link and keeps its text.
function linkFields(href: string): EntityFields | undefined {
  const url = /^[a-z][a-z0-9+.-]*:/i.test(href) ? href : `http://${href}`
  return URL.canParse(url) && /^(?:https?|tg|ton|tonsite|mailto|tel):/i.test(url)
    ? { type: 'text_link', url: new URL(url).href }
    : undefined
}

// <pre><code class="language-x"> is one entity: the code inside gives the language to the pre around it.
function codeFields(tag: OpenTag, outer: readonly OpenTag[]): EntityFields {
  const language = /^language-(.+)$/.exec(tag.attributes.get('class') ?? '')?.[1]
  return outer.at(-1)?.name === 'pre' && language !== undefined ? { type: 'pre', language } : { type: 'code' }
}

// Inner tags close first, so reversed order puts the outer one of two with the same range in front.
function withoutExcluded(entities: readonly MessageEntity[]): readonly MessageEntity[] {
  const sorted = entities
    .toReversed()
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length || languageFirst(a, b))
  const kept: MessageEntity[] = []
  for (const entity of sorted) if (!kept.some((outer) => excludes(outer, entity))) kept.push(entity)
  return kept
}

function languageFirst(a: MessageEntity, b: MessageEntity): number {
  return Number(b.language !== undefined) - Number(a.language !== undefined)
}

function excludes(outer: MessageEntity, inner: MessageEntity): boolean {
  if (inner.offset >= outer.offset + outer.length) return false
  if (outer.type === 'pre' || outer.type === 'code') return true
  return outer.type === inner.type || (outer.type.endsWith('blockquote') && inner.type.endsWith('blockquote'))
}

function byteOffset(state: ParserState, position: number): number {
  return Buffer.byteLength(state.source.slice(0, position))
}

function parseError(reason: string): Error {
  return badRequest(`can't parse entities: ${reason}`)
}
