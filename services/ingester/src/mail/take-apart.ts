import { createHash } from 'node:crypto'
import { type AddressObject, type Attachment, simpleParser } from 'mailparser'

export interface TakenApart {
  readonly sender: string | undefined
  readonly subject: string | undefined
  readonly sentAt: Date | undefined
  readonly attachments: readonly TakenAttachment[]
}

export interface TakenAttachment {
  readonly fileName: string
  readonly content: Uint8Array
  readonly sha256: Uint8Array
}

/** Mail programs wrap forwarded mail in forwarded mail; beyond this depth it is somebody's joke. */
const maxForwardDepth = 3

/**
 * Takes a raw message apart: who sent it, and every attachment that may be a workbook, those of forwarded messages too. Names
 * are for people only, never paths. Throws when the bytes are no message.
 */
export async function takeApart(raw: Uint8Array): Promise<TakenApart> {
  const parsed = await parse(raw)
  return {
    sender: firstAddress(parsed.from),
    subject: cleanLine(parsed.subject),
    sentAt: parsed.date && !Number.isNaN(parsed.date.getTime()) ? parsed.date : undefined,
    attachments: await collect(parsed.attachments, 0),
  }
}

async function parse(raw: Uint8Array) {
  // Without these the parser renders the text parts, which a hostile mail can make take minutes, and nobody reads.
  return simpleParser(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
    skipHtmlToText: true,
    skipTextToHtml: true,
    skipTextLinks: true,
    skipImageLinks: true,
  })
}

async function collect(attachments: readonly Attachment[], depth: number): Promise<readonly TakenAttachment[]> {
  const found: TakenAttachment[] = []
  for (const attachment of attachments) {
    if (attachment.contentType === 'message/rfc822' && depth < maxForwardDepth) {
      const inner = await parse(attachment.content)
      found.push(...(await collect(inner.attachments, depth + 1)))
    } else if (mayBeWorkbook(attachment)) {
      const sha256 = createHash('sha256').update(attachment.content).digest()
      found.push({ fileName: baseName(attachment.filename), content: attachment.content, sha256 })
    }
  }
  return found
}

const neverWorkbooks =
  /^(?:image|audio|video)\/|^(?:text\/calendar|application\/(?:pdf|pgp-signature|pkcs7-signature|x-pkcs7-signature))$/

/** Type and name lie, so only what can be nothing else is left out: pictures, signatures, calendars. */
function mayBeWorkbook({ contentType, content }: Attachment): boolean {
  return content.byteLength > 0 && !neverWorkbooks.test(contentType)
}

function firstAddress(from: AddressObject | undefined): string | undefined {
  return from?.value
    .map(({ address }) => address?.trim().toLowerCase())
    .find((address) => address !== undefined && address !== '')
}

function baseName(fileName: string | undefined): string {
  const name = cleanLine(fileName)?.split(/[\\/]/).at(-1)
  return name === undefined || name === '' ? 'без имени' : name.slice(0, 200)
}

/** Folded white space becomes one blank; control characters would spoil logs and messages. */
function cleanLine(text: string | undefined): string | undefined {
  // oxlint-disable-next-line no-control-regex -- control characters are what is searched for
  const line = text?.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim()
  return line === '' ? undefined : line
}
