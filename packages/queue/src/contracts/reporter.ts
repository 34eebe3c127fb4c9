import { z } from 'zod'
import { defineQueue, defineRowQueue } from './define-queue.ts'
import { deliveryPriority } from './delivery-priority.ts'

const id = z.int().positive()

/** Write a report for each slot of a subscription that has come. */
export const dispatchDueReports = defineQueue({
  name: 'dispatch-due-reports',
  payload: z.object({}),
  dedupId: () => 'dispatch',
  attempts: 1,
  workedBy: 'reporter',
  schedules: [{ id: 'dispatch-due-reports', payload: {}, rhythm: { pattern: '* * * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '1, every minute',
    repeats: 'a slot of a subscription is a unique row for ever',
    fails: 'it does not: the next minute finds what is due',
    remedy:
      'nothing; after an outage the newest missed slot is sent, marked as late, unless the next one is nearer; older ones are recorded as skipped. Reports with old data wait `REPORT_WAIT_MINUTES` for newer ones',
  },
})

/** Build the workbook of a report. */
export const buildReport = defineRowQueue({
  name: 'build-report',
  payload: z.object({ reportId: id }),
  dedupId: ({ reportId }) => `report-${reportId}`,
  forRow: (reportId) => ({ reportId }),
  attempts: 8,
  mostStalls: 1_000,
  workedBy: 'reporter',
  enqueuedBy: ['dispatch', 'bot', 'ingester', 'cli'],
  failure: {
    starts: '8; a report that kills its builder 5 times, the last 4 alone, is given up',
    repeats: 'only a `pending` report is stored, with its deliveries in one transaction',
    fails: 'the report is `failed` and its reader is notified',
    remedy: "find `report is given up` in the reporter's log",
  },
})

/** Tell people of the events of an import. */
export const raiseAlerts = defineRowQueue({
  name: 'raise-alerts',
  payload: z.object({ workbookId: id }),
  dedupId: ({ workbookId }) => `workbook-${workbookId}`,
  forRow: (workbookId) => ({ workbookId }),
  attempts: 8,
  lookAgain: true,
  workedBy: 'reporter',
  enqueuedBy: ['ingester'],
  failure: {
    starts: '8',
    repeats: 'an event is a unique row for each reader, and the messages of an alert edit one another',
    fails: 'the sweep enqueues it again; `send-digests` does the same work every minute',
    remedy: 'nothing',
  },
})

/** Tell people of events whose time has come: digests, what waited for the end of quiet hours, what was given a moment to be withdrawn. */
export const sendDigests = defineQueue({
  name: 'send-digests',
  payload: z.object({}),
  dedupId: () => 'digests',
  attempts: 1,
  workedBy: 'reporter',
  schedules: [{ id: 'send-digests', payload: {}, rhythm: { pattern: '* * * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '1, every minute',
    repeats: 'a digest is a unique row for each subscription, date and slot',
    fails: 'it does not: the next minute finds what is due',
    remedy: 'nothing; after an outage what is due goes out late, once',
  },
})

/** Send a delivery by e-mail. */
export const sendEmail = defineRowQueue({
  name: 'send-email',
  payload: z.object({ deliveryId: id }),
  dedupId: ({ deliveryId }) => `delivery-${deliveryId}`,
  forRow: (deliveryId) => ({ deliveryId }),
  priorities: deliveryPriority,
  attempts: 12,
  workedBy: 'reporter',
  enqueuedBy: ['reporter', 'bot'],
  failure: {
    starts: '12 within some three hours',
    repeats: 'as for `send-telegram`',
    fails: '`failed`; an address that the server refuses for good gets no more until it is proved again; `unknown`',
    remedy: 'see below',
  },
})

/** Send registers of late deliveries to who wants them without asking, and warnings of ends of periods for claims. */
export const sendRegisters = defineQueue({
  name: 'send-registers',
  payload: z.object({}),
  dedupId: () => 'registers',
  attempts: 1,
  workedBy: 'reporter',
  schedules: [{ id: 'send-registers', payload: {}, rhythm: { pattern: '*/10 * * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '1, every ten minutes',
    repeats: 'a month of a person is claimed once, and so is the end of a warning',
    fails: 'it does not: the next run finds what is due',
    remedy: 'nothing',
  },
})

/** Mail new events to the address lists of the admins. */
export const sendEventMails = defineQueue({
  name: 'send-event-mails',
  payload: z.object({}),
  dedupId: () => 'event-mails',
  attempts: 1,
  workedBy: 'reporter',
  schedules: [{ id: 'send-event-mails', payload: {}, rhythm: { pattern: '*/2 * * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '1, every two minutes',
    repeats: 'an event of a list is a unique row of its mail',
    fails: 'it does not: the next run finds what was not mailed, for a week',
    remedy: 'nothing',
  },
})

/** Enqueue rows that wait without a job. */
export const sweepPending = defineQueue({
  name: 'sweep-pending',
  payload: z.object({}),
  dedupId: () => 'sweep',
  attempts: 1,
  workedBy: 'reporter',
  schedules: [{ id: 'sweep-pending', payload: {}, rhythm: { pattern: '* * * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '1, every minute',
    repeats: 'a job that is there already is not added again',
    fails: 'it does not',
    remedy: 'nothing',
  },
})

/** Delete what is too old. */
export const housekeeping = defineQueue({
  name: 'housekeeping',
  payload: z.object({}),
  dedupId: () => 'housekeeping',
  attempts: 1,
  workedBy: 'reporter',
  schedules: [{ id: 'housekeeping', payload: {}, rhythm: { pattern: '30 3 * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '1, at 03:30 in `SCHEDULE_TIMEZONE`',
    repeats:
      'it deletes what is too old, takes positions that are gone from their reports for a week out of searches, stores trips from before an upgrade, and resolves the parties of all containers again',
    fails: 'the next night',
    remedy: 'nothing',
  },
})

/** Measure forecasts over finished trips, and test them against what came. */
export const measureForecasts = defineQueue({
  name: 'measure-forecasts',
  payload: z.object({}),
  dedupId: () => 'measure-forecasts',
  attempts: 3,
  workedBy: 'reporter',
  enqueuedBy: ['reporter (at its start)'],
  schedules: [{ id: 'measure-forecasts', payload: {}, rhythm: { pattern: '40 4 * * *', zone: 'scheduleZone' } }],
  failure: {
    starts: '3, at 04:40 in `SCHEDULE_TIMEZONE` and at a start; measures when the last time was a week ago',
    repeats: 'a measurement replaces the paces of the one before in one transaction',
    fails: 'the paces of the last measurement stay, the next day tries again',
    remedy: 'nothing; `/forecast` in the bot shows when forecasts were measured',
  },
})
