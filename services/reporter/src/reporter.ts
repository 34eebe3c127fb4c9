import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, deliveries, isOutage } from '@atermtrack/data'
import { createPictures } from '@atermtrack/pictures'
import {
  buildReport,
  createProcessRoom,
  dispatchDueReports,
  housekeeping,
  keepSchedules,
  measureForecasts,
  openQueues,
  type QueueConnection,
  type Queues,
  raiseAlerts,
  retryOutages,
  schedulesOf,
  sendDigests,
  sendEmail,
  sendEventMails,
  sendRegisters,
  startWorker,
  sweepPending,
  toJob,
  type WorkerHealth,
} from '@atermtrack/queue'
import type { Logger } from 'pino'
import { createRaiseAlerts, createSendDigests } from './alerts/raise-alerts.ts'
import { createBuildReport } from './build-report.ts'
import type { ReporterConfig } from './config.ts'
import { createMeasureForecasts } from './forecast/measure-forecasts.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createSendEventMails } from './email/event-mails/send-event-mails.ts'
import { openMailer } from './email/mailer.ts'
import { createReportPause } from './email/report-pause.ts'
import { createSendEmail } from './email/send-email.ts'
import { createSendRegisters } from './register/send-registers.ts'
import { createDispatchDueReports } from './schedule/dispatch-due-reports.ts'
import { createSweepPending } from './sweep-pending.ts'

export interface ReporterParts {
  readonly config: ReporterConfig
  readonly db: Db
  readonly logger: Logger
  readonly health: WorkerHealth
}

type Connection = QueueConnection & { readonly health: WorkerHealth }

/** Starts building and mailing reports, keeping schedules and sweeping. Nothing here waits for Redis or the mail server. */
export function startReporter(parts: ReporterParts): AsyncDisposable {
  const { config, logger, health } = parts
  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger, health, graceMs: config.shutdownMs }
  const queues = openQueues(connection)
  const mailer = config.smtp && openMailer(config.smtp)
  const workers = [
    ...startWorkers(parts, queues, connection),
    ...(mailer ? startMailWorkers(parts, mailer, { queues, connection }) : []),
  ]
  if (!mailer) logger.info('SMTP_SERVER is not set, e-mail is off')
  const scheduler = keepSchedules(schedulesOf('reporter', config), connection)
  // Work that fell due or was missed during the downtime does not wait for the next minute.
  void scheduler
    .ready()
    .then(async () =>
      queues.wake([dispatchDueReports, sweepPending, measureForecasts].map((queue) => toJob(queue, {}))),
    )
  return {
    async [Symbol.asyncDispose]() {
      await scheduler[Symbol.asyncDispose]()
      await disposeAll(workers)
      await disposeAll([queues, ...(mailer ? [mailer] : [])])
    },
  }
}

function startWorkers({ config, db }: ReporterParts, queues: Queues, connection: Connection) {
  const { keepDays, scheduleZone } = config
  const run = createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() })
  const dependencies = { ...config, db, queues, emailIsOn: config.smtp !== undefined }
  const build = retryOutages(createBuildReport({ ...dependencies, run, pictures: createPictures() }), isOutage)
  const sweep = createSweepPending(dependencies)
  const reportPause = createReportPause({ ...dependencies, recipients: config.emailCopies })
  const dispatch = createDispatchDueReports(dependencies)
  const alerting = { ...dependencies, mostPerHour: config.alertsPerHour }
  return [
    startWorker(dispatchDueReports, dispatch, connection),
    startWorker(buildReport, build, { ...connection, concurrency: 2 }),
    startWorker(
      sweepPending,
      async (payload, context) => {
        await sweep(payload, context)
        await reportPause(context.logger)
      },
      connection,
    ),
    startWorker(sendRegisters, createSendRegisters(dependencies), connection),
    startWorker(raiseAlerts, retryOutages(createRaiseAlerts(alerting), isOutage), connection),
    startWorker(sendDigests, createSendDigests(alerting), connection),
    startWorker(housekeeping, createHousekeeping({ db, days: keepDays, scheduleZone }), connection),
    startWorker(measureForecasts, createMeasureForecasts({ db }), connection),
  ]
}

function startMailWorkers(
  { config, db }: ReporterParts,
  mailer: ReturnType<typeof openMailer>,
  { queues, connection }: { readonly queues: Queues; readonly connection: Connection },
) {
  const holder = `reporter-${randomUUID()}`
  const send = createSendEmail({ ...config, db, queues, mailer, holder, now: () => new Date() })
  const mailEvents = createSendEventMails({ ...config, db, queues, now: () => new Date() })
  const sender = startWorker(sendEmail, send, {
    ...connection,
    concurrency: 2,
    onFailed: async ({ deliveryId }, error) => {
      await deliveries.failAbandoned(db, deliveryId, error.message)
    },
  })
  return [sender, startWorker(sendEventMails, mailEvents, connection)]
}

async function disposeAll(parts: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(parts.map(async (part) => part[Symbol.asyncDispose]()))
}
