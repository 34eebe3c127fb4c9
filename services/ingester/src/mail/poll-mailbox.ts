import { mailbox as mailboxes } from '@atermtrack/data'
import { metrics } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { ImapMailbox, MessageOutline } from './imap-mailbox.ts'
import { openMailboxLine } from './intake/mailbox-line.ts'
import type { IntakeDependencies } from './intake/message.ts'
import { retryMessages, acceptMessage } from './intake/accept-message.ts'

export interface PollDependencies extends IntakeDependencies {
  readonly open: (signal: AbortSignal) => Promise<ImapMailbox>
  /** The days that the first reading looks back. */
  readonly windowDays: number
  /** A look that takes longer is aborted; the next one continues from the cursor. */
  readonly limitMs: number
}

const dayMs = 86_400_000
/** A busy look ends by itself before the limit; only one that hangs reaches it. */
const partForBeginnings = 0.7
export interface PollResult {
  readonly messages: number
  /** False when time ran out first. */
  readonly isAtEnd: boolean
}

/**
 * Walks the mailbox from the stored cursor to its end, message by message in the order of UIDs, and stores what each brings.
 * A message is accepted when its row is committed, not before and not twice; its flags are never touched. A message that fails is put
 * behind the others. Throws for a fault of the connection or of the database.
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
    await acceptMessage(dependencies, line, outline, logger)
  }
  await mailboxes.recordPoll(db, name)
  metrics.mailboxRead.set({ mailbox: name }, Date.now() / 1_000)
  if (outlines.length > 0) logger.info({ messages: outlines.length }, 'mailbox read to its end')
  // Messages that failed before come after new ones.
  const isAtEnd = await retryMessages(dependencies, line, { isTimeUp, logger })
  return { messages: outlines.length, isAtEnd }
}

/** Another UIDVALIDITY means that all UIDs are new names: the window is read again, and known bytes are skipped. */
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
