import type { OutgoingCall } from '../../routing/answers.ts'

/** What a person has been shown while they waited. */
export interface Shown {
  readonly placeholderId: number | undefined
  /** A pressed button is answered already. */
  readonly isQueryAnswered: boolean
}

/**
 * The calls of an answer, given what was shown while it was worked out: the placeholder becomes the first message, or is
 * deleted where it cannot, and a button that was answered is not answered again.
 */
export function replacePlaceholder(
  calls: readonly OutgoingCall[],
  { placeholderId, isQueryAnswered }: Shown,
  chatId: number | undefined,
): readonly OutgoingCall[] {
  const left = isQueryAnswered ? withoutToast(calls, chatId) : calls
  if (placeholderId === undefined || chatId === undefined) return left
  const [first, ...others] = left
  if (first && first.payload['chat_id'] === chatId && canBeEdited(first))
    return [edited(first, placeholderId), ...others]
  return [{ method: 'deleteMessage', payload: { chat_id: chatId, message_id: placeholderId } }, ...left]
}

/** The toast of an answered button becomes a message when there is no other. */
function withoutToast(calls: readonly OutgoingCall[], chatId: number | undefined): readonly OutgoingCall[] {
  const left = calls.filter(({ method }) => method !== 'answerCallbackQuery')
  const text = calls.find(({ method }) => method === 'answerCallbackQuery')?.payload['text']
  if (left.length > 0 || text === undefined || chatId === undefined) return left
  return [{ method: 'sendMessage', payload: { chat_id: chatId, text } }]
}

/** A message with a keyboard below the input cannot be edited into another. */
function canBeEdited({ method, payload: { reply_markup: markup } }: OutgoingCall): boolean {
  if (method !== 'sendMessage') return false
  return markup === undefined || (typeof markup === 'object' && markup !== null && 'inline_keyboard' in markup)
}

function edited({ payload }: OutgoingCall, messageId: number): OutgoingCall {
  const { message_thread_id: _thread, ...rest } = payload
  return { method: 'editMessageText', payload: { ...rest, message_id: messageId } }
}
