import type { Db } from '@atermtrack/data'
import type { DovecotServer } from '@atermtrack/servers'
import { importWorkbook, sendTelegram } from '@atermtrack/queue'
import { recordQueues } from '@atermtrack/testkit'
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

/** Polls as the service does; `onStored` is called after each commit that stored workbooks. */
export function polling(
  db: Db,
  settings: ImapSettings,
  { onStored = async () => undefined, ...changes }: Partial<PollDependencies> & { onStored?: () => Promise<void> } = {},
) {
  const stored: number[] = []
  const notified: number[] = []
  const { queues, take } = recordQueues()
  const wake: typeof queues.wake = async (jobs) => {
    await queues.wake(jobs)
    const workbookIds = take(importWorkbook).map(({ workbookId }) => workbookId)
    stored.push(...workbookIds)
    notified.push(...take(sendTelegram).map(({ deliveryId }) => deliveryId))
    if (workbookIds.length > 0) await onStored()
  }
  const dependencies: PollDependencies = {
    db,
    name,
    startedBy: 'test',
    open: async (signal) => openImapMailbox(settings, { logger, signal }),
    queues: { wake },
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
    notified,
    dependencies,
    poll: async () => (await pollMailboxOnce(dependencies, logger, new AbortController().signal)).messages,
  }
}
