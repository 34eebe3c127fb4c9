import { createHash } from 'node:crypto'
import {
  type Db,
  mailbox as mailboxes,
  refusedMail,
  strangerIntake,
  type StrangerQuota,
  workbooks,
} from '@atermtrack/data'
import type { Logger } from 'pino'
import { type ImapMailbox, type MessageOutline, MessageWithheld } from './imap-mailbox.ts'
import { judgeSender, type SenderPolicy } from './judge-sender.ts'
import { countAttachments, factsOf, unlessExceeded } from './stranger-limit.ts'
import { headOf, takeApart, type TakenApart } from './take-apart.ts'
import { tellOfRefusal, tellOfRetry } from './tell-of-mail.ts'

export interface TakeDependencies extends SenderPolicy {
  readonly db: Db
  /** Name of the mailbox in the tables: account, host and folder. */
  readonly name: string
  /** Called for each stored workbook after its commit. */
  readonly onWorkbook: (workbookId: number) => Promise<void>
  /** Called for each message to the admins after its commit. */
  readonly onNotice: (deliveryId: number) => Promise<void>
  /** Persons and groups that hear of mail which was not taken. */
  readonly adminChatIds: readonly number[]
  /** How much is stored of senders that nobody knows. */
  readonly strangerQuota: StrangerQuota
  readonly maxMessageBytes: number
  readonly maxAttachments: number
}

/** So often a message is begun; when its readers died or the server kept it back every time, it is passed over. */
const mostStarts = 3

/** A message on its way; with `retryOf`, one that was refused before and is tried again by order of a person. */
type Seen = Omit<mailboxes.SeenMessage, 'status' | 'reason'> & { readonly retryOf?: number }
type Arrived = Seen & { readonly receivedAt: Date }

/** Takes the next message of the walk: when this returns, its fate is recorded and the cursor stands behind it. */
export async function takeMessage(
  dependencies: TakeDependencies,
  box: ImapMailbox,
  { uid, size, receivedAt }: MessageOutline,
  logger: Logger,
): Promise<void> {
  const message = { mailbox: dependencies.name, uidValidity: box.uidValidity, uid, receivedAt, size }
  return take(dependencies, box, message, logger)
}

/** Tries refused messages again that somebody asked for, from their kept bytes or from the server, within the limits of now. */
export async function retryMessages(dependencies: TakeDependencies, box: ImapMailbox, logger: Logger): Promise<void> {
  const { db, name: mailbox } = dependencies
  for (const { id, uid, uidValidity, receivedAt, content, rawSha256 } of await refusedMail.listRetries(db, mailbox)) {
    const message = { mailbox, uidValidity, uid, receivedAt: receivedAt ?? new Date(), retryOf: id }
    if (content && rawSha256) {
      await read(dependencies, { ...message, rawSha256 }, content, logger)
      continue
    }
    const outline = uidValidity === box.uidValidity ? await box.find(uid) : undefined
    if (outline) await take(dependencies, box, { ...message, ...outline }, logger)
    else await pass(dependencies, message, { status: 'ignored', reason: 'gone' }, logger)
  }
}

async function take(
  dependencies: TakeDependencies,
  box: ImapMailbox,
  message: Arrived & { readonly size: number },
  logger: Logger,
): Promise<void> {
  const { db, maxMessageBytes } = dependencies
  if (message.size > maxMessageBytes) {
    const letter = { ...message, ...(await readHead(box, message.uid)) }
    return pass(dependencies, letter, { status: 'refused', reason: 'too_big' }, logger)
  }
  const start = await mailboxes.beginTaking(db, message)
  if (start > mostStarts) return pass(dependencies, message, { status: 'refused', reason: 'reader_died' }, logger)
  try {
    await fetchAndRead(dependencies, box, message, logger)
  } catch (error) {
    // Like a death, a refusal of the server leaves its count behind.
    if (!(error instanceof MessageWithheld)) await mailboxes.endTaking(db, message)
    if (!(error instanceof MessageWithheld) || start < mostStarts) throw error
    const letter = { ...message, ...(await readHead(box, message.uid)) }
    await pass(dependencies, letter, { status: 'refused', reason: 'not_handed_out' }, logger)
  }
}

/** Who sent a message and what about, for a message that is not fetched. */
async function readHead(box: ImapMailbox, uid: number) {
  const head = await box.fetchHead(uid).catch((error: unknown) => {
    if (error instanceof MessageWithheld) return undefined
    throw error
  })
  return head && headOf(head)
}

async function fetchAndRead(
  dependencies: TakeDependencies,
  box: ImapMailbox,
  message: Arrived,
  logger: Logger,
): Promise<void> {
  const { db, name } = dependencies
  const raw = await box.fetchRaw(message.uid)
  if (!raw) return pass(dependencies, message, { status: 'ignored', reason: 'gone' }, logger)
  const fetched = { ...message, rawSha256: createHash('sha256').update(raw).digest() }
  if (message.retryOf === undefined && (await mailboxes.wasStored(db, name, fetched.rawSha256)))
    return pass(dependencies, fetched, { status: 'ignored', reason: 'seen_before' }, logger)
  await read(dependencies, fetched, raw, logger)
}

/** What is in a message decides its fate. The raw bytes of one that cannot be read are kept for a release that can. */
async function read(dependencies: TakeDependencies, message: Arrived, raw: Uint8Array, logger: Logger): Promise<void> {
  const parts = await takeApart(raw).catch((error: unknown) => {
    logger.warn({ err: error, uid: message.uid }, 'message cannot be taken apart')
    return undefined
  })
  if (!parts) {
    const letter = { ...message, ...(await headOf(raw)) }
    const { isStranger } = judgeSender(letter.sender, undefined, dependencies)
    return pass(dependencies, letter, { status: 'refused', reason: 'unreadable_message', raw, isStranger }, logger)
  }
  const { sender, subject, sentAt, attachments, headerLines, isUuencoded } = parts
  const { isStranger } = judgeSender(sender, headerLines, dependencies)
  const letter = { ...message, sender, subject, sentAt, size: raw.byteLength }
  if (attachments.length > dependencies.maxAttachments)
    return pass(dependencies, letter, { status: 'refused', reason: 'too_many_attachments', raw, isStranger }, logger)
  if (attachments.length > 0) return store(dependencies, letter, parts, logger)
  if (isUuencoded)
    return pass(dependencies, letter, { status: 'refused', reason: 'uuencoded', raw, isStranger }, logger)
  return pass(dependencies, letter, { status: 'ignored', reason: 'no_attachments' }, logger)
}

interface Verdict {
  readonly status: 'ignored' | 'refused'
  readonly reason: string
  readonly raw?: Uint8Array
  readonly isStranger?: boolean
}

/** Records why nothing is taken from a message, tells the admins of a refusal, and goes on behind it. */
async function pass(
  { db, adminChatIds, strangerQuota, onNotice }: TakeDependencies,
  message: Seen,
  { status, reason, raw, isStranger = false }: Verdict,
  logger: Logger,
): Promise<void> {
  const { uid, rawSha256, retryOf } = message
  const deliveryIds = await db.transaction().execute(async (tx) => {
    const id = await record(tx, message, { status, reason })
    await goOn(tx, message)
    if (id === undefined) return []
    // What a stranger's message leaves behind counts like files; beyond the quota another try takes it from the server.
    const kept = { sender: message.sender, files: 1, bytes: raw?.byteLength ?? 0 }
    const isLimited = isStranger && retryOf === undefined
    if (raw && rawSha256 && (!isLimited || (await strangerIntake.claim(tx, kept, strangerQuota))))
      await mailboxes.keepRaw(tx, rawSha256, raw)
    const told = { ...message, id, reason }
    if (retryOf !== undefined) return tellOfRetry(tx, { ...told, status, files: 0 }, adminChatIds)
    return status === 'refused' ? tellOfRefusal(tx, told, adminChatIds) : []
  })
  logger[status === 'refused' ? 'warn' : 'info']({ uid, reason }, `message ${status}`)
  for (const deliveryId of deliveryIds) await onNotice(deliveryId)
}

/**
 * The message, its workbooks and the cursor in one transaction; the bell rings after it. Of a stranger beyond the quota only the
 * facts are kept, unless a person asks for the message.
 */
async function store(
  dependencies: TakeDependencies,
  message: Arrived,
  { attachments, headerLines }: TakenApart,
  logger: Logger,
): Promise<void> {
  const { db, adminChatIds, strangerQuota, onWorkbook, onNotice } = dependencies
  const { uid, sender, subject, sentAt, receivedAt, retryOf } = message
  const { isStranger, ...proof } = judgeSender(sender, headerLines, dependencies)
  const storing = db.transaction().execute(async (tx) => {
    const messageId = await record(tx, message, { status: 'stored' })
    await goOn(tx, message)
    if (messageId === undefined) return { ids: [], deliveryIds: [] }
    if (isStranger && retryOf === undefined) await countAttachments(tx, sender, attachments, strangerQuota)
    const stored: number[] = []
    for (const attachment of attachments) {
      const arrival = {
        ...attachment,
        ...proof,
        origin: 'mail',
        messageId,
        sender,
        subject,
        sentAt,
        receivedAt,
      } as const
      const id = await workbooks.insert(tx, arrival)
      if (id !== undefined) stored.push(id)
    }
    const told = { ...message, id: messageId, reason: '', status: 'stored', files: stored.length } as const
    return { ids: stored, deliveryIds: retryOf === undefined ? [] : await tellOfRetry(tx, told, adminChatIds) }
  })
  const taken = await unlessExceeded(storing)
  if (!taken) {
    const facts = { ...message, attachments: factsOf(attachments) }
    return pass(dependencies, facts, { status: 'refused', reason: 'stranger_quota' }, logger)
  }
  logger.info({ uid, workbookIds: taken.ids }, 'message stored')
  for (const id of taken.ids) await onWorkbook(id)
  for (const deliveryId of taken.deliveryIds) await onNotice(deliveryId)
}

/** Undefined when somebody else has recorded the end of this message. */
async function record(
  tx: Db,
  { retryOf, ...message }: Seen,
  verdict: Pick<mailboxes.SeenMessage, 'status' | 'reason'>,
): Promise<number | undefined> {
  const ended = { ...message, ...verdict }
  return retryOf === undefined ? mailboxes.insertMessage(tx, ended) : refusedMail.endRetry(tx, retryOf, ended)
}

/** The walk goes on behind a message; one that is tried again lies behind it already. */
async function goOn(tx: Db, message: Seen): Promise<void> {
  const { mailbox, uidValidity, uid, retryOf } = message
  await mailboxes.endTaking(tx, message)
  if (retryOf === undefined) await mailboxes.moveCursor(tx, mailbox, { uidValidity, lastUid: uid })
}
