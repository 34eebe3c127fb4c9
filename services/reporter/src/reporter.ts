import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, deliveries, isOutage } from '@atermtrack/data'
import { createPictures } from '@atermtrack/pictures'
import {
  buildReport,
  createProcessRoom,
  dispatchDueReports,
  housekeeping,
  keepSchedules,
  listUnknownQueues,
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
import { fromSettings, handlerFromSettings, type Settings } from '@atermtrack/settings'
import type { ProcessPool } from '@atermtrack/workbook-reader'
import type { Logger } from 'pino'
import { createRaiseAlerts, createSendDigests } from './alerts/raise-alerts.ts'
import { createBuildReport } from './build-report.ts'
import { openFileReaders } from './annotate/annotate-in-process.ts'
import { openFileRoom } from './file-room.ts'
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
  readonly settings: Settings<ReporterConfig>
  readonly db: Db
  readonly logger: Logger
  readonly health: WorkerHealth
}

type Connection = QueueConnection & { readonly health: WorkerHealth }

interface WorkerParts {
  readonly queues: Queues
  readonly readers: ProcessPool
  readonly connection: Connection
}

/** Starts building and mailing reports, keeping schedules and sweeping. Nothing here waits for Redis or the mail server. */
export function startReporter(parts: ReporterParts): AsyncDisposable {
  const { settings, logger, health } = parts
  const config = settings.current()
  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger, health, graceMs: config.shutdownMs }
  const queues = openQueues(connection)
  const mailer = config.smtp && openMailer(config.smtp)
  const readers = openFileReaders(config.reading.task)
  const workers = [
    ...startWorkers(parts, { queues, readers, connection }),
    ...(mailer ? startMailWorkers(parts, mailer, { queues, connection }) : []),
  ]
  if (!mailer) logger.info('SMTP_SERVER is not set, e-mail is off')
  const schedules = fromSettings(settings, (current) => schedulesOf('reporter', current))
  const scheduler = keepSchedules(schedules, connection)
  // Work that fell due or was missed during the downtime does not wait for the next minute.
  void scheduler.ready().then(async () => {
    await queues.wake([dispatchDueReports, sweepPending, measureForecasts].map((queue) => toJob(queue, {})))
    await reportUnknownQueues(connection)
  })
  return {
    async [Symbol.asyncDispose]() {
      await scheduler[Symbol.asyncDispose]()
      await disposeAll(workers)
      await disposeAll([queues, readers, ...(mailer ? [mailer] : [])])
    },
  }
}

/** One of the services says it once: queues are declared for all of them together. */
async function reportUnknownQueues(connection: Connection): Promise<void> {
  try {
    const unknown = await listUnknownQueues(connection)
    if (unknown.length > 0) connection.logger.warn({ unknown }, 'queues that this release does not know')
  } catch (error) {
    connection.logger.info({ err: error }, 'could not look for queues of other releases')
  }
}

function startWorkers({ settings, db }: ReporterParts, { queues, readers, connection }: WorkerParts) {
  const run = createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() })
  const dependenciesOf = (config: ReporterConfig) => ({
    ...config,
    db,
    queues,
    emailIsOn: config.smtp !== undefined,
    mostPerHour: config.alertsPerHour,
    recipients: config.emailCopies,
  })
  // What is kept between jobs is made once; the handlers are made again when a setting changes.
  const [pictures, files] = [createPictures(), openFileRoom()]
  const current = <Arguments extends readonly unknown[], Result>(
    create: (dependencies: ReturnType<typeof dependenciesOf>) => (...args: Arguments) => Result,
  ) => handlerFromSettings(settings, (config) => create(dependenciesOf(config)))
  const build = current((dependencies) => createBuildReport({ ...dependencies, run, pictures, files, readers }))
  const sweep = current(createSweepPending)
  const reportPause = current(createReportPause)
  return [
    startWorker(dispatchDueReports, current(createDispatchDueReports), connection),
    startWorker(buildReport, retryOutages(build, isOutage), { ...connection, concurrency: 2 }),
    startWorker(
      sweepPending,
      async (payload, context) => {
        await sweep(payload, context)
        await reportPause(context.logger)
      },
      connection,
    ),
    startWorker(sendRegisters, current(createSendRegisters), connection),
    startWorker(raiseAlerts, retryOutages(current(createRaiseAlerts), isOutage), connection),
    startWorker(sendDigests, current(createSendDigests), connection),
    startWorker(
      housekeeping,
      current(({ keepDays: days, scheduleZone }) => createHousekeeping({ db, days, scheduleZone })),
      connection,
    ),
    startWorker(measureForecasts, createMeasureForecasts({ db }), connection),
  ]
}

function startMailWorkers(
  { settings, db }: ReporterParts,
  mailer: ReturnType<typeof openMailer>,
  { queues, connection }: { readonly queues: Queues; readonly connection: Connection },
) {
  const holder = `reporter-${randomUUID()}`
  const place = { db, queues, mailer, holder, now: () => new Date() }
  const send = handlerFromSettings(settings, (config) => createSendEmail({ ...config, ...place }))
  const mailEvents = handlerFromSettings(settings, (config) => createSendEventMails({ ...config, ...place }))
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
