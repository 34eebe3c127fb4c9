import { escapeHtml } from '@atermtrack/messages'

/** As in the Bot API: offsets and lengths in UTF-16 units, as JavaScript counts them. */
export interface TextEntity {
  readonly type: string
  readonly offset: number
  readonly length: number
  readonly url?: string
  readonly language?: string
  readonly custom_emoji_id?: string
  readonly user?: { readonly id: number }
}

interface Tag {
  readonly open: string
  readonly close: string
}

interface Span {
  readonly tag: Tag
  readonly start: number
  readonly end: number
}

const simpleTags: Readonly<Record<string, string>> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  spoiler: 'tg-spoiler',
  code: 'code',
  blockquote: 'blockquote',
}

/**
 * Writes a text with Telegram's entities as Telegram's HTML. Links, hashtags and other entities that Telegram finds itself get no
 * tag. Tags are always nested, even where entities overlap.
 */
export function entitiesToHtml(text: string, entities: readonly TextEntity[] = []): string {
  const spans = toSpans(text, entities)
  const borders = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].toSorted(byValue)
  const open: Span[] = []
  let html = ''
  for (const [n, border] of borders.entries()) {
    html += closeEnded(open, border)
    for (const span of spans) {
      if (span.start !== border) continue
      html += span.tag.open
      open.push(span)
    }
    html += escapeHtml(text.slice(border, borders[n + 1] ?? border), Infinity)
  }
  return html
}

/** The spans in the order of their opening tags: when two begin together, the longer one is outside. */
function toSpans(text: string, entities: readonly TextEntity[]): readonly Span[] {
  return entities
    .flatMap((entity) => {
      const tag = toTag(entity)
      const end = Math.min(entity.offset + entity.length, text.length)
      return tag && entity.offset < end ? [{ tag, start: entity.offset, end }] : []
    })
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
}

/** Closes the spans that end here. Inner spans that go on are closed too and opened again. */
function closeEnded(open: Span[], border: number): string {
  const first = open.findIndex(({ end }) => end <= border)
  if (first === -1) return ''
  const closed = open.splice(first)
  const goingOn = closed.filter(({ end }) => end > border)
  open.push(...goingOn)
  const closing = closed.toReversed().map(({ tag }) => tag.close)
  return [...closing, ...goingOn.map(({ tag }) => tag.open)].join('')
}

function toTag(entity: TextEntity): Tag | undefined {
  const { type, url, language, custom_emoji_id: emoji, user } = entity
  const simple = simpleTags[type]
  if (simple !== undefined) return { open: `<${simple}>`, close: `</${simple}>` }
  if (type === 'expandable_blockquote') return { open: '<blockquote expandable>', close: '</blockquote>' }
  if (type === 'pre' && language === undefined) return { open: '<pre>', close: '</pre>' }
  if (type === 'pre') return { open: `<pre><code class="language-${attribute(language)}">`, close: '</code></pre>' }
  if (type === 'text_link' && url !== undefined) return { open: `<a href="${attribute(url)}">`, close: '</a>' }
  if (type === 'text_mention' && user) return { open: `<a href="tg://user?id=${user.id}">`, close: '</a>' }
  if (type === 'custom_emoji') return { open: `<tg-emoji emoji-id="${attribute(emoji)}">`, close: '</tg-emoji>' }
  return undefined
}

function attribute(value = ''): string {
  return escapeHtml(value, Infinity)
}

function byValue(a: number, b: number): number {
  return a - b
}
