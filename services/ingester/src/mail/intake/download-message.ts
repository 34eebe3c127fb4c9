import type { Logger } from 'pino'
import { type ImapMailbox, MessageWithheld } from '../imap-mailbox.ts'
import { headOf } from '../unpack-message.ts'
import type { MailboxLine } from './mailbox-line.ts'

export type Head = Awaited<ReturnType<typeof headOf>>

export type Download =
  | { readonly kind: 'downloaded'; readonly raw: Uint8Array }
  | { readonly kind: 'gone' }
  | { readonly kind: 'too_big'; readonly head: Head }
  /** The connection works, and yet this message does not arrive. */
  | { readonly kind: 'failed'; readonly reason: 'download_cut' | 'not_handed_out'; readonly head: Head }

export interface DownloadOptions {
  readonly uid: number
  /** In bytes, as the server reports it. */
  readonly size: number
  readonly maxBytes: number
  /** How often it may break off, at least once. */
  readonly attempts: number
}

/**
 * Downloads a message. A connection that breaks off is opened again, and the message is requested again while there are
 * attempts. When the new connection sends the header lines but not the message, the message is at fault. Throws when the
 * connection as a whole is at fault.
 */
export async function downloadMessage(line: MailboxLine, options: DownloadOptions, logger: Logger): Promise<Download> {
  const { uid, attempts } = options
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request(line.box(), options)
    } catch (error) {
      if (error instanceof MessageWithheld)
        return { kind: 'failed', reason: 'not_handed_out', head: await readHead(line.box(), uid) }
      logger.warn({ err: error, uid }, 'the download of a message broke off')
      const box = await line.reconnect()
      if (attempt >= attempts) return { kind: 'failed', reason: 'download_cut', head: await readHead(box, uid) }
    }
  }
}

async function request(box: ImapMailbox, { uid, size, maxBytes }: DownloadOptions): Promise<Download> {
  if (size > maxBytes) return { kind: 'too_big', head: await readHead(box, uid) }
  const raw = await box.fetchRaw(uid)
  return raw ? { kind: 'downloaded', raw } : { kind: 'gone' }
}

/** Sender and subject of a message that is not downloaded. */
async function readHead(box: ImapMailbox, uid: number): Promise<Head> {
  const head = await box.fetchHead(uid).catch((error: unknown) => {
    if (error instanceof MessageWithheld) return undefined
    throw error
  })
  return head && headOf(head)
}
