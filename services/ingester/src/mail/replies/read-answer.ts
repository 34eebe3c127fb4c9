import type { MessagePart, ParsedMessage } from '../parse-message.ts'

/** A message that answers one of our own mails, by what it says itself: whether we sent that mail only the ledger knows. */
export type MailAnswer =
  /** Its sender wants no more mail. */
  | { readonly kind: 'unsubscribe'; readonly messageIds: readonly string[] }
  /** A mail server reports what became of a mail (RFC 3464). `isRefused`: it takes nothing for this recipient, for good. */
  | { readonly kind: 'returned'; readonly messageIds: readonly string[]; readonly isRefused: boolean }

/** What Message-IDs of the ledger look like. */
const ownId = /delivery-\d{1,15}\.[0-9a-f-]{36}@[a-z0-9.-]{1,253}/giu
const mostIds = 20
/** Of a body or a returned head: the beginning is enough. */
const readBytes = 64 * 1024
/** Of HTML less: hostile markup costs the square of its length. */
const htmlRead = 16 * 1024
/** A longer line is a letter, not an order. */
const longestOrder = 60
const orders = /^(?:стоп|отпи(?:саться|сать|шите)|не присылать|unsubscribe|stop)(?![\p{L}\p{N}])/iu
const replyMarks = /^(?:\s*(?:re|fw|fwd|ответ|отв|aw)\s*(?:\[\d+\])?:)+\s*/iu

/** Reads an answer to one of our mails; undefined for any other message. Only Message-IDs that look like our own are returned. */
export function readAnswer({
  headerLines,
  subject,
  parts,
}: Pick<ParsedMessage, 'headerLines' | 'subject' | 'parts'>): MailAnswer | undefined {
  const report = parts.find(({ contentType }) => contentType === 'message/delivery-status')
  if (report) return readReturned(report, parts)
  const answered = headerLines.flatMap(({ key, line }) =>
    key === 'in-reply-to' || key === 'references' ? idsIn(line) : [],
  )
  const messageIds = [...new Set([...answered, ...idsIn(subject ?? '')])].slice(0, mostIds)
  if (messageIds.length === 0) return undefined
  const isOrder = [(subject ?? '').replace(replyMarks, ''), ...firstLines(parts)].some(
    (line, place) => orders.test(line) && (place === 0 || line.length <= longestOrder),
  )
  return isOrder ? { kind: 'unsubscribe', messageIds } : undefined
}

function readReturned(report: MessagePart, parts: readonly MessagePart[]): MailAnswer | undefined {
  const heads = parts.filter(({ contentType }) =>
    /^(?:message\/rfc822|text\/rfc822-headers|message\/global(?:-headers)?)$/.test(contentType),
  )
  const messageIds = heads.flatMap(({ content }) => {
    const [, id] = /^message-id:\s*<([^>]+)>/imu.exec(textOf(content, 'latin1')) ?? []
    return id === undefined ? [] : idsIn(id)
  })
  if (messageIds.length === 0) return undefined
  return {
    kind: 'returned',
    messageIds: messageIds.slice(0, mostIds),
    isRefused: isRefused(textOf(report.content, 'latin1')),
  }
}

/** A mailbox that does not exist or is closed. 5.7 is about our right to send, and 4 about the time. */
function isRefused(status: string): boolean {
  return status
    .split(/\r?\n\s*\r?\n/u)
    .some((block) => /^action:\s*failed\b/imu.test(block) && /^status:\s*5\.(?!7\.)\d/imu.test(block))
}

function idsIn(text: string): readonly string[] {
  return Array.from(text.matchAll(ownId), ([id]) => id)
}

/** The first line of the text of a message, as its sender wrote it; of several texts that of each. */
function firstLines(parts: readonly MessagePart[]): readonly string[] {
  return parts.flatMap(({ contentType, content, charset, fileName }) => {
    if (fileName !== undefined || (contentType !== 'text/plain' && contentType !== 'text/html')) return []
    const text = textOf(content, charset ?? 'utf-8')
    const plain = contentType === 'text/html' ? withoutTags(text.slice(0, htmlRead)) : text
    const line = plain
      .split('\n')
      .map((each) => each.trim())
      .find((each) => each !== '')
    return line === undefined || line.startsWith('>') ? [] : [line]
  })
}

function withoutTags(html: string): string {
  return html
    .replace(/<(style|script|head)\b[^>]*>[^]*?<\/\1>/giu, ' ')
    .replace(/<(?:br|\/p|\/div|\/tr|\/h\d)\b[^>]*>/giu, '\n')
    .replace(/<[^>]{0,2000}>/gu, '')
    .replace(/&nbsp;/giu, ' ')
}

function textOf(content: Buffer, charset: string): string {
  const bytes = content.subarray(0, readBytes)
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
