import { isDeepStrictEqual } from 'node:util'
import { badRequest } from './api-error.ts'
import { findChat, findMessage, findOpenChat, type Method, type MethodContext } from './method.ts'
import { parseInlineMarkup } from './reply-markup.ts'
import { readCaption, readText } from './post.ts'
import type { MessageContent } from '../world/telegram-types.ts'
import {
  removeMessage,
  replaceMessage,
  toApiMessage,
  unixTime,
  type ChatState,
  type SeenMessage,
} from '../world/world.ts'

const deletableSeconds = 48 * 60 * 60
const notModified =
  'message is not modified: specified new message content and reply markup are exactly the same as a current ' +
  'content and reply markup of the message'

const editMessageText: Method = (context) => {
  const content = readText(context.params, 'MESSAGE_TOO_LONG')
  return edit(context, (message) => {
    if (message.text === undefined) throw badRequest('there is no text in the message to edit')
    return content
  })
}

const editMessageCaption: Method = (context) => {
  const content = readCaption(context.params)
  return edit(context, (message) => {
    if (!message.document && !message.photo) throw badRequest('there is no caption in the message to edit')
    return content
  })
}

const editMessageReplyMarkup: Method = (context) =>
  edit(context, ({ text, entities, caption, caption_entities }) => ({
    ...(text !== undefined && { text }),
    ...(entities && { entities }),
    ...(caption !== undefined && { caption }),
    ...(caption_entities && { caption_entities }),
  }))

const deleteMessage: Method = (context) => {
  const state = findChat(context)
  const message = findMessage(context, state, 'delete')
  const refusal = deleteRefusal(context, state, message)
  if (refusal !== undefined) throw badRequest(refusal)
  removeMessage(context.world, state, message.message_id)
  return true
}

const deleteMessages: Method = (context) => {
  const state = findChat(context)
  const ids = context.params.list('message_ids') ?? []
  if (ids.length < 1) throw badRequest('message identifiers are not specified')
  if (ids.length > 100) throw badRequest('too many message identifiers specified')
  for (const id of ids) {
    const message = state.messages.get(Number(id))
    if (message && deleteRefusal(context, state, message) === undefined) {
      removeMessage(context.world, state, message.message_id)
    }
  }
  return true
}

export const editMethods = {
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
}

function edit(context: MethodContext, change: (message: SeenMessage) => MessageContent) {
  const { world, params } = context
  const markup = parseInlineMarkup(params.json('reply_markup'))
  const state = findOpenChat(context)
  const message = findMessage(context, state, 'edit')
  if (!message.from.is_bot) throw badRequest("message can't be edited")
  const { text, entities, caption, caption_entities, reply_markup, ...rest } = message
  const before = JSON.stringify({ text, entities, caption, caption_entities })
  const content = change(message)
  const after = JSON.stringify({
    text: content.text,
    entities: content.entities,
    caption: content.caption,
    caption_entities: content.caption_entities,
  })
  if (before === after && isDeepStrictEqual(markup, reply_markup)) throw badRequest(notModified)
  const changed = { ...rest, ...content, edit_date: unixTime(world), ...(markup && { reply_markup: markup }) }
  return toApiMessage(replaceMessage(world, state, changed))
}

// In groups the bot is no administrator here, so it deletes only what it sent.
function deleteRefusal({ world }: MethodContext, state: ChatState, message: SeenMessage): string | undefined {
  if (unixTime(world) - message.date >= deletableSeconds) return "message can't be deleted for everyone"
  if (state.chat.type !== 'private' && !message.from.is_bot) return "message can't be deleted"
  return undefined
}
