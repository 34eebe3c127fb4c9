import { broadcasts, type Db } from '@atermtrack/data'
import { JobDelayed } from '@atermtrack/queue'
import type { Logger } from 'pino'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../telegram/telegram-api.ts'
import { classifyRefusal } from './classify-refusal.ts'
import type { SendingHealth } from './sending-health.ts'

export interface RecallMessageOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly health: Pick<SendingHealth, 'refused'>
  readonly turn: () => Promise<void>
  readonly logger: Logger
}

const againMs = 5_000
const isGone = /message to delete not found|message identifier is not specified/i

/**
 * Deletes the message of a delivery that has left, if its broadcast is recalled; false when there is nothing to delete. Deleting twice does no
 * harm: a message that is gone counts as deleted.
 */
export async function recallMessage(options: RecallMessageOptions, deliveryId: number): Promise<boolean> {
  const { db, api, health, turn, logger } = options
  const message = await broadcasts.findRecall(db, deliveryId)
  if (!message) return false
  const { chatId, messageIds, isTooOld, mayLeave } = message
  if (isTooOld) {
    await broadcasts.recordRecall(db, deliveryId, { status: 'kept', error: 'older than 48 hours' })
    return true
  }
  if (!mayLeave) throw new JobDelayed(againMs)
  await turn()
  try {
    await remove(api, chatId, messageIds)
  } catch (error) {
    if (error instanceof TelegramUnreachable) throw new JobDelayed(againMs)
    if (!(error instanceof TelegramRefusal)) throw error
    const meaning = classifyRefusal(error)
    if (meaning.kind === 'wait') {
      await health.refused({ chatId, waitMs: meaning.ms })
      throw new JobDelayed(meaning.ms)
    }
    if (meaning.kind === 'unknown' || meaning.kind === 'token_refused') throw new JobDelayed(againMs)
    if (!isGone.test(error.description)) {
      logger.info({ err: error }, 'a message could not be deleted')
      await broadcasts.recordRecall(db, deliveryId, { status: 'kept', error: error.description })
      return true
    }
  }
  await broadcasts.recordRecall(db, deliveryId, { status: 'deleted' })
  return true
}

async function remove(api: TelegramApi, chatId: number, messageIds: readonly number[]): Promise<void> {
  const [first] = messageIds
  if (messageIds.length === 1) await api.call('deleteMessage', { chat_id: chatId, message_id: first })
  else await api.call('deleteMessages', { chat_id: chatId, message_ids: messageIds })
}
