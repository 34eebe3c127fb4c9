import type { deliveries } from '@atermtrack/data'
import { escapeHtml } from '@atermtrack/messages'
import type { OutgoingCall } from '../../routing/answers.ts'
import type { LeftCall } from './send-answers.ts'

const messageLimit = 4096

/**
 * What of the calls that are left is worth a row of the ledger: everything with words. A changed keyboard, a chat action and a
 * deleted placeholder mean nothing later; the passing note of a button is said in the chat when it was the whole answer.
 */
export function toLedger(
  left: readonly LeftCall[],
  { calls, chatId }: { readonly calls: readonly OutgoingCall[]; readonly chatId: number | undefined },
): readonly deliveries.LedgerAnswer[] {
  const isOnlyToast = !calls.some(isMessage)
  return left.flatMap(({ call, status, error, errorCode }) => {
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
