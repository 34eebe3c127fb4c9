import { z } from 'zod'
import { defineRowQueue } from './define-queue.ts'
import { deliveryPriority } from './delivery-priority.ts'

const id = z.int().positive()

/** Fetch a file that somebody sent to the bot. */
export const fetchDocument = defineRowQueue({
  name: 'fetch-document',
  payload: z.object({ documentId: id }),
  dedupId: ({ documentId }) => `document-${documentId}`,
  forRow: (documentId) => ({ documentId }),
  attempts: 10,
  workedBy: 'bot',
  enqueuedBy: ['bot'],
  failure: {
    starts: '10',
    repeats: 'a file sent to the bot is a row, unique by update',
    fails: 'the bot notifies the sender that it could not be fetched',
    remedy: 'ask for the file again, or put it into the mailbox',
  },
})

/** Preview an album, wait for the time of a broadcast, write its deliveries, and enqueue some of them, or of those to recall, at a time. */
export const expandBroadcast = defineRowQueue({
  name: 'expand-broadcast',
  payload: z.object({ broadcastId: id }),
  dedupId: ({ broadcastId }) => `broadcast-${broadcastId}`,
  forRow: (broadcastId) => ({ broadcastId }),
  lookAgain: true,
  attempts: 8,
  workedBy: 'bot',
  enqueuedBy: ['bot', 'cli', 'itself'],
  failure: {
    starts: '8, then the sweep',
    repeats: 'one delivery per broadcast and chat, unique',
    fails: 'it does not: the sweep brings it back',
    remedy: 'admins have buttons to pause, go on, cancel and recall',
  },
})

/** Send a delivery: one message per 40 ms over all replicas. A window of 25 a second would let up to 39 through in one. */
export const sendTelegram = defineRowQueue({
  name: 'send-telegram',
  payload: z.object({ deliveryId: id }),
  dedupId: ({ deliveryId }) => `delivery-${deliveryId}`,
  forRow: (deliveryId) => ({ deliveryId }),
  priorities: deliveryPriority,
  attempts: 12,
  pace: { max: 1, durationMs: 40 },
  workedBy: 'bot',
  enqueuedBy: ['ingester', 'reporter', 'bot'],
  failure: {
    starts:
      "paced 1 per 40 ms over all copies; up to 720 tries (about a day) while Telegram is out of reach; Telegram's own waits do not count",
    repeats: 'one row per message, in `sending` while a call is open',
    fails:
      '`failed`, `blocked` (the person has left: nothing more is sent until they write) or `unknown` (an alert is sent again first, five times at most)',
    remedy: 'see below',
  },
})
