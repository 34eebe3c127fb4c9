import { deliveries, type Outcome, telegramUpdates } from '@atermtrack/data'
import { escapeHtml } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { Update } from 'telegraf/types'
import type { OutgoingCall } from '../../routing/answers.ts'
import { senderOf } from '../update-facts.ts'
import type { UnsentCall } from './send-answers.ts'

export interface UnsentAnswer {
  readonly updateId: number
  readonly update: Update
  readonly chatId: number | undefined
  /** The whole answer. */
  readonly calls: readonly OutgoingCall[]
  /** The calls that did not surely arrive. */
  readonly unsent: readonly UnsentCall[]
  readonly outcome: Outcome
  readonly reader: deliveries.AnswerReader
}

/**
 * Closes an update and writes the unsent part of its answer into the ledger, in one transaction; the deliveries are enqueued after
 * it. Writes nothing when the update was closed before.
 */
export async function storeUnsent(
  outbox: Outbox,
  { updateId, update, chatId, calls, unsent, outcome, reader }: UnsentAnswer,
): Promise<void> {
  await transact(outbox, async (tx) => {
    if (!(await telegramUpdates.finish(tx, updateId, outcome))) return
    const askedAt = 'message' in update ? new Date(update.message.date * 1_000) : undefined
    const asked = { updateId, askedBy: senderOf(update)?.id, askedAt, ...reader }
    for (const { id } of await deliveries.insertAnswers(tx, asked, toLedgerRows(unsent, { calls, chatId }))) {
      tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.answer })
    }
  })
}

const messageLimit = 4096

/**
 * The rows of the ledger for unsent calls: every call with text gets one. A changed keyboard, a chat action and a deleted
 * placeholder have no use later; the toast of a button becomes a message when it was the whole answer.
 */
export function toLedgerRows(
  unsent: readonly UnsentCall[],
  { calls, chatId }: { readonly calls: readonly OutgoingCall[]; readonly chatId: number | undefined },
): readonly deliveries.LedgerAnswer[] {
  const isOnlyToast = !calls.some(isMessage)
  return unsent.flatMap(({ call, status, error, errorCode }) => {
    const message = isMessage(call) ? toMessage(call, chatId) : isOnlyToast ? toastMessage(call, chatId) : undefined
    return message ? [{ ...message, status, error, errorCode }] : []
  })
}

type Message = Omit<deliveries.LedgerAnswer, 'status' | 'error' | 'errorCode'>

function isMessage({ method }: OutgoingCall): boolean {
  return method === 'sendMessage' || method === 'editMessageText'
}

function toMessage({ payload }: OutgoingCall, ownChatId: number | undefined): Message | undefined {
  const { text, parse_mode: mode, reply_markup: markup } = payload
  const chatId = numberOf(payload['chat_id']) ?? ownChatId
  if (typeof text !== 'string' || chatId === undefined) return undefined
  return {
    chatId,
    threadId: numberOf(payload['message_thread_id']),
    text: mode === 'HTML' ? text : escapeHtml(text, messageLimit),
    markup: typeof markup === 'object' && markup !== null ? markup : undefined,
    editsMessageId: numberOf(payload['message_id']),
  }
}

function toastMessage({ method, payload: { text } }: OutgoingCall, chatId: number | undefined): Message | undefined {
  if (method !== 'answerCallbackQuery') return undefined
  return toMessage({ method: 'sendMessage', payload: { text } }, chatId)
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
