import type { Db } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import { pino } from 'pino'
import { type ImapSettings, openImapMailbox } from './imap-mailbox.ts'
import { type PollDependencies, pollMailboxOnce } from './poll-mailbox.ts'

export const logger = pino({ level: 'silent' })
/** Of the mailbox in the tables. */
export const name = 'box'

export function settingsOf({ host, port, user, password }: DovecotServer): ImapSettings {
  return { host, port, secure: false, user, password, mailbox: 'INBOX' }
}

const generous = { files: 10_000, bytes: 1e9 }
/** Makes the time pass after which deferred messages are tried again. */
export async function letDeferredBeDue(db: Db): Promise<void> {
  await db
    .updateTable('mailMessage')
    .set({ nextTryAt: new Date(0) })
    .where('nextTryAt', 'is not', null)
    .execute()
}

/** Polls as the service does. */
export function polling(db: Db, settings: ImapSettings, changes: Partial<PollDependencies> = {}) {
  const stored: number[] = []
  const dependencies: PollDependencies = {
    db,
    name,
    startedBy: 'test',
    open: async (signal) => openImapMailbox(settings, { logger, signal }),
    onWorkbook: async (id) => void stored.push(id),
    onNotice: async () => undefined,
    adminChatIds: [],
    senders: { dislocation: ['@rail.example'], terminal_report: [], train_roster: [] },
    strangerQuota: { perSender: generous, overAll: generous },
    now: () => new Date(),
    windowDays: 14,
    maxMessageBytes: 60_000_000,
    maxAttachments: 50,
    limitMs: 60_000,
    ...changes,
  }
  return {
    stored,
    dependencies,
    poll: async () => (await pollMailboxOnce(dependencies, logger, new AbortController().signal)).messages,
  }
}
