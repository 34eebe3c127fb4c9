import { chatUsage, type Cost, type TelegramProfile } from '@atermtrack/data'
import { languageOf } from '@atermtrack/messages'
import type { Chat, ChatMemberUpdated, Message, Update, User, UserFromGetMe } from 'telegraf/types'
import { maxDocumentBytes } from '../documents/download-document.ts'
import { parseCallbackData } from '../routing/callback-data.ts'

/** A message or a press that the bot has to answer. */
export interface AskedUpdate {
  readonly kind: 'asked'
  readonly profile: TelegramProfile
  /** Undefined for a press under a message that Telegram does not provide any more. */
  readonly chat: Chat | undefined
  readonly isPrivate: boolean
  /** A button was pressed. */
  readonly isPress: boolean
  readonly cost: Cost
}

/** The meaning of an update to the bot. */
export type UpdateFacts =
  | AskedUpdate
  /** Somebody has added the bot to a chat, removed it or blocked it. */
  | { readonly kind: 'membership'; readonly membership: ChatMemberUpdated }
  /** A group has become a supergroup, with another id. */
  | { readonly kind: 'migration'; readonly from: number; readonly to: number }
  /** Somebody types a question to the bot in any chat. */
  | { readonly kind: 'inline'; readonly profile: TelegramProfile; readonly queryId: string }
  | { readonly kind: 'not_meant' }

/** Reads the facts of an update that the bot acts on. */
export function readUpdate(update: Update, bot: UserFromGetMe): UpdateFacts {
  if ('my_chat_member' in update) return { kind: 'membership', membership: update.my_chat_member }
  const migration = migrationOf(update)
  if (migration) return { kind: 'migration', ...migration }
  if ('inline_query' in update) {
    const { id: queryId, from } = update.inline_query
    return { kind: 'inline', profile: profileOf(from), queryId }
  }
  const from = senderOf(update)
  if (!from || from.is_bot || !isMeant(update, bot)) return { kind: 'not_meant' }
  const chat = chatOf(update)
  return {
    kind: 'asked',
    profile: profileOf(from),
    chat,
    isPrivate: chat?.type === 'private',
    isPress: 'callback_query' in update,
    cost: costOf(update),
  }
}

/** The person who wrote the message or pressed the button of an update. */
export function senderOf(update: Update): User | undefined {
  if ('callback_query' in update) return update.callback_query.from
  if ('inline_query' in update) return update.inline_query.from
  return 'message' in update ? update.message.from : undefined
}

/** The kind of an update, without a word of the person: the name is that of a command or of a button's action. */
export function describeUpdate(update: Update): { readonly kind: string; readonly name: string | undefined } {
  if ('callback_query' in update) {
    const data = 'data' in update.callback_query ? update.callback_query.data : ''
    return { kind: 'button', name: parseCallbackData(data)?.action }
  }
  if (!('message' in update)) return { kind: 'other', name: undefined }
  const { message } = update
  if (!('text' in message)) return { kind: 'document' in message ? 'file' : 'other', name: undefined }
  const [, command] = isCommand(message) ? (/^\/([A-Za-z0-9_]{1,32})/.exec(message.text) ?? []) : []
  return command === undefined ? { kind: 'text', name: undefined } : { kind: 'command', name: command.toLowerCase() }
}

/** The chat of a message, or of the message whose button was pressed. */
export function chatOf(update: Update): Chat | undefined {
  if ('callback_query' in update) return update.callback_query.message?.chat
  return 'message' in update ? update.message.chat : undefined
}

/** In a private chat everything is meant for the bot; in a group commands, replies to it and messages that name it. */
export function isMeant(update: Update, bot: UserFromGetMe): boolean {
  if (!('message' in update)) return true
  const { message } = update
  // The bot has written it: a result that somebody has sent.
  if ('via_bot' in message && message.via_bot?.id === bot.id) return false
  return message.chat.type === 'private' || isCommand(message) || isAddressed(message, bot)
}

/** Whether a message of a group is surely for this bot: a reply to it, or a message that names it. */
export function isAddressed(message: Message, bot: UserFromGetMe): boolean {
  if ('reply_to_message' in message && message.reply_to_message?.from?.id === bot.id) return true
  const text = 'text' in message ? message.text : 'caption' in message ? message.caption : undefined
  return text !== undefined && text.toLowerCase().includes(`@${bot.username.toLowerCase()}`)
}

function isCommand(message: Message): boolean {
  const entity = 'entities' in message ? message.entities?.[0] : undefined
  return entity?.type === 'bot_command' && entity.offset === 0
}

/** The cost of an update in addition to its question: in a private chat a file is downloaded and read. */
export function costOf(update: Update): Cost {
  if (!('message' in update) || update.message.chat.type !== 'private') return chatUsage.noFiles
  const { message } = update
  // An animation is a document too.
  if (!('document' in message) || 'animation' in message) return chatUsage.noFiles
  // Telegram may omit the size.
  return { files: 1, bytes: message.document.file_size ?? maxDocumentBytes }
}

function profileOf(from: User): TelegramProfile {
  return {
    telegramId: from.id,
    firstName: from.first_name,
    lastName: from.last_name ?? null,
    username: from.username ?? null,
    language: languageOf(from.language_code),
  }
}

/** Telegram sends two messages about a migration, one with each id. */
function migrationOf(update: Update): { readonly from: number; readonly to: number } | undefined {
  if (!('message' in update)) return undefined
  const { message } = update
  if ('migrate_to_chat_id' in message) return { from: message.chat.id, to: message.migrate_to_chat_id }
  if ('migrate_from_chat_id' in message) return { from: message.migrate_from_chat_id, to: message.chat.id }
  return undefined
}
