import type { deliveries } from '@atermtrack/data'
import { z } from 'zod'
import { type TelegramApi, TelegramRefusal } from '../telegram/telegram-api.ts'
import { toPlainText } from './to-plain-text.ts'

const sentMessage = z.object({
  message_id: z.int(),
  document: z.object({ file_id: z.string() }).optional(),
})

export interface Transmitted {
  readonly messageId?: number
  readonly telegramFileId?: string
}

/** The message can't be put together; nothing was sent. */
export class NothingToSend extends Error {
  override readonly name = 'NothingToSend'
}

export interface Manner {
  readonly format: 'html' | 'plain'
  readonly isSilent: boolean
}

/**
 * Makes the call that sends a delivery, as HTML or as plain text; a message that is to be edited and is gone takes one more.
 * Throws what the api throws, and NothingToSend.
 */
export async function transmit(
  api: TelegramApi,
  delivery: deliveries.ClaimedDelivery,
  { format, isSilent }: Manner,
): Promise<Transmitted> {
  const { chatId, threadId, text = '', markup, document } = delivery
  const formatted =
    format === 'html' ? { text, parse_mode: 'HTML' } : { text: toPlainText(text), parse_mode: undefined }
  const common = {
    chat_id: chatId,
    ...(threadId !== undefined && { message_thread_id: threadId }),
    parse_mode: formatted.parse_mode,
    ...(isSilent && { disable_notification: true }),
    ...(markup !== undefined && { reply_markup: markup }),
  }
  if (document) return read(await sendDocument(api, document, { ...common, caption: formatted.text }))
  if (text === '') throw new NothingToSend('the workbook of this delivery is not kept any more')
  const message = { ...common, text: formatted.text, link_preview_options: { is_disabled: true } }
  const { editsMessageId } = delivery
  if (editsMessageId !== undefined) {
    const edited = await editMessage(api, { ...message, message_id: editsMessageId })
    if (edited) return edited
  }
  return read(await api.call('sendMessage', message))
}

const isGone = /message to edit not found|message can't be edited|message_id_invalid/i

/** Undefined when the message is not there any more, and a new one is to take its place. */
async function editMessage(
  api: TelegramApi,
  message: Readonly<Record<string, unknown>> & { readonly message_id: number },
): Promise<Transmitted | undefined> {
  try {
    return read(await api.call('editMessageText', message))
  } catch (error) {
    if (!(error instanceof TelegramRefusal)) throw error
    if (/message is not modified/i.test(error.description)) return { messageId: message.message_id }
    if (isGone.test(error.description)) return undefined
    throw error
  }
}

async function sendDocument(
  api: TelegramApi,
  { fileName, content, telegramFileId }: deliveries.ClaimedDocument,
  payload: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  if (telegramFileId !== undefined) return api.call('sendDocument', { ...payload, document: telegramFileId })
  if (!content) throw new NothingToSend('the workbook of this delivery is not kept any more')
  return api.call('sendDocument', payload, { upload: { field: 'document', fileName, content } })
}

/** Telegram has said yes: whatever else it says, the message has left. */
function read(result: unknown): Transmitted {
  const { data } = sentMessage.safeParse(result)
  if (!data) return {}
  return { messageId: data.message_id, ...(data.document && { telegramFileId: data.document.file_id }) }
}
