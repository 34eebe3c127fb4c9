import { badRequest } from './api-error.ts'
import { parseHtml, type FormattedText } from './html-entities.ts'
import type { MessageEntity } from '../world/telegram-types.ts'

export interface RawText {
  readonly text: string
  readonly parseMode: string | undefined
  readonly entities: readonly MessageEntity[] | undefined
}

/** Text as Telegram stores it: markup parsed, ends trimmed, commands and links marked. Throws ApiError 400. */
export function formatText({ text, parseMode, entities }: RawText): FormattedText {
  const parsed = parse(text, parseMode, entities)
  const trimmed = trim(parsed)
  const found = findEntities(trimmed.text).filter(
    (entity) => !trimmed.entities.some((other) => overlaps(entity, other)),
  )
  return { text: trimmed.text, entities: [...trimmed.entities, ...found].toSorted((a, b) => a.offset - b.offset) }
}

/** The entities that Telegram finds by itself in plain text: commands, mentions, links and addresses. */
export function findEntities(text: string): readonly MessageEntity[] {
  const patterns: readonly (readonly [string, RegExp])[] = [
    ['url', /\bhttps?:\/\/[^\s<>"«»]*[^\s<>"«».,;:!?)\]]/gi],
    ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/gi],
    ['bot_command', /(?<![\w/<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/])/gi],
    ['mention', /(?<![\w@.])@[a-z][a-z0-9_]{3,31}\b/gi],
  ]
  const found: MessageEntity[] = []
  for (const [type, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      const entity = { type, offset: match.index, length: match[0].length }
      if (!found.some((other) => overlaps(entity, other))) found.push(entity)
    }
  }
  return found.toSorted((a, b) => a.offset - b.offset)
}

function parse(text: string, parseMode: string | undefined, entities: readonly MessageEntity[] = []): FormattedText {
  const mode = (parseMode ?? '').toLowerCase()
  if (mode === 'html') return parseHtml(text)
  if (mode === '') return { text, entities: entities.filter((entity) => entity.offset + entity.length <= text.length) }
  if (mode === 'markdown' || mode === 'markdownv2') {
    throw badRequest(`parse_mode ${parseMode} is not supported in the sandbox; use HTML`)
  }
  throw badRequest('unsupported parse_mode')
}

function trim({ text, entities }: FormattedText): FormattedText {
  const start = text.length - text.trimStart().length
  const trimmed = text.trim()
  const moved = entities.map((entity) => {
    const offset = Math.max(entity.offset - start, 0)
    const end = Math.min(entity.offset + entity.length - start, trimmed.length)
    return { ...entity, offset, length: end - offset }
  })
  return { text: trimmed, entities: moved.filter(({ length }) => length > 0) }
}

function overlaps(a: MessageEntity, b: MessageEntity): boolean {
  // Bold or a quotation may contain a command or a link; code and links may not.
  if (!['code', 'pre', 'text_link', 'url', 'email', 'bot_command', 'mention'].includes(b.type)) return false
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length
}
