import type { CallLog } from '../requests/call-log.ts'
import type { Fault, Faults } from '../requests/faults.ts'
import { ApiError } from '../methods/api-error.ts'
import { isRecord, type Params } from '../methods/params.ts'
import {
  askInline,
  changeAccess,
  findPersonInChat,
  forwardMessage,
  forwardText,
  pressInline,
  pressWithData,
  sendAlbum,
  sendFile,
  sendInlineResult,
  sendPhoto,
  sendText,
} from '../world/person-actions.ts'
import type { SendOptions, PersonInChat } from '../world/person-actions.ts'
import { deepLinkText, phoneOf, shareContact } from '../world/person-handle.ts'
import { addGroup, addPerson, migrateGroup } from '../world/persons.ts'
import { commandsFor } from '../methods/profile-methods.ts'
import type { MessageEntity } from '../world/telegram-types.ts'
import type { UpdateHub } from '../world/update-hub.ts'
import type { ChatState, World } from '../world/world.ts'

export interface ControlContext {
  readonly world: World
  readonly hub: UpdateHub
  readonly faults: Faults
  readonly log: CallLog
  readonly setToken: (token: string | undefined) => void
}

interface ControlRequest {
  /** The number in the path. */
  readonly id: number
  readonly params: Params
}

interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly path: RegExp
  readonly handle: (context: ControlContext, request: ControlRequest) => unknown
}

const maxCallsShown = 1000

export const controlRoutes: readonly ControlRoute[] = [
  { method: 'GET', path: /^\/sandbox\/state$/, handle: showState },
  { method: 'GET', path: /^\/sandbox\/persons$/, handle: ({ world }) => [...world.persons.values()] },
  { method: 'POST', path: /^\/sandbox\/persons$/, handle: createPerson },
  { method: 'POST', path: /^\/sandbox\/groups$/, handle: createGroup },
  { method: 'GET', path: /^\/sandbox\/chats\/(-?\d+)\/messages$/, handle: showMessages },
  { method: 'GET', path: /^\/sandbox\/chats\/(-?\d+)\/commands$/, handle: showCommands },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/say$/, handle: say },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/start$/, handle: start },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/press$/, handle: press },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/document$/, handle: sendDocument },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/album$/, handle: album },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/inline$/, handle: inline },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/inline-result$/, handle: inlineResult },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/contact$/, handle: contact },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/forward$/, handle: forward },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/block$/, handle: changeTo('blocked', 'kicked') },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/unblock$/, handle: changeTo('open', 'open') },
  { method: 'POST', path: /^\/sandbox\/chats\/(-?\d+)\/migrate$/, handle: migrate },
  { method: 'GET', path: /^\/sandbox\/calls$/, handle: showCalls },
  { method: 'DELETE', path: /^\/sandbox\/calls$/, handle: ({ log }) => done(log.clear()) },
  { method: 'GET', path: /^\/sandbox\/faults$/, handle: ({ faults }) => faults.list() },
  { method: 'POST', path: /^\/sandbox\/faults$/, handle: addFault },
  { method: 'DELETE', path: /^\/sandbox\/faults$/, handle: ({ faults }) => done(faults.clear()) },
  { method: 'DELETE', path: /^\/sandbox\/faults\/(\d+)$/, handle: ({ faults }, { id }) => done(faults.remove(id)) },
  {
    method: 'POST',
    path: /^\/sandbox\/token$/,
    handle: ({ setToken }, { params }) => done(setToken(params.text('token'))),
  },
]

function done(_result: void): Readonly<Record<string, unknown>> {
  return { done: true }
}

function showState({ world }: ControlContext) {
  const { name, username, description } = world.bot
  return {
    bot: { name, username, description },
    persons: [...world.persons.values()],
    chats: Array.from(world.chats.values(), describeChat),
  }
}

function describeChat({ chat, access, members, messages, migratedTo }: ChatState) {
  return { chat, access, members: [...members], lastMessage: [...messages.values()].at(-1), migratedTo }
}

function createPerson({ world }: ControlContext, { params }: ControlRequest) {
  const [lastName, username, languageCode] = ['last_name', 'username', 'language_code'].map(params.text)
  return addPerson(world, {
    name: required(params, 'name'),
    ...(lastName !== undefined && { lastName }),
    ...(username !== undefined && { username }),
    ...(languageCode !== undefined && { languageCode }),
  })
}

function createGroup({ world, hub }: ControlContext, { params }: ControlRequest) {
  const members = (params.list('members') ?? [...world.persons.keys()]).map(Number)
  const supergroup = params.flag('supergroup')
  return addGroup(world, hub, { title: required(params, 'title'), members, supergroup }).chat
}

function showMessages({ world }: ControlContext, { id }: ControlRequest) {
  const state = findState(world, id)
  return { messages: [...state.messages.values()], keyboard: state.keyboard, access: state.access }
}

function showCommands(context: ControlContext, request: ControlRequest) {
  const { world, person } = stageOf(context, request)
  return commandsFor(world, request.id, person.language_code ?? '')
}

function say(context: ControlContext, request: ControlRequest) {
  const entities = request.params.list('entities') as readonly MessageEntity[] | undefined
  return sendText(stageOf(context, request), required(request.params, 'text'), {
    ...sendOptions(request.params),
    ...(entities && { entities }),
  })
}

function start(context: ControlContext, request: ControlRequest) {
  const payload = request.params.text('payload')
  return sendText(stageOf(context, request), payload === undefined ? '/start' : deepLinkText(payload))
}

function press(context: ControlContext, request: ControlRequest) {
  const { params } = request
  const actor = stageOf(context, request)
  const message = actor.state.messages.get(params.integer('message_id') ?? 0)
  if (!message) throw new ApiError(404, 'no such message')
  const data = params.text('data')
  if (data !== undefined) return pressWithData(actor, message, data)
  const text = required(params, 'text')
  const button = message.reply_markup?.inline_keyboard.flat().find((button) => button.text === text)
  if (!button) throw new ApiError(404, `no button "${text}" under message ${message.message_id}`)
  return pressInline(actor, message, button)
}

function sendDocument(context: ControlContext, request: ControlRequest) {
  const { params } = request
  const base64 = params.text('base64')
  const file = params.file('document') ?? {
    fileName: required(params, 'file_name'),
    mimeType: params.text('mime_type') ?? 'application/octet-stream',
    bytes: Buffer.from(base64 ?? '', 'base64'),
  }
  const actor = stageOf(context, request)
  const caption = params.text('caption') ?? ''
  if (params.flag('photo')) return sendPhoto(actor, file, caption)
  return sendFile(actor, file, caption, sendOptions(params))
}

/** The files of the request as one album; the caption stands under the first. */
function album(context: ControlContext, request: ControlRequest) {
  const { params } = request
  const files = [...params.files.values()]
  if (files.length < 2) throw new ApiError(400, 'an album has two files or more')
  const as = files.every(({ mimeType }) => mimeType.startsWith('image/')) ? 'photo' : 'document'
  const caption = params.text('caption') ?? ''
  return sendAlbum(
    stageOf(context, request),
    files.map((file, n) => ({ ...file, as, ...(n === 0 && { caption }) })),
  )
}

function inline(context: ControlContext, request: ControlRequest) {
  return askInline(stageOf(context, request), request.params.text('query') ?? '')
}

function inlineResult(context: ControlContext, request: ControlRequest) {
  const [queryId, resultId] = [required(request.params, 'query_id'), required(request.params, 'result_id')]
  return sendInlineResult(stageOf(context, request), queryId, resultId)
}

function contact(context: ControlContext, request: ControlRequest) {
  const actor = stageOf(context, request)
  return shareContact(actor, request.params.text('phone_number') ?? phoneOf(actor.person))
}

function forward(context: ControlContext, request: ControlRequest) {
  const { world } = context
  const messageId = request.params.integer('message_id')
  if (messageId !== undefined) {
    const from = findState(world, request.params.integer('from_chat_id') ?? request.id)
    const source = from.messages.get(messageId)
    if (!source) throw new ApiError(404, 'no such message')
    return forwardMessage(stageOf(context, request), source)
  }
  const author = world.persons.get(request.params.integer('from_person_id') ?? 0)
  if (!author) throw new ApiError(404, 'no such person to forward from')
  return forwardText(stageOf(context, request), required(request.params, 'text'), author)
}

function changeTo(inPrivate: 'blocked' | 'open', inGroup: 'kicked' | 'open'): ControlRoute['handle'] {
  return (context, request) => {
    const actor = stageOf(context, request)
    const access = actor.state.chat.type === 'private' ? inPrivate : inGroup
    return { updateId: changeAccess(actor, access) }
  }
}

function migrate({ world, hub }: ControlContext, { id }: ControlRequest) {
  return migrateGroup(world, hub, findState(world, id)).chat
}

function showCalls({ log }: ControlContext, { params }: ControlRequest) {
  const method = params.text('method')
  const chatId = params.integer('chat_id')
  const afterSeq = params.integer('after_seq') ?? 0
  return log.calls
    .filter((call) => call.seq > afterSeq)
    .filter((call) => method === undefined || call.method === method)
    .filter((call) => chatId === undefined || call.chatId === chatId)
    .slice(-(params.integer('limit') ?? maxCallsShown))
}

const faultKinds = new Set<unknown>([
  'tooManyRequests',
  'forbidden',
  'error',
  'serverError',
  'slow',
  'reset',
  'hang',
  'cutReply',
  'cutBody',
  'html',
])

function addFault({ faults }: ControlContext, { params }: ControlRequest) {
  const { values } = params
  if (!isRecord(values) || !faultKinds.has(values['kind'])) {
    throw new ApiError(400, `kind must be one of ${[...faultKinds].join(', ')}`)
  }
  return { id: faults.add(values as unknown as Fault).id }
}

function stageOf({ world, hub }: ControlContext, { id, params }: ControlRequest): PersonInChat {
  const state = findState(world, id)
  const firstMember = [...state.members][0] ?? 0
  return findPersonInChat(world, hub, params.integer('person_id') ?? firstMember, id)
}

function findState(world: World, id: number): ChatState {
  const state = world.chats.get(id)
  if (!state) throw new ApiError(404, `no chat ${id}`)
  return state
}

function sendOptions(params: Params): SendOptions {
  const threadId = params.integer('thread_id')
  const replyToMessageId = params.integer('reply_to_message_id')
  return {
    ...(threadId !== undefined && { threadId }),
    ...(replyToMessageId !== undefined && { replyToMessageId }),
  }
}

function required(params: Params, name: string): string {
  const text = params.text(name)?.trim() ?? ''
  if (text === '') throw new ApiError(400, `${name} is missing`)
  return text
}
