import { createHash } from 'node:crypto'

export interface MessageAttachment {
  readonly fileName: string
  readonly content: Buffer
  readonly contentType?: string
  /** Replaces Content-Type, Content-Transfer-Encoding and Content-Disposition; the body stays base64. */
  readonly rawHeaders?: readonly string[]
}

export interface MessageOptions {
  readonly from?: string
  readonly to?: string
  readonly subject?: string
  readonly date?: Date
  readonly messageId?: string
  readonly text?: string
  readonly attachments?: readonly MessageAttachment[]
  /** Whole header lines, folded by the caller, put first and in place of our own of the same name. */
  readonly rawHeaders?: readonly string[]
}

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const DEFAULT_DATE = new Date('2025-09-02T05:00:00Z')
/** An encoded word may take 75 characters; 42 bytes make 56 of base64. */
const ENCODED_WORD_BYTES = 42
/** RFC 2045 line length; Buffer's base64 has no line ends. */
const BASE64_LINE = /.{1,76}/g

/** A correct MIME message with CRLF line ends; header lines given raw replace ours, so that odd ones can be built. */
export function aMessage({
  from = 'cargolk@gvc.rzd.ru',
  to = 'tracker@example.org',
  subject = 'Отчёт слежения TrackerBot №103',
  date = DEFAULT_DATE,
  messageId = messageIdOf([from, subject, date.toISOString()]),
  text = 'Отчёт во вложении.',
  attachments = [],
  rawHeaders = [],
}: MessageOptions = {}): Buffer {
  const boundary = `=_${digest([messageId])}`
  const own = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${encodedHeader(subject)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${messageId}`,
    'MIME-Version: 1.0',
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ]
  const replaced = new Set(rawHeaders.map(headerName))
  const headers = [...rawHeaders, ...own.filter((line) => !replaced.has(headerName(line)))]
  const parts = [textPart(text), ...attachments.map(attachmentPart)]
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')
  // latin1 lets a raw header carry any byte; everything of our own is ASCII.
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}--${boundary}--\r\n`, 'latin1')
}

function textPart(text: string): string {
  const headers = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64']
  return `${headers.join('\r\n')}\r\n\r\n${base64Lines(Buffer.from(text, 'utf8'))}`
}

function attachmentPart({ fileName, content, contentType = XLSX_TYPE, rawHeaders }: MessageAttachment): string {
  const headers = rawHeaders ?? [
    `Content-Type: ${contentType}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment;\r\n filename*=utf-8''${encodeURIComponent(fileName).replaceAll("'", '%27')}`,
  ]
  return `${headers.join('\r\n')}\r\n\r\n${base64Lines(content)}`
}

function base64Lines(content: Buffer): string {
  return (content.toString('base64').match(BASE64_LINE) ?? []).join('\r\n')
}

function encodedHeader(text: string): string {
  if (/^[\x20-\x7E]*$/.test(text)) return text
  const words: string[] = []
  let word = ''
  for (const char of text) {
    if (Buffer.byteLength(word + char) > ENCODED_WORD_BYTES) {
      words.push(word)
      word = ''
    }
    word += char
  }
  return [...words, word].map((part) => `=?utf-8?B?${Buffer.from(part).toString('base64')}?=`).join('\r\n ')
}

function headerName(line: string): string {
  return line.slice(0, line.indexOf(':')).toLowerCase()
}

function messageIdOf(parts: readonly string[]): string {
  return `<${digest(parts)}@simulated.example>`
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24)
}
