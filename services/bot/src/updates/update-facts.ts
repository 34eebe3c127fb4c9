import type { Chat, Message, Update, User, UserFromGetMe } from 'telegraf/types'

/** The person who wrote the message or pressed the button of an update. */
export function senderOf(update: Update): User | undefined {
  if ('callback_query' in update) return update.callback_query.from
  return 'message' in update ? update.message.from : undefined
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
  return message.chat.type === 'private' || isCommand(message) || isAddressed(message, bot)
}

/** Whether a message of a group can be for no other bot: a reply to this one, or one that names it. */
export function isAddressed(message: Message, bot: UserFromGetMe): boolean {
  if ('reply_to_message' in message && message.reply_to_message?.from?.id === bot.id) return true
  const text = 'text' in message ? message.text : 'caption' in message ? message.caption : undefined
  return text !== undefined && text.toLowerCase().includes(`@${bot.username.toLowerCase()}`)
}

function isCommand(message: Message): boolean {
  const entity = 'entities' in message ? message.entities?.[0] : undefined
  return entity?.type === 'bot_command' && entity.offset === 0
}
