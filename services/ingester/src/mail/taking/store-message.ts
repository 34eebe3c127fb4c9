import { workbooks } from '@atermtrack/data'
import type { Logger } from 'pino'
import { failsDmarc } from '../authentication-results.ts'
import { headOf, takeApart, type TakenApart } from '../take-apart.ts'
import { tellOfRetry } from '../tell-of-mail.ts'
import { endMessage, goOn, record } from './end-message.ts'
import type { Message, TakeDependencies } from './message.ts'

/** What is in a message decides its fate. The raw bytes of one that cannot be read are kept for a release that can. */
export async function storeMessage(
  dependencies: TakeDependencies,
  message: Message,
  raw: Uint8Array,
  logger: Logger,
): Promise<void> {
  const parts = await takeApart(raw).catch((error: unknown) => {
    logger.warn({ err: error, uid: message.uid }, 'message cannot be taken apart')
    return undefined
  })
  if (!parts) {
    const letter = { ...message, ...(await headOf(raw)) }
    return endMessage(dependencies, letter, { status: 'refused', reason: 'unreadable_message', raw }, logger)
  }
  const { sender, subject, sentAt, attachments, isUuencoded } = parts
  const letter = { ...message, sender, subject, sentAt, size: raw.byteLength }
  if (attachments.length > dependencies.maxAttachments)
    return endMessage(dependencies, letter, { status: 'refused', reason: 'too_many_attachments', raw }, logger)
  if (attachments.length > 0) return store(dependencies, letter, parts, logger)
  if (isUuencoded) return endMessage(dependencies, letter, { status: 'refused', reason: 'uuencoded', raw }, logger)
  return endMessage(dependencies, letter, { status: 'ignored', reason: 'no_attachments' }, logger)
}

/** The message, its workbooks and the cursor in one transaction; the bell rings after it. */
async function store(
  { db, adminChatIds, authservId, onWorkbook, onNotice }: TakeDependencies,
  message: Message,
  { attachments, headerLines }: TakenApart,
  logger: Logger,
): Promise<void> {
  const { uid, sender, subject, sentAt, receivedAt, retryOf } = message
  const senderUnproven = authservId !== undefined && failsDmarc(headerLines, authservId)
  const { ids, deliveryIds } = await db.transaction().execute(async (tx) => {
    const messageId = await record(tx, message, { status: 'stored' })
    await goOn(tx, message)
    if (messageId === undefined) return { ids: [], deliveryIds: [] }
    const stored: number[] = []
    for (const attachment of attachments) {
      const arrival = {
        ...attachment,
        origin: 'mail',
        messageId,
        sender,
        subject,
        sentAt,
        receivedAt,
        senderUnproven,
      } as const
      const id = await workbooks.insert(tx, arrival)
      if (id !== undefined) stored.push(id)
    }
    const told = { ...message, id: messageId, reason: '', status: 'stored', files: stored.length } as const
    return { ids: stored, deliveryIds: retryOf?.isAwaited ? await tellOfRetry(tx, told, adminChatIds) : [] }
  })
  logger.info({ uid, workbookIds: ids }, 'message stored')
  for (const id of ids) await onWorkbook(id)
  for (const deliveryId of deliveryIds) await onNotice(deliveryId)
}
