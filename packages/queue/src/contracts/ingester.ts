import { z } from 'zod'
import { defineQueue, defineRowQueue } from './define-queue.ts'
import { mailPlaces } from './mail-places.ts'

const workbook = z.object({ workbookId: z.int().positive() })

/**
 * Look into the mailbox or the drop folder; a signal during a run causes one more run. A look that a person asks for tries also a login
 * that was refused.
 */
export const pollMailbox = defineQueue({
  name: 'poll-mailbox',
  payload: z.object({ mailbox: z.string().min(1), byHand: z.literal(true).optional() }),
  dedupId: ({ mailbox }) => `mailbox-${mailbox}`,
  lookAgain: true,
  attempts: 1,
  workedBy: 'ingester',
  enqueuedBy: ['IDLE', 'changes in the drop folder', 'bot', 'cli'],
  schedules: [
    {
      id: 'poll-mail',
      payload: { mailbox: mailPlaces.imap },
      rhythm: { minutes: 'pollMinutes' },
      places: [mailPlaces.imap],
    },
    // The terminal's day file arrives about now.
    {
      id: 'poll-mail-for-terminal',
      payload: { mailbox: mailPlaces.imap },
      rhythm: { pattern: '30 8 * * *', zone: 'terminalZone' },
      places: [mailPlaces.imap],
    },
    {
      id: 'look-into-drop-folder',
      payload: { mailbox: mailPlaces.dropFolder },
      rhythm: { pattern: '* * * * *', zone: 'UTC' },
      places: [mailPlaces.dropFolder],
    },
  ],
  failure: {
    starts:
      '1, then the next poll (every `MAIL_POLL_MINUTES`, and at once when the server announces mail; the drop folder every minute and at every change)',
    repeats:
      'a message is taken by the commit of its row, unique by mailbox, UIDVALIDITY and UID; a file of the folder is known by its hash',
    fails: 'it does not: it looks again',
    remedy: 'on "the mail login is refused" renew the app password and restart; until then it is tried once an hour',
  },
})

/** Import a stored workbook. */
export const importWorkbook = defineRowQueue({
  name: 'import-workbook',
  payload: workbook,
  dedupId: ({ workbookId }) => `workbook-${workbookId}`,
  forRow: (workbookId) => ({ workbookId }),
  attempts: 8,
  mostStalls: 1_000,
  workedBy: 'ingester',
  enqueuedBy: ['ingester', 'bot', 'cli'],
  failure: {
    starts: '8; a file that kills its reader 5 times, the last 4 alone, is refused',
    repeats: 'the row is locked while `pending`; a workbook with the same bytes or content is a duplicate',
    fails: 'the workbook is `refused` with a reason',
    remedy: '`cli workbooks list --status refused`, then `cli workbooks replay <id>`',
  },
})

/** Undo an import, as an admin asked for. */
export const undoImport = defineRowQueue({
  name: 'undo-import',
  payload: workbook,
  dedupId: ({ workbookId }) => `undo-${workbookId}`,
  forRow: (workbookId) => ({ workbookId }),
  attempts: 8,
  mostStalls: 1_000,
  workedBy: 'ingester',
  enqueuedBy: ['bot', 'cli'],
  failure: {
    starts: '8, then the sweep',
    repeats:
      'its containers are rebuilt a thousand at a time, then one transaction removes the workbook and notifies the admins and the person who asked; an attempt continues where the last one stopped',
    fails: 'they are notified once that it fails; the request stays, and the sweep enqueues it again',
    remedy: '`cli workbooks show <id>`',
  },
})

/** Detect what has happened to the containers of a workbook that was imported or undone. */
export const detectEvents = defineRowQueue({
  name: 'detect-events',
  payload: workbook,
  dedupId: ({ workbookId }) => `events-${workbookId}`,
  forRow: (workbookId) => ({ workbookId }),
  attempts: 8,
  mostStalls: 1_000,
  workedBy: 'ingester',
  enqueuedBy: ['ingester'],
  failure: {
    starts: '8, then the sweep',
    repeats:
      'one transaction stores the difference between the events that follow from the data and those that are known, and takes the mark off the workbook',
    fails: 'the mark stays, and the sweep enqueues it again',
    remedy: 'the log of the ingester says why; nothing is lost meanwhile',
  },
})

/** Notify the admins about a feed that fell silent, or came back. */
export const watchFeeds = defineQueue({
  name: 'watch-feeds',
  payload: z.object({}),
  dedupId: () => 'watch-feeds',
  attempts: 1,
  workedBy: 'ingester',
  schedules: [
    {
      id: 'watch-feeds',
      payload: {},
      rhythm: { pattern: '* * * * *', zone: 'UTC' },
      places: [mailPlaces.imap, mailPlaces.dropFolder],
    },
  ],
  failure: {
    starts: '1, every minute',
    repeats: 'an alarm is a row: raised once, taken back once',
    fails: 'the next minute',
    remedy: 'nothing',
  },
})
