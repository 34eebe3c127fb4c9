import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, isOutage, readNow, workbooks } from '@atermtrack/data'
import type { Outbox } from '@atermtrack/outbox'
import {
  createProcessRoom,
  detectEvents,
  type Handler,
  importWorkbook,
  keepSchedules,
  mailPlaces,
  openQueues,
  type PayloadOf,
  pollMailbox,
  type Queues,
  retryOutages,
  schedulesOf,
  startWorker,
  toJob,
  undoImport,
  watchFeeds,
  type WorkerHealth,
} from '@atermtrack/queue'
import { fromSettings, handlerFromSettings, type Settings } from '@atermtrack/settings'
import type { Logger } from 'pino'
import type { IngesterConfig } from './config.ts'
import { createDetectEvents } from './events/detect-events.ts'
import { createImportPrecedence } from './events/import-precedence.ts'
import { createWatchFeeds } from './feed-watch/watch-feeds.ts'
import { createImportWorkbook } from './importing/import-workbook.ts'
import { createRecordFailure } from './importing/record-failure.ts'
import { createRecordUndoFailure, createUndoImport } from './importing/undo-import.ts'
import { openWorkbookReaders, type WorkbookReaders } from './importing/workbook-readers.ts'
import { createDropFolder, watchDropFolder } from './mail/drop-folder.ts'
import { createImapIntake, type ImapIntake, type ImapIntakeOptions, mailboxName } from './mail/imap-intake.ts'

export interface IngesterParts {
  readonly settings: Settings<IngesterConfig>
  readonly db: Db
  readonly logger: Logger
}

export interface IngesterOptions extends IngesterParts {
  readonly health: WorkerHealth
  /** By default those of this ingester alone. */
  readonly readers?: WorkbookReaders
  /** By the clock of the database; the process's own, unless given. */
  readonly startedAt?: Date
}

/** Names of the two sources of workbooks in the queue. */
const { imap: imapPlace, dropFolder: dropFolderPlace } = mailPlaces

const unsettledDelayMs = 2_000

const pendingAtStart = 1_000

/** Starts reading mail and importing workbooks. Nothing here waits for Redis or for the mail server. */
export async function startIngester({
  settings,
  db,
  logger,
  health,
  startedAt = new Date(),
  ...options
}: IngesterOptions): Promise<AsyncDisposable> {
  const config = settings.current()
  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger, health, graceMs: config.shutdownMs }
  const parts: AsyncDisposable[] = []
  const use = <T extends AsyncDisposable>(part: T): T => {
    parts.push(part)
    return part
  }
  const queues = use(openQueues(connection))
  const look = async (mailbox: string, delayMs?: number) =>
    queues.wake([toJob(pollMailbox, { mailbox }, delayMs === undefined ? {} : { delayMs })])
  const readers = options.readers ?? use(openWorkbookReaders(config.reading.task))
  const watches: AsyncDisposable[] = []
  // After the workers: a look may have borrowed the connection of a watch.
  use({ [Symbol.asyncDispose]: async () => disposeAll(watches) })
  const workers: AsyncDisposable[] = []
  // All at once: each may need the whole time that a shutdown has.
  use({ [Symbol.asyncDispose]: async () => disposeAll(workers) })
  const room = createProcessRoom()
  const run = createJobRunner(db, { table: 'workbook', process: randomUUID(), room })
  const precedence = createImportPrecedence()
  const dependenciesOf = (now: IngesterConfig) => ({ ...now, db, queues, run, readers, precedence })
  /** Handlers hold nothing between jobs: they are made again when a setting changes. */
  const current = <Arguments extends readonly unknown[], Result>(
    create: (dependencies: ReturnType<typeof dependenciesOf>) => (...args: Arguments) => Result,
  ) => handlerFromSettings(settings, (now) => create(dependenciesOf(now)))
  const importOne = retryOutages(current(createImportWorkbook), isOutage)
  const importFirst: typeof importOne = async (payload, context) =>
    precedence.first(async () => importOne(payload, context))
  workers.push(startWorker(importWorkbook, importFirst, { ...connection, onFailed: current(createRecordFailure) }))
  const reading = { settings, db, queues, logger }
  const intake = createIntake(reading, async (delayMs) => look(imapPlace, delayMs))
  const lookOnce = createLook(reading, intake, async (delayMs) => look(dropFolderPlace, delayMs))
  // Mail may kill its reader too, so a suspected workbook is not imported at the same time.
  const lookBeside: typeof lookOnce = async (place, context) => room.beside(async () => lookOnce(place, context))
  workers.push(startWorker(pollMailbox, lookBeside, { ...connection, concurrency: 2 }))
  const undoOne = retryOutages(current(createUndoImport), isOutage)
  workers.push(startWorker(undoImport, undoOne, { ...connection, onFailed: current(createRecordUndoFailure) }))
  workers.push(startWorker(detectEvents, retryOutages(current(createDetectEvents), isOutage), connection))
  const clock = { now: async () => readNow(db), startedAt }
  const watch = handlerFromSettings(settings, (now) => createWatchFeeds({ ...feedsOf(now), ...clock, db, queues }))
  workers.push(startWorker(watchFeeds, watch, connection))

  const scheduler = use(keepSchedules(fromSettings(settings, schedulesFrom), connection))
  // Mail that came while the ingester was down does not wait for the next interval.
  void scheduler.ready().then(async () => {
    for (const place of placesOf(config)) await look(place)
    await wakeForPending(db, queues, logger)
  })
  if (intake) watches.push(intake.watch())
  if (config.inboxDir !== undefined)
    use(await watchDropFolder(config.inboxDir, () => void look(dropFolderPlace), logger))
  return {
    async [Symbol.asyncDispose]() {
      for (const part of parts.toReversed()) await part[Symbol.asyncDispose]()
    },
  }
}

async function disposeAll(parts: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(parts.map(async (part) => part[Symbol.asyncDispose]()))
}

type Parts = IngesterParts & Pick<Outbox, 'queues'>

function createIntake(
  { settings, db, queues, logger }: Parts,
  lookAgain: ImapIntakeOptions['lookAgain'],
): ImapIntake | undefined {
  const config = settings.current()
  const { imap, secrets, adminChatIds } = config
  const senders = () => settings.current().senders
  const place = { db, queues, lookAgain, logger, secrets, adminChatIds, senders }
  return imap && createImapIntake({ ...place, imap, limits: config })
}

function feedsOf({ feeds, imap, adminChatIds, storage, backupOverdueSeconds }: IngesterConfig) {
  return {
    storage,
    backupOverdueSeconds,
    settings: feeds,
    mailbox: imap && mailboxName(imap),
    adminChatIds,
  }
}

/** A process that died between the commit of a workbook and its enqueue leaves it waiting. */
async function wakeForPending(db: Db, queues: Pick<Queues, 'wake'>, logger: Logger): Promise<void> {
  try {
    const ids = await workbooks.listPendingIds(db, pendingAtStart)
    await queues.wake(ids.map((workbookId) => toJob(importWorkbook, { workbookId })))
  } catch (error) {
    logger.warn({ err: error }, 'could not look for waiting workbooks, the sweep will')
  }
}

/** The handler of `poll-mailbox`: one look into the mailbox or into the drop folder. */
function createLook(
  { settings, db, queues }: Parts,
  intake: ImapIntake | undefined,
  lookAgain: (delayMs: number) => Promise<void>,
): Handler<PayloadOf<typeof pollMailbox>> {
  const { inboxDir, maxMessageBytes: maxFileBytes } = settings.current()
  const now = () => new Date()
  const folder = inboxDir === undefined ? undefined : createDropFolder({ db, queues, dir: inboxDir, now, maxFileBytes })
  return async ({ mailbox, byHand }, context) => {
    if (mailbox === imapPlace && intake) return intake.look(context, { byHand: byHand === true })
    if (mailbox === dropFolderPlace && folder) {
      if (await folder.look(context.logger)) await lookAgain(unsettledDelayMs)
      return
    }
    context.logger.info({ mailbox }, 'this place is not configured any more')
  }
}

function schedulesFrom(config: IngesterConfig) {
  return schedulesOf('ingester', { ...config, places: placesOf(config) })
}

function placesOf({ imap, inboxDir }: IngesterConfig): readonly string[] {
  return [...(imap ? [imapPlace] : []), ...(inboxDir === undefined ? [] : [dropFolderPlace])]
}
