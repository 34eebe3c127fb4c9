import { counter, duration, gauge } from './metric.ts'

/** From a card that is answered at once to an import that takes minutes. */
const jobSeconds = [0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900]
/** People notice a second, and wait for a minute at most. */
const answerSeconds = [0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 15, 60]

/**
 * The one table of what is measured. Metrics of one process say what that process did; those that `observe-system.ts` of the reporter
 * fills describe the whole system, and each reporter exports the same values.
 */
export const metrics = {
  buildInfo: gauge({
    name: 'atermtrack_build_info',
    help: 'Always 1; the labels name the service and the versions that run.',
    labels: ['service', 'version', 'node'],
  }),
  jobDuration: duration(
    {
      name: 'atermtrack_job_duration_seconds',
      help: 'Time that a job ran, by its outcome: done, retry, failed, delayed.',
      labels: ['queue', 'outcome'],
    },
    jobSeconds,
  ),
  jobWait: duration(
    {
      name: 'atermtrack_job_wait_seconds',
      help: 'Time between the moment at which a job was due and its start: the lag of workers and schedules.',
      labels: ['queue'],
    },
    jobSeconds,
  ),
  jobsStalled: counter({
    name: 'atermtrack_jobs_stalled_total',
    help: 'Jobs whose worker died or lost Redis, and that run again.',
    labels: ['queue'],
  }),
  telegramCalls: counter({
    name: 'atermtrack_telegram_calls_total',
    help: 'Calls of the Bot API, by outcome: ok, too_many_requests, blocked, refused, unreachable.',
    labels: ['method', 'outcome'],
  }),
  telegramCallDuration: duration(
    {
      name: 'atermtrack_telegram_call_duration_seconds',
      help: 'Time until the Bot API answered, without the long poll.',
      labels: ['method'],
    },
    answerSeconds,
  ),
  deliveries: counter({
    name: 'atermtrack_deliveries_total',
    help: 'Attempts to deliver a row of the ledger, by channel and outcome.',
    labels: ['channel', 'outcome'],
  }),
  answerDuration: duration(
    {
      name: 'atermtrack_answer_duration_seconds',
      help: 'Time between the claim of an update and the end of its answer, by kind: message, press, other.',
      labels: ['kind'],
    },
    answerSeconds,
  ),
  updates: counter({
    name: 'atermtrack_updates_total',
    help: 'Updates of Telegram that were answered, by outcome: handled, ignored, failed, unknown.',
    labels: ['outcome'],
  }),
  imports: counter({
    name: 'atermtrack_imports_total',
    help: 'Workbooks whose import ended, by kind, state and the reason of a state other than imported.',
    labels: ['kind', 'status', 'reason'],
  }),
  importedRows: counter({
    name: 'atermtrack_imported_rows_total',
    help: 'Rows of accepted workbooks, by kind.',
    labels: ['kind'],
  }),
  importDuration: duration(
    {
      name: 'atermtrack_import_duration_seconds',
      help: 'Time from the start of an import to its commit, by kind.',
      labels: ['kind'],
    },
    jobSeconds,
  ),
  mailboxRead: gauge({
    name: 'atermtrack_mailbox_read_timestamp_seconds',
    help: 'When this process last read the mailbox to its end.',
    labels: ['mailbox'],
  }),
  leaseHeld: gauge({
    name: 'atermtrack_lease_held',
    help: '1 while this process holds the lease.',
    labels: ['lease'],
  }),
  databaseConnections: gauge({
    name: 'atermtrack_database_connections',
    help: 'Connections of this process by state: busy, idle, and requests that wait for one.',
    labels: ['state'],
  }),
  queueJobs: gauge({
    name: 'atermtrack_queue_jobs',
    help: 'Jobs in Redis by queue and state: waiting, active, delayed, failed. The same in each reporter.',
    labels: ['queue', 'state'],
  }),
  queueOldest: gauge({
    name: 'atermtrack_queue_oldest_job_age_seconds',
    help: 'Age of the oldest waiting and of the oldest failed job, by queue. The same in each reporter.',
    labels: ['queue', 'state'],
  }),
  pendingRows: gauge({
    name: 'atermtrack_pending_rows',
    help: 'Rows of the database that wait for a job, by queue. The same in each reporter.',
    labels: ['queue'],
  }),
  oldestPendingRow: gauge({
    name: 'atermtrack_oldest_pending_row_age_seconds',
    help: 'Age of the oldest row of the database that waits for a job, by queue. The same in each reporter.',
    labels: ['queue'],
  }),
  sourceAge: gauge({
    name: 'atermtrack_source_age_seconds',
    help: 'Time since the newest report of a source was confirmed, by kind, sender and number. The same in each reporter.',
    labels: ['kind', 'sender', 'report'],
  }),
  backupAge: gauge({
    name: 'atermtrack_backup_age_seconds',
    help: 'Time since the last backup, or since the first attempt before there is one. The same in each reporter.',
    labels: [],
  }),
  backupFailing: gauge({
    name: 'atermtrack_backup_failing',
    help: '1 when the last attempt of a backup failed. The same in each reporter.',
    labels: [],
  }),
} as const
