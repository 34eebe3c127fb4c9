import { badRequest } from './api-error.ts'
import { findOpenChat, type Method, type MethodContext } from './method.ts'
import { createParams, isRecord } from './params.ts'
import { post, readCaption, readFile, readText, toDocument, toPhoto } from './post.ts'
import type { MessageContent } from '../world/telegram-types.ts'
import { nextAlbumId, toApiMessage } from '../world/world.ts'

const chatActions = new Set([
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
])

const sendMessage: Method = (context) => {
  const content = readText(context.params)
  return toApiMessage(post(context, content))
}

const sendDocument: Method = (context) => {
  const caption = readCaption(context.params)
  const document = toDocument(readFile(context, 'document'))
  return toApiMessage(post(context, { document, ...caption }))
}

const sendPhoto: Method = (context) => {
  const caption = readCaption(context.params)
  return toApiMessage(post(context, { photo: toPhoto(readFile(context, 'photo')), ...caption }))
}

/** Two to ten photos, or as many documents, of which each may have a caption of its own. */
const sendMediaGroup: Method = (context) => {
  const media = (context.params.list('media') ?? []).map((part) => readPart(context, part))
  if (media.length < 2 || media.length > 10) throw badRequest('wrong number of media: from 2 to 10 are sent together')
  if (new Set(media.map((part) => 'document' in part)).size > 1) {
    throw badRequest("documents can't be mixed with other media types")
  }
  const album = nextAlbumId(context.world)
  return media.map((content) => toApiMessage(post(context, { ...content, media_group_id: album })))
}

function readPart(context: MethodContext, part: unknown): MessageContent {
  if (!isRecord(part)) throw badRequest("can't parse media JSON object")
  const params = createParams(part, context.params.files)
  const file = readFile({ ...context, params }, 'media')
  const caption = readCaption(params)
  if (params.text('type') === 'document') return { document: toDocument(file), ...caption }
  if (params.text('type') === 'photo') return { photo: toPhoto(file), ...caption }
  throw badRequest(`media of type ${params.text('type')} is not supported in the sandbox`)
}

const sendChatAction: Method = (context) => {
  const action = context.params.text('action') ?? ''
  const state = findOpenChat(context)
  if (!chatActions.has(action)) throw badRequest('wrong parameter action in request')
  context.world.events.emit({ kind: 'action', chatId: state.chat.id, action })
  return true
}

export const sendMethods = { sendMessage, sendDocument, sendPhoto, sendMediaGroup, sendChatAction }
