import { randomUUID } from 'node:crypto'
import type { StrangerQuota } from '@atermtrack/data'
import type { Outbox } from '@atermtrack/outbox'
import type { Logger } from 'pino'
import type { TrustedSenders } from '../importing/trusted-senders.ts'
import { type ImapSettings, openImapMailbox } from './imap-mailbox.ts'
import { createMailboxLook, type MailboxLook } from './look-into-mailbox.ts'
import { createMailboxHealthKeeper } from './mailbox-health-keeper.ts'
import { createSharedConnection } from './shared-connection.ts'
import { watchMailbox } from './watch-mailbox.ts'

export interface ImapIntake {
  readonly look: MailboxLook
  /** Asks for a look when the server reports mail, until it is disposed. */
  readonly watch: () => AsyncDisposable
}

export interface ImapIntakeOptions extends Outbox {
  readonly logger: Logger
  readonly imap: ImapSettings
  readonly limits: {
    readonly windowDays: number
    readonly maxMessageBytes: number
    readonly maxAttachments: number
    readonly lookLimitMs: number
    readonly authservId: string | undefined
    readonly strangerQuota: StrangerQuota
  }
  readonly secrets: readonly (string | undefined)[]
  readonly adminChatIds: readonly number[]
  /** The senders of this moment. */
  readonly senders: () => TrustedSenders
  /** Asks for a look. */
  readonly lookAgain: (delayMs?: number) => Promise<void>
}

/** The name by which the tables know a mailbox: account, host and folder. */
export function mailboxName({ user, host, mailbox }: ImapSettings): string {
  return `${user}@${host}/${mailbox}`
}

/** Everything that reads one mailbox: looks on request, a watch on IDLE, and one health record of both. */
export function createImapIntake({
  db,
  logger,
  imap,
  limits,
  secrets,
  lookAgain,
  senders,
  ...rest
}: ImapIntakeOptions): ImapIntake {
  const name = mailboxName(imap)
  const now = () => new Date()
  const shared = createSharedConnection()
  const health = createMailboxHealthKeeper({ db, name, secrets, logger, now })
  async function open(signal: AbortSignal) {
    const startedAt = performance.now()
    const box = await openImapMailbox(imap, { logger, signal })
    health.noteLogin(performance.now() - startedAt)
    return box
  }
  const openForLook = async (signal: AbortSignal) => (await shared.borrow(signal)) ?? open(signal)
  const poll = {
    ...rest,
    ...limits,
    db,
    name,
    open: openForLook,
    now,
    startedBy: randomUUID(),
    limitMs: limits.lookLimitMs,
  }
  const looking = { ...poll, health, lookAgain }
  return {
    look: createMailboxLook({
      ...looking,
      get senders() {
        return senders()
      },
    }),
    watch: () => watchMailbox({ open, onNews: async () => lookAgain(), shared, health, logger }),
  }
}
