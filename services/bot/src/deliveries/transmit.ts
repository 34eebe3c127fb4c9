import { type Db, type deliveries, storedFiles } from '@atermtrack/data'
import { toPlainText } from '@atermtrack/messages'
import { z } from 'zod'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { captioned } from './captioned.ts'

const sentMessage = z.object({
  message_id: z.int(),
  document: z.object({ file_id: z.string() }).optional(),
  /** Sizes of one picture, the largest last. */
  photo: z.array(z.object({ file_id: z.string() })).optional(),
})

const sentAlbum = z.array(z.object({ message_id: z.int() })).min(1)

export interface Transmitted {
  readonly messageId?: number
  /** All messages of an album. */
  readonly albumMessageIds?: readonly number[]
  readonly telegramFileId?: string
}

/** The message cannot be composed; nothing was sent. */
export class NothingToSend extends Error {
  override readonly name = 'NothingToSend'
}

export interface SendOptions {
  readonly format: 'html' | 'plain'
  readonly isSilent: boolean
}

type Sendable = Pick<
  deliveries.ClaimedDelivery,
  'chatId' | 'threadId' | 'text' | 'document' | 'editsMessageId' | 'broadcastContent' | 'attachment'
>

/**
 * Makes the call that sends a delivery, as HTML or as plain text; an edit of a message that is gone takes one more call.
 * Throws the errors of the api, and NothingToSend.
 */
export async function transmit(
  { api, db }: { readonly api: TelegramApi; readonly db: Db },
  delivery: Sendable & { readonly markup?: unknown },
  { format, isSilent }: SendOptions,
): Promise<Transmitted> {
  if (delivery.broadcastContent) return sendContent(api, delivery, delivery.broadcastContent, { format, isSilent })
  const { chatId, threadId, text = '', markup, document, attachment, editsMessageId } = delivery
  const formatted =
    format === 'html' ? { text, parse_mode: 'HTML' } : { text: toPlainText(text), parse_mode: undefined }
  const common = {
    chat_id: chatId,
    parse_mode: formatted.parse_mode,
    ...(markup !== undefined && { reply_markup: markup }),
  }
  const message = {
    ...common,
    ...(threadId !== undefined && { message_thread_id: threadId }),
    ...(isSilent && { disable_notification: true }),
  }
  if (attachment) {
    const caption = { caption: formatted.text, parse_mode: formatted.parse_mode }
    return read(await api.call(attachment.method, { ...message, ...captioned(attachment, caption) }))
  }
  if (document) return read(await sendDocument({ api, db }, document, { ...message, caption: formatted.text }))
  if (text === '') throw new NothingToSend('the workbook of this delivery is not kept any more')
  const content = { text: formatted.text, link_preview_options: { is_disabled: true } }
  if (editsMessageId === undefined) return read(await api.call('sendMessage', { ...message, ...content }))
  return read(await api.call('editMessageText', { ...common, ...content, message_id: editsMessageId }))
}

/** The message of a broadcast. Entities that Telegram refuses are left out where plain text is asked for. */
async function sendContent(
  api: TelegramApi,
  { chatId }: Pick<Sendable, 'chatId'>,
  { method, payload }: NonNullable<Sendable['broadcastContent']>,
  { format, isSilent }: SendOptions,
): Promise<Transmitted> {
  const plain = { entities: undefined, caption_entities: undefined }
  const message = { chat_id: chatId, ...payload, ...(isSilent && { disable_notification: true }) }
  return read(await api.call(method, format === 'html' ? message : { ...message, ...plain }))
}

async function sendDocument(
  { api, db }: { readonly api: TelegramApi; readonly db: Db },
  { fileName, file, telegramFileId }: deliveries.ClaimedDocument,
  payload: Readonly<Record<string, unknown>>,
): Promise<unknown> {
  // A picture is shown in the chat, not offered as a file.
  const [method, field] = fileName.endsWith('.png')
    ? (['sendPhoto', 'photo'] as const)
    : (['sendDocument', 'document'] as const)
  if (telegramFileId !== undefined) return api.call(method, { ...payload, [field]: telegramFileId })
  if (!file) throw new NothingToSend('the workbook of this delivery is not kept any more')
  const upload = { field, fileName, size: file.size, read: () => storedFiles.readPieces(db, file) }
  return api.call(method, payload, { upload })
}

/** Telegram has accepted the message, so it has left even when the rest of the answer cannot be read. */
function read(result: unknown): Transmitted {
  const album = sentAlbum.safeParse(result).data?.map(({ message_id }) => message_id)
  if (album) return { ...(album[0] !== undefined && { messageId: album[0] }), albumMessageIds: album }
  const { data } = sentMessage.safeParse(result)
  if (!data) return {}
  const file = data.document ?? data.photo?.at(-1)
  return { messageId: data.message_id, ...(file && { telegramFileId: file.file_id }) }
}
