import { isOutage, mailbox as mailboxes, refusedMail } from '@atermtrack/data'
import { receiptTime } from '@atermtrack/domain'
import type { Logger } from 'pino'
import type { MessageOutline } from '../imap-mailbox.ts'
import { type Download, downloadMessage } from './download-message.ts'
import { endMessage } from './end-message.ts'
import type { MailboxLine } from './mailbox-line.ts'
import { hashOf, type Message, type TakeDependencies } from './message.ts'
import { putOff, putOffOrRefuse } from './put-off.ts'
import { storeMessage } from './store-message.ts'

/** So many processes may die while they take a message; then it is refused. */
const mostStarts = 3
/** So many looks may end in the middle of a download; then it is put off, whatever it was that ended them. */
const mostCuts = 3

/** A line breaks off for many reasons: only a message that was put off before has to wait again at once. */
const attemptsAtFirst = 2

/** Takes the next message of the walk: when this returns, its fate is recorded and the cursor stands behind it. */
export async function takeMessage(
  dependencies: TakeDependencies,
  line: MailboxLine,
  outline: MessageOutline,
  logger: Logger,
): Promise<void> {
  const { name: mailbox, now } = dependencies
  const { uid, size } = outline
  const receivedAt = receiptTime(outline.receivedAt, now())
  const message = { mailbox, uidValidity: line.box().uidValidity, uid, size, receivedAt }
  return take(dependencies, message, async () => download(dependencies, line, message, logger), logger)
}

/**
 * Tries messages again that could not be taken, or that somebody asked for, from their kept bytes or from the server, within the
 * limits of now. What would need too many connections stays for the next look. False when `isTimeUp` came first.
 */
export async function retryMessages(
  dependencies: TakeDependencies,
  line: MailboxLine,
  { isTimeUp, logger }: { readonly isTimeUp: () => boolean; readonly logger: Logger },
): Promise<boolean> {
  const { db, name: mailbox } = dependencies
  for (const { content, rawSha256, uid, uidValidity, receivedAt, ...retryOf } of await refusedMail.listRetries(
    db,
    mailbox,
  )) {
    if (isTimeUp()) return false
    // New mail was taken before: the mailbox is well, however many of these break off.
    if (!line.mayReconnect()) return true
    const message = { mailbox, uidValidity, uid, receivedAt, retryOf }
    const find = async (): Promise<Download> => {
      if (content && rawSha256) return { kind: 'downloaded', raw: content }
      const outline = uidValidity === line.box().uidValidity ? await line.box().find(uid) : undefined
      return outline ? download(dependencies, line, { ...message, size: outline.size }, logger) : { kind: 'gone' }
    }
    await take(dependencies, message, find, logger)
  }
  return true
}

async function download(
  { maxMessageBytes: maxBytes }: TakeDependencies,
  line: MailboxLine,
  { uid, size, retryOf }: Message & { readonly size: number },
  logger: Logger,
): Promise<Download> {
  const attempts = retryOf === undefined ? attemptsAtFirst : 1
  return downloadMessage(line, { uid, size, maxBytes, attempts }, logger)
}

/**
 * Brings a message to an end, or puts it behind the others. Throws for what is no fault of the message: then it is the first of the
 * next look again, and only what ended in the middle of its download is counted.
 */
async function take(
  dependencies: TakeDependencies,
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
      logger.warn({ err: failure, uid: message.uid }, 'could not note that a message was let go of')
    })
    throw error
  }
}

async function decide(
  dependencies: TakeDependencies,
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
      return takeRaw(dependencies, message, downloaded.raw, logger)
  }
}

async function takeRaw(
  dependencies: TakeDependencies,
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
