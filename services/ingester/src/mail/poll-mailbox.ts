import { mailbox as mailboxes } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { ImapMailbox, MessageOutline } from './imap-mailbox.ts'
import { openMailboxLine } from './taking/mailbox-line.ts'
import type { TakeDependencies } from './taking/message.ts'
import { retryMessages, takeMessage } from './taking/take-message.ts'

export interface PollDependencies extends TakeDependencies {
  readonly open: (signal: AbortSignal) => Promise<ImapMailbox>
  /** How far back the first reading looks. */
  readonly windowDays: number
  /** A look that takes longer is broken off; the next one goes on from the cursor. */
  readonly limitMs: number
}

const dayMs = 86_400_000
/** A look that is busy ends by itself in good time; only one that hangs meets the limit. */
const partForBeginnings = 0.7
export interface PollResult {
  readonly messages: number
  /** False when time ran out first. */
  readonly isAtEnd: boolean
}

/**
 * Walks the mailbox from the stored cursor to its end, message by message in the order of UIDs, and stores what each brings.
 * A message is taken when its row is committed, not before and not twice; its flags are never touched. What cannot be taken is put
 * behind the others; this throws for what is the fault of the connection or of the database.
 */
export async function pollMailboxOnce(
  dependencies: PollDependencies,
  logger: Logger,
  signal: AbortSignal,
): Promise<PollResult> {
  const { db, name, limitMs } = dependencies
  const limit = AbortSignal.any([signal, AbortSignal.timeout(limitMs)])
  const lastBeginning = Date.now() + limitMs * partForBeginnings
  const isTimeUp = () => Date.now() > lastBeginning
  await using line = await openMailboxLine(async () => dependencies.open(limit))
  const outlines = await listUnread(dependencies, line.box())
  for (const [messages, outline] of outlines.entries()) {
    limit.throwIfAborted()
    if (isTimeUp()) return { messages, isAtEnd: false }
    await takeMessage(dependencies, line, outline, logger)
  }
  await mailboxes.recordPoll(db, name)
  if (outlines.length > 0) logger.info({ messages: outlines.length }, 'mailbox read to its end')
  // What failed before stands behind what is new.
  const isAtEnd = await retryMessages(dependencies, line, { isTimeUp, logger })
  return { messages: outlines.length, isAtEnd }
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
  const wanted = outlines.filter(({ receivedAt }) => receivedAt === undefined || !(receivedAt < since))
  await mailboxes.moveCursor(db, name, { uidValidity: box.uidValidity, lastUid: (wanted[0]?.uid ?? box.nextUid) - 1 })
  return wanted
}
