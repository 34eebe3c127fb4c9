import { type Db, mailbox as mailboxes, refusedMail, strangerIntake } from '@atermtrack/data'
import { transact, type Tx } from '@atermtrack/outbox'
import type { Logger } from 'pino'
import { notifyAboutRefusal, notifyAboutRetry } from '../notify-about-mail.ts'
import { isLimited, type Message, type IntakeDependencies } from './message.ts'

export interface Verdict {
  readonly status: 'ignored' | 'refused'
  readonly reason: string
  /** Kept for a release that can read it. */
  readonly raw?: Uint8Array
  readonly isStranger?: boolean
  /** Done in the same transaction, by the process that records the end. */
  readonly also?: (tx: Tx) => Promise<void>
}

/** Records why a message brings nothing, notifies the admins about a refusal, and moves the cursor behind the message. */
export async function endMessage(
  dependencies: IntakeDependencies,
  message: Message,
  { status, reason, raw, isStranger = false, also }: Verdict,
  logger: Logger,
): Promise<void> {
  const { adminChatIds, strangerQuota } = dependencies
  const { uid, rawSha256, retryOf } = message
  await transact(dependencies, async (tx) => {
    const id = await record(tx, message, { status, reason })
    await moveOn(tx, message)
    if (id === undefined) return
    await also?.(tx)
    if (raw && rawSha256 && (await mayKeep(tx, message, { raw, isStranger, strangerQuota })))
      await mailboxes.insertRaw(tx, rawSha256, raw)
    const ended = { ...message, id, reason }
    if (retryOf?.isAwaited) await notifyAboutRetry(tx, { ...ended, status, files: 0 }, adminChatIds)
    else if (status === 'refused') await notifyAboutRefusal(tx, ended, adminChatIds)
  })
  logger[status === 'refused' ? 'warn' : 'info']({ uid, reason }, `message ${status}`)
}

/** The raw bytes of a stranger's message count like files; beyond the quota another try fetches the message from the server. */
async function mayKeep(
  tx: Db,
  message: Message,
  {
    raw,
    isStranger,
    strangerQuota,
  }: Pick<IntakeDependencies, 'strangerQuota'> & { readonly raw: Uint8Array; readonly isStranger: boolean },
): Promise<boolean> {
  if (!isLimited(message, isStranger)) return true
  return strangerIntake.claim(tx, { sender: message.sender, files: 1, bytes: raw.byteLength }, strangerQuota)
}

/** Undefined when another process has recorded the end of this message. */
export async function record(
  tx: Db,
  { retryOf, ...message }: Message,
  verdict: Pick<mailboxes.SeenMessage, 'status' | 'reason'>,
): Promise<number | undefined> {
  const ended = { ...message, ...verdict }
  return retryOf === undefined ? mailboxes.insertMessage(tx, ended) : refusedMail.endRetry(tx, retryOf, ended)
}

/** Moves the cursor behind a message; for one that is tried again it stands there already. */
export async function moveOn(tx: Db, message: Message): Promise<void> {
  const { mailbox, uidValidity, uid, retryOf } = message
  await mailboxes.endTaking(tx, message)
  if (retryOf === undefined) await mailboxes.moveCursor(tx, mailbox, { uidValidity, lastUid: uid })
}
