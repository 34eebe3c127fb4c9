import { createHash } from 'node:crypto'
import { type Db, mailbox as mailboxes, workbooks } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { ImapMailbox, MessageOutline } from './imap-mailbox.ts'
import { takeApart, type TakenApart } from './take-apart.ts'

export interface PollDependencies {
  readonly db: Db
  /** Name of the mailbox in the cursor table: account, host and folder. */
  readonly name: string
  readonly open: () => Promise<ImapMailbox>
  /** Called for each stored workbook after its commit. */
  readonly onWorkbook: (workbookId: number) => Promise<void>
  readonly now: () => Date
  /** How far back the first reading looks. */
  readonly windowDays: number
  readonly maxMessageBytes: number
}

const dayMs = 86_400_000

/**
 * Walks the mailbox from the stored cursor to its end, message by message in the order of UIDs, and stores what each brings.
 * A message is taken when its row is committed, not before and not twice; its flags are never touched.
 */
export async function pollMailboxOnce(
  dependencies: PollDependencies,
  logger: Logger,
  signal: AbortSignal,
): Promise<number> {
  await using box = await dependencies.open()
  const outlines = await listUnread(dependencies, box)
  for (const outline of outlines) {
    signal.throwIfAborted()
    await take(dependencies, box, outline, logger)
  }
  await mailboxes.notePolled(dependencies.db, dependencies.name)
  if (outlines.length > 0) logger.info({ messages: outlines.length }, 'mailbox read to its end')
  return outlines.length
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
  const seen = { mailbox: name, uidValidity: box.uidValidity, uid, receivedAt }
  const end = async (status: 'ignored' | 'refused', reason: string, details: object = {}) => {
    await mailboxes.insertMessage(db, { ...seen, ...details, status, reason })
    await mailboxes.moveCursor(db, name, { uidValidity: box.uidValidity, lastUid: uid })
    logger[status === 'refused' ? 'warn' : 'info']({ uid, reason }, `message ${status}`)
  }
  if (size > maxMessageBytes) return end('refused', 'too_big')
  const raw = await box.fetchRaw(uid)
  if (!raw) return end('ignored', 'gone')
  const rawSha256 = createHash('sha256').update(raw).digest()
  if (await mailboxes.wasStored(db, name, rawSha256)) return end('ignored', 'seen_before', { rawSha256 })
  const parts = await takeApart(raw).catch((error: unknown) => {
    logger.warn({ err: error, uid }, 'message cannot be taken apart')
    return undefined
  })
  if (!parts) {
    await mailboxes.keepRaw(db, rawSha256, raw)
    return end('refused', 'unreadable_message', { rawSha256 })
  }
  const { sender, subject, sentAt } = parts
  if (parts.attachments.length === 0) return end('ignored', 'no_attachments', { rawSha256, sender, subject, sentAt })
  await store(dependencies, { ...seen, rawSha256, sender, subject, sentAt }, parts, logger)
}

type Arrived = Omit<mailboxes.SeenMessage, 'status'> & { readonly receivedAt: Date }

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
