import { badRequest } from './api-error.ts'
import { formatText } from './formatted-text.ts'
import type { FormattedText } from './html-entities.ts'
import { findOpenChat, type MethodContext } from './method.ts'
import type { Params } from './params.ts'
import { parseReplyMarkup, type ReplyMarkup } from './reply-markup.ts'
import type { StoredFile } from '../world/file-store.ts'
import type { MessageContent, MessageEntity, PhotoSize, TelegramDocument } from '../world/telegram-types.ts'
import { addMessage, botUser, toApiMessage, type ChatState, type NewMessage, type SeenMessage } from '../world/world.ts'

const maxTextLength = 4096
const maxCaptionLength = 1024
const maxPhotoBytes = 10 * 1024 * 1024

/** The text of a message within Telegram's limit. Throws ApiError 400. */
export function readText(params: Params, tooLong = 'message is too long'): MessageContent {
  const { text, entities } = format(params, 'text', 'entities')
  if (text === '') throw badRequest('message text is empty')
  if (text.length > maxTextLength) throw badRequest(tooLong)
  return entities.length > 0 ? { text, entities } : { text }
}

/** The caption of a document or photo within Telegram's limit. Throws ApiError 400. */
export function readCaption(params: Params): MessageContent {
  const { text, entities } = format(params, 'caption', 'caption_entities')
  if (text.length > maxCaptionLength) throw badRequest('message caption is too long')
  if (text === '') return {}
  return entities.length > 0 ? { caption: text, caption_entities: entities } : { caption: text }
}

export function toPhoto({ fileId, uniqueId, size }: StoredFile): readonly PhotoSize[] {
  if (size > maxPhotoBytes) {
    throw badRequest(`file of size ${size} bytes is too big for a photo; the maximum size is ${maxPhotoBytes} bytes`)
  }
  return [{ file_id: fileId, file_unique_id: uniqueId, file_size: size, width: 800, height: 600 }]
}

export function toDocument({ fileId, uniqueId, fileName, mimeType, size }: StoredFile): TelegramDocument {
  return { file_id: fileId, file_unique_id: uniqueId, file_size: size, file_name: fileName, mime_type: mimeType }
}

function format(params: Params, textName: string, entitiesName: string): FormattedText {
  return formatText({
    text: params.text(textName) ?? '',
    parseMode: params.text('parse_mode'),
    entities: params.list(entitiesName) as readonly MessageEntity[] | undefined,
  })
}

/** The file that a parameter uploads or names. Throws ApiError 400. */
export function readFile({ world, params }: MethodContext, field: string): StoredFile {
  const given = params.text(field)
  const upload = params.file(given?.startsWith('attach://') ? given.slice('attach://'.length) : field)
  if (upload) {
    if (upload.bytes.length === 0) throw badRequest('file must be non-empty')
    return world.files.add(upload)
  }
  if (given === undefined || given === '') throw badRequest(`there is no ${field} in the request`)
  const known = world.files.byId(given)
  if (!known) throw badRequest('wrong file identifier/HTTP URL specified')
  return known
}

/** Writes a message of the bot into the chat of the call. Throws ApiError. */
export function post(context: MethodContext, content: Partial<NewMessage>): SeenMessage {
  const { world, params } = context
  const markup = parseReplyMarkup(params.json('reply_markup'))
  const state = findOpenChat(context)
  const threadId = params.integer('message_thread_id')
  const replied = repliedMessage(params, state)
  applyKeyboard(state, markup)
  return addMessage(world, state, {
    from: botUser(world),
    ...content,
    ...(threadId !== undefined && { message_thread_id: threadId, is_topic_message: true }),
    ...(replied && { reply_to_message: toApiMessage(replied) }),
    ...(markup.kind === 'inline' && { reply_markup: markup.inline }),
    ...(markup.kind === 'keyboard' && { reply_keyboard: markup.keyboard }),
  })
}

function repliedMessage(params: Params, state: ChatState): SeenMessage | undefined {
  const reply = params.json('reply_parameters') as
    | { readonly message_id?: number; readonly allow_sending_without_reply?: boolean }
    | undefined
  const id = reply?.message_id ?? params.integer('reply_to_message_id')
  if (id === undefined) return undefined
  const message = state.messages.get(id)
  const optional = reply?.allow_sending_without_reply === true || params.flag('allow_sending_without_reply')
  if (!message && !optional) throw badRequest('message to be replied not found')
  return message
}

function applyKeyboard(state: ChatState, markup: ReplyMarkup): void {
  if (markup.kind === 'keyboard') state.keyboard = markup.keyboard
  else if (markup.kind === 'remove') state.keyboard = undefined
}
