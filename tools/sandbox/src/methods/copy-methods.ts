import { badRequest } from './api-error.ts'
import { findChat, findMessage, type Method, type MethodContext } from './method.ts'
import { post, readCaption } from './post.ts'
import type { MessageContent } from '../world/telegram-types.ts'
import { nextAlbumId, toApiMessage, type SeenMessage } from '../world/world.ts'

const mostCopied = 100

const copyMessage: Method = (context) => {
  const source = findMessage(context, findChat(context, 'from_chat_id'), 'copy')
  const caption = context.params.text('caption') === undefined ? {} : readCaption(context.params)
  return { message_id: post(context, { ...contentOf(source), ...caption }).message_id }
}

/** Leaves out what cannot be found; messages of an album stay one. */
const copyMessages: Method = (context) => {
  const copies = findMany(context, 'copy').map((source) => contentOf(source))
  return postMany(context, copies).map(({ message_id }) => ({ message_id }))
}

const forwardMessage: Method = (context) => {
  const source = findMessage(context, findChat(context, 'from_chat_id'), 'forward')
  return toApiMessage(post(context, forwarded(source)))
}

const forwardMessages: Method = (context) =>
  postMany(context, findMany(context, 'forward').map(forwarded)).map(({ message_id }) => ({ message_id }))

export const copyMethods = { copyMessage, copyMessages, forwardMessage, forwardMessages }

type Content = MessageContent & Pick<SeenMessage, 'media_group_id' | 'forward_origin'>

function findMany(context: MethodContext, action: string): readonly SeenMessage[] {
  const state = findChat(context, 'from_chat_id')
  const ids = (context.params.list('message_ids') ?? []).map(Number)
  if (ids.length === 0) throw badRequest('message identifiers are not specified')
  if (ids.length > mostCopied) throw badRequest('too many message identifiers specified')
  if (ids.some((id, n) => n > 0 && id <= (ids[n - 1] ?? 0)))
    throw badRequest('message identifiers must be in a strictly increasing order')
  const found = ids.flatMap((id) => state.messages.get(id) ?? [])
  if (found.length === 0) throw badRequest(`there are no messages to ${action}`)
  return found
}

/** Messages of one album get a new album of their own. */
function postMany(context: MethodContext, contents: readonly Content[]): readonly SeenMessage[] {
  const albums = new Map<string, string>()
  return contents.map((content) => {
    const { media_group_id: old } = content
    if (old === undefined) return post(context, content)
    const album = albums.get(old) ?? nextAlbumId(context.world)
    albums.set(old, album)
    return post(context, { ...content, media_group_id: album })
  })
}

function forwarded(source: SeenMessage): Content {
  const origin = { type: 'user', sender_user: source.from, date: source.date } as const
  return { ...contentOf(source), forward_origin: source.forward_origin ?? origin }
}

function contentOf(source: SeenMessage): Content {
  const { text, entities, caption, caption_entities, document, photo, contact, media_group_id } = source
  const content = { text, entities, caption, caption_entities, document, photo, contact, media_group_id }
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as Content
}
