import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, deliveries, isOutage } from '@atermtrack/data'
import {
  buildReport,
  createProcessRoom,
  dispatchDueReports,
  expandBroadcast,
  fetchDocument,
  housekeeping,
  importWorkbook,
  keepSchedules,
  openProducer,
  type QueueConnection,
  retryOutages,
  schedule,
  type Schedule,
  sendEmail,
  sendTelegram,
  startWorker,
  sweepPending,
  undoImport,
  type WorkerHealth,
} from '@atermtrack/queue'
import type { Logger } from 'pino'
import { createBuildReport } from './build-report.ts'
import type { ReporterConfig } from './config.ts'
import { createDispatchDueReports } from './dispatch-due-reports.ts'
import { createHousekeeping } from './housekeeping.ts'
import { openMailer } from './mailer.ts'
import { createReportPause } from './report-pause.ts'
import { createSendEmail } from './send-email.ts'
import { createSweepPending } from './sweep-pending.ts'

export interface ReporterParts {
  readonly config: ReporterConfig
  readonly db: Db
  readonly logger: Logger
  readonly health: WorkerHealth
}

type Producers = ReturnType<typeof openProducers>
type Connection = QueueConnection & { readonly health: WorkerHealth }

/** Starts building and mailing reports, keeping schedules and sweeping. Nothing here waits for Redis or the mail server. */
export function startReporter(parts: ReporterParts): AsyncDisposable {
  const { config, logger, health } = parts
  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger, health, graceMs: config.shutdownMs }
  const producers = openProducers(connection, config)
  const mailer = config.smtp && openMailer(config.smtp)
  const workers = [
    ...startWorkers(parts, producers, connection),
    ...(mailer ? [startMailWorker(parts, mailer, connection)] : []),
  ]
  if (!mailer) logger.info('SMTP_SERVER is not set, e-mail is off')
  const scheduler = keepSchedules(schedulesOf(config), connection)
  // What fell due or was forgotten while nobody looked is not left waiting for the next minute.
  void scheduler.ready().then(async () => Promise.all([producers.dispatches.ring({}), producers.sweeps.ring({})]))
  return {
    async [Symbol.asyncDispose]() {
      await scheduler[Symbol.asyncDispose]()
      await disposeAll(workers)
      await disposeAll([...Object.values(producers), ...(mailer ? [mailer] : [])])
    },
  }
}

function openProducers(connection: QueueConnection, { smtp }: ReporterConfig) {
  return {
    imports: openProducer(importWorkbook, connection),
    undos: openProducer(undoImport, connection),
    documents: openProducer(fetchDocument, connection),
    builds: openProducer(buildReport, connection),
    broadcasts: openProducer(expandBroadcast, connection),
    telegram: openProducer(sendTelegram, connection),
    dispatches: openProducer(dispatchDueReports, connection),
    sweeps: openProducer(sweepPending, connection),
    ...(smtp && { email: openProducer(sendEmail, connection) }),
  }
}

function startWorkers({ config, db }: ReporterParts, producers: Producers, connection: Connection) {
  const { keepDays } = config
  const now = () => new Date()
  const { builds, telegram, email } = producers
  const run = createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() })
  const build = retryOutages(createBuildReport({ ...config, db, run, telegram, email, now }), isOutage)
  const sweep = createSweepPending({ ...producers, db, email })
  const reportPause = createReportPause({ ...config, db, email, recipients: config.emailCopies })
  const dispatch = createDispatchDueReports({
    db,
    builds,
    telegram,
    policy: config.policy,
    emailIsOn: email !== undefined,
  })
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
    startWorker(housekeeping, createHousekeeping({ db, days: keepDays }), connection),
  ]
}

function startMailWorker({ config, db }: ReporterParts, mailer: ReturnType<typeof openMailer>, connection: Connection) {
  const holder = `reporter-${randomUUID()}`
  const { policy, scheduleZone } = config
  const send = createSendEmail({ db, mailer, holder, policy, scheduleZone, now: () => new Date() })
  return startWorker(sendEmail, send, {
    ...connection,
    concurrency: 2,
    onFailed: async ({ deliveryId }, error) => {
      await deliveries.failAbandoned(db, deliveryId, error.message)
    },
  })
}

function schedulesOf({ scheduleZone: zone }: ReporterConfig): readonly Schedule[] {
  return [
    schedule('dispatch-due-reports', dispatchDueReports, {}, { pattern: '* * * * *', zone }),
    schedule('sweep-pending', sweepPending, {}, { pattern: '* * * * *', zone }),
    schedule('housekeeping', housekeeping, {}, { pattern: '30 3 * * *', zone }),
  ]
}

async function disposeAll(parts: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(parts.map(async (part) => part[Symbol.asyncDispose]()))
}
