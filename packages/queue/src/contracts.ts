import { z } from 'zod'
import { defineQueue } from './define-queue.ts'

const id = z.int().positive()

// Every queue on one screen. Payloads are ids: the row they name is the truth, and in a rolling release old and new code read
// each other's jobs, so a payload only ever gains optional fields. `dedupId` is the identity of a job: while one with it
// waits or runs, another is not added.

/** The places that `poll-mailbox` looks into. */
export const mailPlaces = { imap: 'imap', dropFolder: 'drop-folder' } as const

/**
 * Look into the mailbox or the drop folder; a signal during a run causes one more run. Asked for by a person, it tries also a
 * login that was refused.
 */
export const pollMailbox = defineQueue({
  name: 'poll-mailbox',
  payload: z.object({ mailbox: z.string().min(1), byHand: z.literal(true).optional() }),
  dedupId: ({ mailbox }) => `mailbox-${mailbox}`,
  lookAgain: true,
  attempts: 1,
})

export const importWorkbook = defineQueue({
  name: 'import-workbook',
  payload: z.object({ workbookId: id }),
  dedupId: ({ workbookId }) => `workbook-${workbookId}`,
  attempts: 8,
  mostStalls: 1_000,
})

/** Take an import back out of the picture; asked for by an admin. */
export const undoImport = defineQueue({
  name: 'undo-import',
  payload: z.object({ workbookId: id }),
  dedupId: ({ workbookId }) => `undo-${workbookId}`,
  attempts: 8,
  mostStalls: 1_000,
})

/** Fetch a file that somebody sent to the bot. */
export const fetchDocument = defineQueue({
  name: 'fetch-document',
  payload: z.object({ documentId: id }),
  dedupId: ({ documentId }) => `document-${documentId}`,
  attempts: 10,
})

/** Tell the admins of a feed that fell silent, or came back. */
export const watchFeeds = defineQueue({
  name: 'watch-feeds',
  payload: z.object({}),
  dedupId: () => 'watch-feeds',
  attempts: 1,
})

export const dispatchDueReports = defineQueue({
  name: 'dispatch-due-reports',
  payload: z.object({}),
  dedupId: () => 'dispatch',
  attempts: 1,
})

export const buildReport = defineQueue({
  name: 'build-report',
  payload: z.object({ reportId: id }),
  dedupId: ({ reportId }) => `report-${reportId}`,
  attempts: 8,
  mostStalls: 1_000,
})

export const sendEmail = defineQueue({
  name: 'send-email',
  payload: z.object({ deliveryId: id }),
  dedupId: ({ deliveryId }) => `delivery-${deliveryId}`,
  attempts: 12,
})

export const expandBroadcast = defineQueue({
  name: 'expand-broadcast',
  payload: z.object({ broadcastId: id }),
  dedupId: ({ broadcastId }) => `broadcast-${broadcastId}`,
  lookAgain: true,
  attempts: 8,
})

/** One message per 40 ms over all replicas: a window of 25 a second would let up to 39 through in one. */
export const sendTelegram = defineQueue({
  name: 'send-telegram',
  payload: z.object({ deliveryId: id }),
  dedupId: ({ deliveryId }) => `delivery-${deliveryId}`,
  attempts: 12,
  pace: { max: 1, durationMs: 40 },
})

export const sweepPending = defineQueue({
  name: 'sweep-pending',
  payload: z.object({}),
  dedupId: () => 'sweep',
  attempts: 1,
})

export const housekeeping = defineQueue({
  name: 'housekeeping',
  payload: z.object({}),
  dedupId: () => 'housekeeping',
  attempts: 1,
})

/** Every contract, for tools that look at all queues. */
export const contracts = [
  pollMailbox,
  importWorkbook,
  undoImport,
  fetchDocument,
  watchFeeds,
  dispatchDueReports,
  buildReport,
  sendEmail,
  expandBroadcast,
  sendTelegram,
  sweepPending,
  housekeeping,
] as const

/** What leaves first when several deliveries wait: a lower number is sooner. */
export const deliveryPriority = { answer: 1, code: 1, alert: 2, report: 3, broadcast: 4 } as const
