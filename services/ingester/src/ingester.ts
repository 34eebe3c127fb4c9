import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, isOutage, readNow, workbooks } from '@atermtrack/data'
import {
  buildReport,
  createProcessRoom,
  deliveryPriority,
  type Handler,
  importWorkbook,
  keepSchedules,
  mailPlaces,
  openProducer,
  pollMailbox,
  retryOutages,
  schedule,
  type Schedule,
  sendTelegram,
  startWorker,
  undoImport,
  watchFeeds,
  type WorkerHealth,
} from '@atermtrack/queue'
import type { Logger } from 'pino'
import type { IngesterConfig } from './config.ts'
import { createWatchFeeds } from './feed-watch/watch-feeds.ts'
import { createImportWorkbook } from './importing/import-workbook.ts'
import { createRecordFailure } from './importing/record-failure.ts'
import { createRecordUndoFailure, createUndoImport } from './importing/undo-import.ts'
import { createDropFolder, watchDropFolder } from './mail/drop-folder.ts'
import { createImapIntake, type ImapIntake, type ImapIntakeOptions, mailboxName } from './mail/imap-intake.ts'

export interface IngesterParts {
  readonly config: IngesterConfig
  readonly db: Db
  readonly logger: Logger
}

/** Names of the two places that workbooks come from, as the queue knows them. */
const { imap: imapPlace, dropFolder: dropFolderPlace } = mailPlaces

const unsettledDelayMs = 2_000

const pendingAtStart = 1_000

/** Starts reading mail and importing workbooks. Nothing here waits for Redis or for the mail server. */
export async function startIngester({
  config,
  db,
  logger,
  health,
}: IngesterParts & { readonly health: WorkerHealth }): Promise<AsyncDisposable> {
  const connection = { url: config.redisUrl, prefix: config.queuePrefix, logger, health, graceMs: config.shutdownMs }
  const parts: AsyncDisposable[] = []
  const use = <T extends AsyncDisposable>(part: T): T => {
    parts.push(part)
    return part
  }
  const imports = use(openProducer(importWorkbook, connection))
  const polls = use(openProducer(pollMailbox, connection))
  const ring = async (mailbox: string, delayMs?: number) =>
    polls.ring({ mailbox }, delayMs === undefined ? {} : { delayMs })
  const onWorkbook = async (workbookId: number) => imports.ring({ workbookId })

  const sendings = use(openProducer(sendTelegram, connection))
  const builds = use(openProducer(buildReport, connection))
  const workers: AsyncDisposable[] = []
  // All at once: each may need the whole time that a shutdown has.
  use({ [Symbol.asyncDispose]: async () => disposeAll(workers) })
  const onFailed = createRecordFailure({ ...config, db, sendings })
  const room = createProcessRoom()
  const run = createJobRunner(db, { table: 'workbook', process: randomUUID(), room })
  const importOne = retryOutages(createImportWorkbook({ ...config, db, run, imports, sendings, builds }), isOutage)
  workers.push(startWorker(importWorkbook, importOne, { ...connection, onFailed }))
  const onNotice = async (deliveryId: number) => sendings.ring({ deliveryId }, { priority: deliveryPriority.alert })
  const bells = { onWorkbook, onNotice, ring: async (delayMs?: number) => ring(imapPlace, delayMs) }
  const intake = createIntake({ config, db, logger }, bells)
  const look = createLook({ config, db, logger }, intake, onWorkbook, async (delayMs) => ring(dropFolderPlace, delayMs))
  // Mail may kill its reader too: a suspected workbook is not imported beside it.
  const lookBeside: typeof look = async (place, context) => room.beside(async () => look(place, context))
  workers.push(startWorker(pollMailbox, lookBeside, { ...connection, concurrency: 2 }))

  const undoing = { ...config, db, sendings }
  const onUndoFailed = createRecordUndoFailure(undoing)
  const undoOne = retryOutages(createUndoImport(undoing), isOutage)
  workers.push(startWorker(undoImport, undoOne, { ...connection, onFailed: onUndoFailed }))
  const clock = { now: async () => readNow(db), startedAt: await readNow(db) }
  const watch = createWatchFeeds({ ...feedsOf(config), ...clock, db, sendings })
  workers.push(startWorker(watchFeeds, watch, connection))

  const scheduler = use(keepSchedules(schedulesOf(config), connection))
  // What came while nobody looked is not left waiting for the next round.
  void scheduler.ready().then(async () => {
    for (const place of placesOf(config)) await ring(place)
    await ringForPending(db, onWorkbook, logger)
  })
  if (intake) use(intake.watch())
  if (config.inboxDir !== undefined)
    use(await watchDropFolder(config.inboxDir, () => void ring(dropFolderPlace), logger))
  return {
    async [Symbol.asyncDispose]() {
      for (const part of parts.toReversed()) await part[Symbol.asyncDispose]()
    },
  }
}

async function disposeAll(parts: readonly AsyncDisposable[]): Promise<void> {
  await Promise.all(parts.map(async (part) => part[Symbol.asyncDispose]()))
}

function createIntake(
  { config, db, logger }: IngesterParts,
  bells: Pick<ImapIntakeOptions, 'onWorkbook' | 'onNotice' | 'ring'>,
): ImapIntake | undefined {
  const { imap, secrets, adminChatIds } = config
  return imap && createImapIntake({ ...bells, db, logger, imap, limits: config, secrets, adminChatIds })
}

function feedsOf({ feeds, imap, adminChatIds, storage }: IngesterConfig) {
  return {
    storage,
    settings: feeds,
    mailbox: imap && mailboxName(imap),
    adminChatIds,
  }
}

/** A process that died between storing a workbook and ringing its bell leaves it waiting. */
async function ringForPending(db: Db, ring: (workbookId: number) => Promise<void>, logger: Logger): Promise<void> {
  try {
    for (const id of await workbooks.listPendingIds(db, pendingAtStart)) await ring(id)
  } catch (error) {
    logger.warn({ err: error }, 'could not look for waiting workbooks, the sweep will')
  }
}

/** The handler of `poll-mailbox`: one look into the mailbox or into the drop folder. */
function createLook(
  { config, db }: IngesterParts,
  intake: ImapIntake | undefined,
  onWorkbook: (workbookId: number) => Promise<void>,
  lookAgain: (delayMs: number) => Promise<void>,
): Handler<{ mailbox: string; byHand?: true | undefined }> {
  const { inboxDir, maxMessageBytes: maxFileBytes } = config
  const now = () => new Date()
  const folder =
    inboxDir === undefined ? undefined : createDropFolder({ db, dir: inboxDir, onWorkbook, now, maxFileBytes })
  return async ({ mailbox, byHand }, context) => {
    if (mailbox === imapPlace && intake) return intake.look(context, { byHand: byHand === true })
    if (mailbox === dropFolderPlace && folder) {
      if (await folder.look(context.logger)) await lookAgain(unsettledDelayMs)
      return
    }
    context.logger.info({ mailbox }, 'this place is not configured any more')
  }
}

function placesOf({ imap, inboxDir }: IngesterConfig): readonly string[] {
  return [...(imap ? [imapPlace] : []), ...(inboxDir === undefined ? [] : [dropFolderPlace])]
}

function schedulesOf(config: IngesterConfig): readonly Schedule[] {
  const { imap, inboxDir, pollMinutes, terminalZone } = config
  const mail = [
    schedule('poll-mail', pollMailbox, { mailbox: imapPlace }, { everyMs: pollMinutes * 60_000 }),
    // The terminal's day file arrives about now.
    schedule(
      'poll-mail-for-terminal',
      pollMailbox,
      { mailbox: imapPlace },
      { pattern: '30 8 * * *', zone: terminalZone },
    ),
  ]
  const folder = schedule(
    'look-into-drop-folder',
    pollMailbox,
    { mailbox: dropFolderPlace },
    { pattern: '* * * * *', zone: 'UTC' },
  )
  const feeds = schedule('watch-feeds', watchFeeds, {}, { pattern: '* * * * *', zone: 'UTC' })
  const places = [...(imap ? mail : []), ...(inboxDir === undefined ? [] : [folder])]
  return places.length === 0 ? [] : [...places, feeds]
}
