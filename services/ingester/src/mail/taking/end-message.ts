import { type Db, mailbox as mailboxes, refusedMail, strangerIntake } from '@atermtrack/data'
import { transact } from '@atermtrack/outbox'
import type { Logger } from 'pino'
import { notifyAboutRefusal, notifyAboutRetry } from '../notify-about-mail.ts'
import { isLimited, type Message, type TakeDependencies } from './message.ts'

export interface Verdict {
  readonly status: 'ignored' | 'refused'
  readonly reason: string
  /** Kept for a release that can read it. */
  readonly raw?: Uint8Array
  readonly isStranger?: boolean
}

/** Records why nothing is taken from a message, tells the admins of a refusal, and goes on behind it. */
export async function endMessage(
  dependencies: TakeDependencies,
  message: Message,
  { status, reason, raw, isStranger = false }: Verdict,
  logger: Logger,
): Promise<void> {
  const { adminChatIds, strangerQuota } = dependencies
  const { uid, rawSha256, retryOf } = message
  await transact(dependencies, async (tx) => {
    const id = await record(tx, message, { status, reason })
    await goOn(tx, message)
    if (id === undefined) return
    if (raw && rawSha256 && (await mayKeep(tx, message, { raw, isStranger, strangerQuota })))
      await mailboxes.insertRaw(tx, rawSha256, raw)
    const told = { ...message, id, reason }
    if (retryOf?.isAwaited) await notifyAboutRetry(tx, { ...told, status, files: 0 }, adminChatIds)
    else if (status === 'refused') await notifyAboutRefusal(tx, told, adminChatIds)
  })
  logger[status === 'refused' ? 'warn' : 'info']({ uid, reason }, `message ${status}`)
}

/** What a stranger's message leaves behind counts like files; beyond the quota another try takes it from the server. */
async function mayKeep(
  tx: Db,
  message: Message,
  {
    raw,
    isStranger,
    strangerQuota,
  }: Pick<TakeDependencies, 'strangerQuota'> & { readonly raw: Uint8Array; readonly isStranger: boolean },
): Promise<boolean> {
  if (!isLimited(message, isStranger)) return true
  return strangerIntake.claim(tx, { sender: message.sender, files: 1, bytes: raw.byteLength }, strangerQuota)
}

/** Undefined when somebody else has recorded the end of this message. */
export async function record(
  tx: Db,
  { retryOf, ...message }: Message,
  verdict: Pick<mailboxes.SeenMessage, 'status' | 'reason'>,
): Promise<number | undefined> {
  const ended = { ...message, ...verdict }
  return retryOf === undefined ? mailboxes.insertMessage(tx, ended) : refusedMail.endRetry(tx, retryOf, ended)
}

/** The walk goes on behind a message; one that is tried again lies behind it already. */
export async function goOn(tx: Db, message: Message): Promise<void> {
  const { mailbox, uidValidity, uid, retryOf } = message
  await mailboxes.endTaking(tx, message)
  if (retryOf === undefined) await mailboxes.moveCursor(tx, mailbox, { uidValidity, lastUid: uid })
}
