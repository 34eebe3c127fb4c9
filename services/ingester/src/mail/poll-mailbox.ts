import { createHash } from 'node:crypto'
import { type Db, mailbox as mailboxes, workbooks } from '@atermtrack/data'
import type { Logger } from 'pino'
import { type ImapMailbox, type MessageOutline, MessageWithheld } from './imap-mailbox.ts'
import { takeApart, type TakenApart } from './take-apart.ts'

export interface PollDependencies {
  readonly db: Db
  /** Name of the mailbox in the cursor table: account, host and folder. */
  readonly name: string
  readonly open: (signal: AbortSignal) => Promise<ImapMailbox>
  /** Called for each stored workbook after its commit. */
  readonly onWorkbook: (workbookId: number) => Promise<void>
  readonly now: () => Date
  /** How far back the first reading looks. */
  readonly windowDays: number
  readonly maxMessageBytes: number
  readonly maxAttachments: number
  /** A look that takes longer is broken off; the next one goes on from the cursor. */
  readonly limitMs: number
}

const dayMs = 86_400_000
/** A look that is busy ends by itself in good time; only one that hangs meets the limit. */
const partForBeginnings = 0.7
/** So often a message is begun; when its readers died or the server kept it back every time, it is passed over. */
const mostStarts = 3

export interface PollResult {
  readonly messages: number
  /** False when time ran out first. */
  readonly isAtEnd: boolean
}

/**
 * Walks the mailbox from the stored cursor to its end, message by message in the order of UIDs, and stores what each brings.
 * A message is taken when its row is committed, not before and not twice; its flags are never touched.
 */
export async function pollMailboxOnce(
  dependencies: PollDependencies,
  logger: Logger,
  signal: AbortSignal,
): Promise<PollResult> {
  const { db, name, limitMs } = dependencies
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)])
  const lastBeginning = Date.now() + limitMs * partForBeginnings
  await using box = await dependencies.open(limit)
  const outlines = await listUnread(dependencies, box)
  for (const [messages, outline] of outlines.entries()) {
    limit.throwIfAborted()
    if (Date.now() > lastBeginning) return { messages, isAtEnd: false }
    await take(dependencies, box, outline, logger)
  }
  await mailboxes.notePolled(db, name)
  if (outlines.length > 0) logger.info({ messages: outlines.length }, 'mailbox read to its end')
  return { messages: outlines.length, isAtEnd: true }
}

/** Another UIDVALIDITY means that all UIDs are new names: the window is read again, and known bytes are passed over. */
async function listUnread(
  { db, name, now, windowDays }: PollDependencies,
  box: ImapMailbox,
): Promise<readonly MessageOutline[]> {
  const cursor = await mailboxes.findCursor(db, name)
  if (cursor?.uidValidity === box.uidValidity) return box.listAbove(cursor.lastUid)
  const windowStart = now().getTime() - windowDays * dayMs
  const lastPolled = cursor?.polledAt ? cursor.polledAt.getTime() - dayMs : windowStart
  const since = new Date(Math.min(windowStart, lastPolled))
  const outlines = await box.listSince(since)
  // SEARCH knows days only, of the server's own zone.
  const wanted = outlines.filter(({ receivedAt }) => receivedAt >= since)
  await mailboxes.moveCursor(db, name, { uidValidity: box.uidValidity, lastUid: (wanted[0]?.uid ?? box.nextUid) - 1 })
  return wanted
}

async function take(
  dependencies: PollDependencies,
  box: ImapMailbox,
  outline: MessageOutline,
  logger: Logger,
): Promise<void> {
  const { db, name, maxMessageBytes } = dependencies
  const { uid, size, receivedAt } = outline
  const message = { mailbox: name, uidValidity: box.uidValidity, uid, receivedAt }
  if (size > maxMessageBytes) return pass(db, message, { status: 'refused', reason: 'too_big' }, logger)
  const start = await mailboxes.beginTaking(db, message)
  if (start > mostStarts) return pass(db, message, { status: 'refused', reason: 'reader_died' }, logger)
  try {
    await fetchAndRead(dependencies, box, message, logger)
  } catch (error) {
    // Like a death, a refusal of the server leaves its count behind.
    if (!(error instanceof MessageWithheld)) await mailboxes.endTaking(db, message)
    if (!(error instanceof MessageWithheld) || start < mostStarts) throw error
    await pass(db, message, { status: 'refused', reason: 'not_handed_out' }, logger)
  }
}

async function fetchAndRead(
  dependencies: PollDependencies,
  box: ImapMailbox,
  message: Arrived,
  logger: Logger,
): Promise<void> {
  const { db, name } = dependencies
  const raw = await box.fetchRaw(message.uid)
  if (!raw) return pass(db, message, { status: 'ignored', reason: 'gone' }, logger)
  const fetched = { ...message, rawSha256: createHash('sha256').update(raw).digest() }
  if (await mailboxes.wasStored(db, name, fetched.rawSha256))
    return pass(db, fetched, { status: 'ignored', reason: 'seen_before' }, logger)
  await read(dependencies, fetched, raw, logger)
}

/** What is in a message decides its fate. The raw bytes of one that cannot be read are kept for a release that can. */
async function read(dependencies: PollDependencies, message: Arrived, raw: Uint8Array, logger: Logger): Promise<void> {
  const { db, maxAttachments } = dependencies
  const parts = await takeApart(raw).catch((error: unknown) => {
    logger.warn({ err: error, uid: message.uid }, 'message cannot be taken apart')
    return undefined
  })
  if (!parts) return pass(db, message, { status: 'refused', reason: 'unreadable_message', raw }, logger)
  const { sender, subject, sentAt, attachments, isUuencoded } = parts
  const letter = { ...message, sender, subject, sentAt }
  if (attachments.length > maxAttachments)
    return pass(db, letter, { status: 'refused', reason: 'too_many_attachments', raw }, logger)
  if (attachments.length > 0) return store(dependencies, letter, parts, logger)
  if (isUuencoded) return pass(db, letter, { status: 'refused', reason: 'uuencoded', raw }, logger)
  return pass(db, letter, { status: 'ignored', reason: 'no_attachments' }, logger)
}

interface Verdict {
  readonly status: 'ignored' | 'refused'
  readonly reason: string
  readonly raw?: Uint8Array
}

/** Records why nothing is taken from a message, and goes on behind it. */
async function pass(db: Db, message: Seen, { status, reason, raw }: Verdict, logger: Logger): Promise<void> {
  const { mailbox, uidValidity, uid, rawSha256 } = message
  await db.transaction().execute(async (tx) => {
    if (raw && rawSha256) await mailboxes.keepRaw(tx, rawSha256, raw)
    await mailboxes.insertMessage(tx, { ...message, status, reason })
    await mailboxes.endTaking(tx, message)
    await mailboxes.moveCursor(tx, mailbox, { uidValidity, lastUid: uid })
  })
  logger[status === 'refused' ? 'warn' : 'info']({ uid, reason }, `message ${status}`)
}

type Seen = Omit<mailboxes.SeenMessage, 'status' | 'reason'>
type Arrived = Seen & { readonly receivedAt: Date }

/** The message, its workbooks and the cursor in one transaction; the bell rings after it. */
async function store(
  { db, name, onWorkbook }: PollDependencies,
  message: Arrived,
  { attachments }: TakenApart,
  logger: Logger,
) {
  const { uid, uidValidity, sender, subject, sentAt, receivedAt } = message
  const ids = await db.transaction().execute(async (tx) => {
    const messageId = await mailboxes.insertMessage(tx, { ...message, status: 'stored' })
    await mailboxes.endTaking(tx, message)
    const stored: number[] = []
    if (messageId === undefined) return stored
    for (const attachment of attachments) {
      const arrival = { ...attachment, origin: 'mail', messageId, sender, subject, sentAt, receivedAt } as const
      const id = await workbooks.insert(tx, arrival)
      if (id !== undefined) stored.push(id)
    }
    await mailboxes.moveCursor(tx, name, { uidValidity, lastUid: uid })
    return stored
  })
  logger.info({ uid, workbookIds: ids }, 'message stored')
  for (const id of ids) await onWorkbook(id)
}
