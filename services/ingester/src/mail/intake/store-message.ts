import { workbooks } from '@atermtrack/data'
import { transact, type Tx } from '@atermtrack/outbox'
import { importWorkbook } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { judgeSender } from '../judge-sender.ts'
import { countAttachments, factsOf, unlessExceeded } from '../stranger-limit.ts'
import { headOf, unpackMessage, type UnpackedMessage } from '../unpack-message.ts'
import { notifyAboutRetry } from '../notify-about-mail.ts'
import { findAnswered, pauseAnswered } from '../replies/pause-answered.ts'
import { endMessage, moveOn, record } from './end-message.ts'
import { isLimited, type Message, type IntakeDependencies } from './message.ts'

/** Stores, ignores or refuses a message by its content. The raw bytes of an unreadable one are kept for a release that can read it. */
export async function storeMessage(
  dependencies: IntakeDependencies,
  message: Message,
  raw: Uint8Array,
  logger: Logger,
): Promise<void> {
  const parts = await unpackMessage(raw).catch((error: unknown) => {
    logger.warn({ err: error, uid: message.uid }, 'message cannot be unpacked')
    return undefined
  })
  if (!parts) {
    const letter = { ...message, ...(await headOf(raw)) }
    const { isStranger } = judgeSender(letter.sender, undefined, dependencies)
    const verdict = { status: 'refused', reason: 'unreadable_message', raw, isStranger } as const
    return endMessage(dependencies, letter, verdict, logger)
  }
  const { sender, subject, sentAt, attachments, headerLines, isUuencoded, answer } = parts
  const { isStranger, senderUnproven } = judgeSender(sender, headerLines, dependencies)
  const letter = { ...message, sender, subject, sentAt, size: raw.byteLength }
  const answered = answer && (await findAnswered(dependencies.db, answer, { sender, isProven: !senderUnproven }))
  if (answered) {
    const also = async (tx: Tx) => pauseAnswered(tx, answered)
    return endMessage(dependencies, letter, { status: 'ignored', reason: answered.reason, also }, logger)
  }
  const refuse = async (reason: string) =>
    endMessage(dependencies, letter, { status: 'refused', reason, raw, isStranger }, logger)
  if (attachments.length > dependencies.maxAttachments) return refuse('too_many_attachments')
  if (attachments.length > 0) return store(dependencies, letter, parts, logger)
  if (isUuencoded) return refuse('uuencoded')
  return endMessage(dependencies, letter, { status: 'ignored', reason: 'no_attachments' }, logger)
}

/**
 * Stores the message, its workbooks and the cursor in one transaction, and enqueues the imports after it. Only the facts
 * about the files of a stranger beyond the quota are kept.
 */
async function store(
  dependencies: IntakeDependencies,
  message: Message,
  { attachments, headerLines }: UnpackedMessage,
  logger: Logger,
): Promise<void> {
  const { adminChatIds, strangerQuota } = dependencies
  const { uid, sender, subject, sentAt, receivedAt, retryOf } = message
  const { isStranger, ...proof } = judgeSender(sender, headerLines, dependencies)
  const storing = transact(dependencies, async (tx) => {
    const messageId = await record(tx, message, { status: 'stored' })
    await moveOn(tx, message)
    if (messageId === undefined) return []
    if (isLimited(message, isStranger)) await countAttachments(tx, sender, attachments, strangerQuota)
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
      if (id === undefined) continue
      stored.push(id)
      tx.enqueue(importWorkbook, { workbookId: id })
    }
    const retried = { ...message, id: messageId, reason: '', status: 'stored', files: stored.length } as const
    if (retryOf?.isAwaited) await notifyAboutRetry(tx, retried, adminChatIds)
    return stored
  })
  const workbookIds = await unlessExceeded(storing)
  if (!workbookIds) {
    const facts = { ...message, attachments: factsOf(attachments) }
    return endMessage(dependencies, facts, { status: 'refused', reason: 'stranger_quota' }, logger)
  }
  logger.info({ uid, workbookIds }, 'message stored')
}
