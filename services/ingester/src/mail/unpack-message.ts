import { createHash } from 'node:crypto'
import { cleanText, cutText, readableFileName } from '@atermtrack/domain'
import type { AddressObject } from 'mailparser'
import { type MessagePart, parseMessage } from './parse-message.ts'
import type { HeaderLine } from './raw-header-text.ts'
import { type MailAnswer, readAnswer } from './replies/read-answer.ts'

export interface UnpackedMessage {
  readonly sender: string | undefined
  readonly subject: string | undefined
  readonly sentAt: Date | undefined
  readonly attachments: readonly MailAttachment[]
  readonly headerLines: readonly HeaderLine[]
  /** It answers one of our own mails, by what it says itself. */
  readonly answer: MailAnswer | undefined
  /** The text itself contains a file, as before MIME; it is not read. */
  readonly isUuencoded: boolean
}

export interface MailAttachment {
  readonly fileName: string
  readonly content: Uint8Array
  readonly sha256: Uint8Array
}

/** Mail programs wrap forwarded mail in forwarded mail; beyond this depth it is an attack. */
const maxForwardDepth = 3
/** RFC 5321 allows 254 characters. */
const longestAddress = 320
const longestSubject = 1_000
const longestHead = 256 * 1024

/**
 * Unpacks a raw message: its sender, and every attachment that may be a workbook, those of forwarded messages too. Names
 * are for people only, never paths. Throws when the bytes are no message.
 */
export async function unpackMessage(raw: Uint8Array): Promise<UnpackedMessage> {
  const { from, subject, sentAt, headerLines, parts } = await parseMessage(
    Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength),
  )
  return {
    sender: firstAddress(from),
    subject: cleanLine(subject, longestSubject),
    sentAt,
    headerLines,
    answer: readAnswer({ headerLines, subject, parts }),
    attachments: await collect(parts, 0),
    isUuencoded: parts.some((part) => isText(part) && uuencodedFile.test(part.content.toString('latin1'))),
  }
}

/** Sender, time and subject of a message, as far as its header lines give them; undefined when they cannot be read either. */
export async function headOf(
  raw: Uint8Array,
): Promise<Pick<UnpackedMessage, 'sender' | 'subject' | 'sentAt'> | undefined> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, longestHead))
  const end = bytes.indexOf('\r\n\r\n')
  const head = end === -1 ? bytes : bytes.subarray(0, end + 4)
  return unpackMessage(head).then(
    ({ sender, subject, sentAt }) => ({ sender, subject, sentAt }),
    () => undefined,
  )
}

async function collect(parts: readonly MessagePart[], depth: number): Promise<readonly MailAttachment[]> {
  const found: MailAttachment[] = []
  for (const part of parts) {
    const inner = await forwarded(part, depth)
    if (inner) found.push(...(await collect(inner, depth + 1)))
    else if (mayBeWorkbook(part)) {
      const sha256 = createHash('sha256').update(part.content).digest()
      found.push({ fileName: baseName(part), content: part.content, sha256 })
    }
  }
  return found
}

/** The parts of a message within the message; one that is not a message is an attachment like others. */
async function forwarded(part: MessagePart, depth: number): Promise<readonly MessagePart[] | undefined> {
  if (part.contentType !== 'message/rfc822' || depth >= maxForwardDepth) return undefined
  return parseMessage(part.content).then(
    ({ parts }) => parts,
    () => undefined,
  )
}

const neverWorkbooks =
  /^(?:image|audio|video)\/|^(?:text\/calendar|text\/rfc822-headers|message\/delivery-status|application\/(?:pdf|pgp-signature|pkcs7-signature|x-pkcs7-signature))$/
const tableName = /\.(?:csv|tsv|xls[xmb]?|zip)$/i
const uuencodedFile = /^begin(?:-base64)? [0-7]{3,4} \S/m

/** Type and name are unreliable, so only certain types are left out: pictures, signatures, calendars, texts. */
function mayBeWorkbook(part: MessagePart): boolean {
  if (part.content.byteLength === 0 || neverWorkbooks.test(part.contentType)) return false
  return !isText(part) || part.disposition === 'attachment' || tableName.test(part.fileName ?? '')
}

function isText({ contentType }: MessagePart): boolean {
  return contentType === 'text/plain' || contentType === 'text/html'
}

function firstAddress(from: AddressObject | undefined): string | undefined {
  return from?.value
    .map(({ address }) => cleanLine(address, longestAddress)?.toLowerCase())
    .find((address) => address !== undefined && address !== '')
}

function baseName({ fileName, contentType }: MessagePart): string {
  return readableFileName(fileName) ?? (contentType === 'application/ms-tnef' ? 'winmail.dat' : 'без имени')
}

/** Folded white space becomes one blank; marks that turn text around or hide in it would deceive readers. */
function cleanLine(text: string | undefined, longest: number): string | undefined {
  return text === undefined ? undefined : cutText(cleanText(text), longest) || undefined
}
