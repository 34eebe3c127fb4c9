import type { ImapMailbox } from '../imap-mailbox.ts'

/** The connection of one look into a mailbox, which can be replaced during the look. */
export interface MailboxLine extends AsyncDisposable {
  readonly box: () => ImapMailbox
  /** Whether this look may connect once more. */
  readonly mayReconnect: () => boolean
  /** Disconnects and connects again. Throws when that fails, and when one look has done so too often. */
  readonly reconnect: () => Promise<ImapMailbox>
}

/** Servers lock accounts that log in all the time; the rest of the mailbox stays for the next look. */
const mostReconnects = 8

/** Connects to a mailbox; `open` opens one connection. */
export async function openMailboxLine(open: () => Promise<ImapMailbox>): Promise<MailboxLine> {
  let box: ImapMailbox = await open()
  let reconnects = 0
  return {
    box: () => box,
    mayReconnect: () => reconnects < mostReconnects,
    async reconnect() {
      await box[Symbol.asyncDispose]()
      if (reconnects >= mostReconnects) throw new Error('the mail connection breaks off all the time')
      reconnects += 1
      const { uidValidity } = box
      box = await open()
      if (box.uidValidity !== uidValidity) throw new Error('the mailbox has got new UIDs')
      return box
    },
    async [Symbol.asyncDispose]() {
      await box[Symbol.asyncDispose]()
    },
  }
}
