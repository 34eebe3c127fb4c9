import type { EventEmitter } from 'node:events'
import { type AddressObject, type AttachmentStream, MailParser, type MessageText } from 'mailparser'
import { fileNameText, type HeaderLine, subjectText } from './raw-header-text.ts'

export interface ParsedMessage {
  readonly from: AddressObject | undefined
  readonly subject: string | undefined
  readonly sentAt: Date | undefined
  /** From top to bottom. */
  readonly headerLines: readonly HeaderLine[]
  /** The leaves of the message, its texts too, in their order. */
  readonly parts: readonly MessagePart[]
}

export interface MessagePart {
  readonly contentType: string
  /** Of a text, as the message names it. */
  readonly charset: string | undefined
  readonly disposition: string | undefined
  readonly fileName: string | undefined
  readonly content: Buffer
}

/** Reads the structure of a raw message and decodes its parts; a text is bytes like any other part. Throws when the bytes are not a message. */
export async function parseMessage(raw: Buffer): Promise<ParsedMessage> {
  // Without text types the parser returns texts unread. Otherwise it would render them, which takes minutes for a hostile
  // mail, and it would lose a table that is sent as named plain text.
  const parser = Object.assign(new MailParser({ skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true }), {
    textTypes: [],
  })
  const parts: MessagePart[] = []
  let headers: ReadonlyMap<string, unknown> = new Map()
  let headerLines: readonly HeaderLine[] = []
  await new Promise<void>((resolve, reject) => {
    parser.on('error', reject)
    parser.on('headers', (found) => (headers = found))
    parser.on('headerLines', (found: readonly HeaderLine[]) => (headerLines = found))
    parser.on('data', (part) => {
      if (isPart(part)) gather(part, (content) => parts.push(toPart(part, content, raw)), reject)
    })
    parser.on('end', resolve)
    parser.end(raw)
  })
  const date = headers.get('date')
  return {
    from: headers.get('from') as AddressObject | undefined,
    subject: subjectText(headers.get('subject') as string | undefined, headerLines),
    sentAt: date instanceof Date && !Number.isNaN(date.getTime()) ? date : undefined,
    headerLines,
    parts,
  }
}

function isPart(part: AttachmentStream | MessageText): part is AttachmentStream {
  return part.type === 'attachment'
}

/** The parser waits until a part is read and released. */
function gather(part: AttachmentStream, onContent: (content: Buffer) => void, onError: (error: Error) => void): void {
  const chunks: Buffer[] = []
  const stream: EventEmitter = part.content
  stream.on('data', (chunk: Buffer) => chunks.push(chunk))
  stream.on('error', onError)
  stream.on('end', () => {
    onContent(Buffer.concat(chunks))
    part.release()
  })
}

function toPart(
  { contentType, contentDisposition, filename, headers }: AttachmentStream,
  content: Buffer,
  raw: Buffer,
): MessagePart {
  const declared = headers.get('content-type') as { readonly params?: { readonly charset?: string } } | undefined
  const charset = declared?.params?.charset
  return { contentType, charset, disposition: contentDisposition, fileName: fileNameText(filename, raw), content }
}
