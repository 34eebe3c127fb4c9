import { isOutage, mailbox as mailboxes, refusedMail } from '@atermtrack/data'
import { receiptTime } from '@atermtrack/domain'
import type { Logger } from 'pino'
import type { MessageOutline } from '../imap-mailbox.ts'
import { type Download, downloadMessage } from './download-message.ts'
import { endMessage } from './end-message.ts'
import type { MailboxLine } from './mailbox-line.ts'
import { hashOf, type Message, type IntakeDependencies } from './message.ts'
import { putOff, putOffOrRefuse } from './put-off.ts'
import { storeMessage } from './store-message.ts'

/** Processes that may die while they handle a message; then it is refused. */
const mostStarts = 3
/** Looks that may end in the middle of a download, for any reason; then the message is deferred. */
const mostCuts = 3

/** A connection breaks off for many reasons: only a message that was deferred before is deferred again at once. */
const attemptsAtFirst = 2

/** Handles the next message of the walk: when this returns, its outcome is recorded and the cursor stands behind it. */
export async function acceptMessage(
  dependencies: IntakeDependencies,
  line: MailboxLine,
  outline: MessageOutline,
  logger: Logger,
): Promise<void> {
  const { name: mailbox, now } = dependencies
  const { uid, size } = outline
  const receivedAt = receiptTime(outline.receivedAt, now())
  const message = { mailbox, uidValidity: line.box().uidValidity, uid, size, receivedAt }
  return accept(dependencies, message, async () => download(dependencies, line, message, logger), logger)
}

/**
 * Tries messages again that failed, or that somebody asked for, from their kept bytes or from the server, within the present
 * limits. Messages that would need too many connections stay for the next look. False when `isTimeUp` came first.
 */
export async function retryMessages(
  dependencies: IntakeDependencies,
  line: MailboxLine,
  { isTimeUp, logger }: { readonly isTimeUp: () => boolean; readonly logger: Logger },
): Promise<boolean> {
  const { db, name: mailbox } = dependencies
  for (const { content, rawSha256, uid, uidValidity, receivedAt, ...retryOf } of await refusedMail.listRetries(
    db,
    mailbox,
  )) {
    if (isTimeUp()) return false
    // New mail comes first, so the mailbox works, however many of these break off.
    if (!line.mayReconnect()) return true
    const message = { mailbox, uidValidity, uid, receivedAt, retryOf }
    const find = async (): Promise<Download> => {
      if (content && rawSha256) return { kind: 'downloaded', raw: content }
      const outline = uidValidity === line.box().uidValidity ? await line.box().find(uid) : undefined
      return outline ? download(dependencies, line, { ...message, size: outline.size }, logger) : { kind: 'gone' }
    }
    await accept(dependencies, message, find, logger)
  }
  return true
}

async function download(
  { maxMessageBytes: maxBytes }: IntakeDependencies,
  line: MailboxLine,
  { uid, size, retryOf }: Message & { readonly size: number },
  logger: Logger,
): Promise<Download> {
  const attempts = retryOf === undefined ? attemptsAtFirst : 1
  return downloadMessage(line, { uid, size, maxBytes, attempts }, logger)
}

/**
 * Completes a message, or puts it behind the others. Throws when the message is not at fault: then the next look begins with it
 * again, and only ends in the middle of its download are counted.
 */
async function accept(
  dependencies: IntakeDependencies,
  message: Message,
  fetch: () => Promise<Download>,
  logger: Logger,
): Promise<void> {
  const { db, startedBy } = dependencies
  const { starts, cuts } = await mailboxes.beginTaking(db, message, startedBy)
  let isDownloading = true
  try {
    if (starts > mostStarts)
      return await endMessage(dependencies, message, { status: 'refused', reason: 'reader_died' }, logger)
    if (cuts >= mostCuts) return await putOff(dependencies, message, { reason: 'download_cut' }, logger)
    const downloaded = await fetch()
    isDownloading = false
    await decide(dependencies, message, downloaded, logger).catch(async (error: unknown) => {
      if (isOutage(error)) throw error
      await putOffOrRefuse(dependencies, message, { error, downloaded }, logger)
    })
  } catch (error) {
    await mailboxes.release(db, message, { startedBy, isCut: isDownloading }).catch((failure: unknown) => {
      logger.warn({ err: failure, uid: message.uid }, 'could not record that a message was released')
    })
    throw error
  }
}

async function decide(
  dependencies: IntakeDependencies,
  message: Message,
  downloaded: Download,
  logger: Logger,
): Promise<void> {
  switch (downloaded.kind) {
    case 'gone':
      return endMessage(dependencies, message, { status: 'ignored', reason: 'gone' }, logger)
    case 'too_big': {
      const letter = { ...message, ...downloaded.head }
      return endMessage(dependencies, letter, { status: 'refused', reason: 'too_big' }, logger)
    }
    case 'failed':
      return putOff(dependencies, message, downloaded, logger)
    case 'downloaded':
      return acceptRaw(dependencies, message, downloaded.raw, logger)
  }
}

async function acceptRaw(
  dependencies: IntakeDependencies,
  message: Message,
  raw: Uint8Array,
  logger: Logger,
): Promise<void> {
  const fetched = { ...message, rawSha256: hashOf(raw) }
  if (
    message.retryOf === undefined &&
    (await mailboxes.wasStored(dependencies.db, dependencies.name, fetched.rawSha256))
  )
    return endMessage(dependencies, fetched, { status: 'ignored', reason: 'seen_before' }, logger)
  await storeMessage(dependencies, fetched, raw, logger)
}
