import { randomUUID } from 'node:crypto'
import type { Db, StrangerQuota } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { TrustedSenders } from '../importing/trusted-senders.ts'
import { type ImapSettings, openImapMailbox } from './imap-mailbox.ts'
import { createMailboxLook, type MailboxLook } from './look-into-mailbox.ts'
import { createMailboxHealthKeeper } from './mailbox-health-keeper.ts'
import { watchMailbox } from './watch-mailbox.ts'

export interface ImapIntake {
  readonly look: MailboxLook
  /** Rings when the server tells of mail, until it is disposed. */
  readonly watch: () => AsyncDisposable
}

export interface ImapIntakeOptions {
  readonly db: Db
  readonly logger: Logger
  readonly imap: ImapSettings
  readonly limits: {
    readonly windowDays: number
    readonly maxMessageBytes: number
    readonly maxAttachments: number
    readonly lookLimitMs: number
    readonly authservId: string | undefined
    readonly senders: TrustedSenders
    readonly strangerQuota: StrangerQuota
  }
  readonly secrets: readonly (string | undefined)[]
  readonly onWorkbook: (workbookId: number) => Promise<void>
  readonly onNotice: (deliveryId: number) => Promise<void>
  readonly adminChatIds: readonly number[]
  /** Asks for a look. */
  readonly ring: (delayMs?: number) => Promise<void>
}

/** The name by which the tables know a mailbox: account, host and folder. */
export function mailboxName({ user, host, mailbox }: ImapSettings): string {
  return `${user}@${host}/${mailbox}`
}

/** Everything that reads one mailbox: looks by order, a watch on IDLE, and one record of how both go. */
export function createImapIntake({
  db,
  logger,
  imap,
  limits,
  secrets,
  ring,
  ...telling
}: ImapIntakeOptions): ImapIntake {
  const name = mailboxName(imap)
  const now = () => new Date()
  const health = createMailboxHealthKeeper({ db, name, secrets, logger, now })
  const open = async (signal: AbortSignal) => openImapMailbox(imap, { logger, signal })
  const poll = { ...telling, ...limits, db, name, open, now, startedBy: randomUUID(), limitMs: limits.lookLimitMs }
  return {
    look: createMailboxLook({ ...poll, health, lookAgain: ring }),
    watch: () => watchMailbox({ open, onNews: async () => ring(), health, logger }),
  }
}
