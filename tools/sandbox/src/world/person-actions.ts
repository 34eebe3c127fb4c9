import { findEntities, formatText } from '../methods/formatted-text.ts'
import type { UploadedFile } from '../methods/params.ts'
import { toDocument, toPhoto } from '../methods/post.ts'
import type { Contact, InlineButton, Message, MessageEntity, User } from './telegram-types.ts'
import type { UpdateHub } from './update-hub.ts'
import {
  addMessage,
  botUser,
  dropOldest,
  nextAlbumId,
  nextRevision,
  removeMessage,
  replaceMessage,
  toApiMessage,
  unixTime,
  type Access,
  type ChatState,
  type NewMessage,
  type SeenMessage,
  type World,
} from './world.ts'

/** Where a person acts: which person, in which chat. */
export interface PersonInChat {
  readonly world: World
  readonly hub: UpdateHub
  readonly person: User
  readonly state: ChatState
}

export interface SendOptions {
  readonly threadId?: number
  readonly replyToMessageId?: number
  /** Bold, italic and the like. */
  readonly entities?: readonly MessageEntity[]
}

/** The result of an action. `updateId` is 0 when the bot does not get it (privacy mode in a group). */
export interface Sent {
  readonly updateId: number
  readonly message: SeenMessage
}

export interface Press {
  readonly updateId: number
  readonly queryId: string
}

const keepQueries = 10_000

/** Finds person and chat by id. Throws when either is unknown or the person is not in the chat. */
export function findPersonInChat(world: World, hub: UpdateHub, personId: number, chatId: number): PersonInChat {
  const person = world.persons.get(personId)
  if (!person) throw new Error(`no person ${personId} in the sandbox`)
  const state = world.chats.get(chatId)
  if (!state?.members.has(personId)) throw new Error(`person ${personId} is not in chat ${chatId}`)
  return { world, hub, person, state }
}

/** Sends a text; commands and links in it are marked as Telegram marks them. */
export function sendText(actor: PersonInChat, text: string, options: SendOptions = {}): Sent {
  const formatted = formatText({ text, parseMode: undefined, entities: options.entities })
  if (formatted.text === '' || formatted.text.length > 4096) throw new Error('a message is 1–4096 characters long')
  const { entities } = formatted
  return send(actor, { text: formatted.text, ...(entities.length > 0 && { entities }) }, options)
}

/** A file that a person sends, as a document or as a photo. */
export interface SentMedia extends UploadedFile {
  readonly as?: 'document' | 'photo'
  readonly caption?: string
}

/** Sends photos and documents as one album: a message for each, one after the other. */
export function sendAlbum(actor: PersonInChat, media: readonly SentMedia[]): readonly Sent[] {
  const album = nextAlbumId(actor.world)
  return media.map((file) => send(actor, { ...mediaContent(actor.world, file), media_group_id: album }, {}))
}

export function sendPhoto(actor: PersonInChat, file: UploadedFile, caption: string): Sent {
  return send(actor, mediaContent(actor.world, { ...file, as: 'photo', caption }), {})
}

function mediaContent(world: World, { as = 'document', caption = '', ...upload }: SentMedia): Partial<NewMessage> {
  const file = world.files.add(upload)
  const entities = findEntities(caption)
  const text = caption === '' ? {} : { caption, ...(entities.length > 0 && { caption_entities: entities }) }
  return as === 'photo' ? { photo: toPhoto(file), ...text } : { document: toDocument(file), ...text }
}

export function sendFile(actor: PersonInChat, file: UploadedFile, caption: string, options: SendOptions = {}): Sent {
  const document = toDocument(actor.world.files.add(file))
  return send(actor, { document, ...(caption !== '' && { caption }) }, options)
}

export function sendContact(actor: PersonInChat, contact: Contact): Sent {
  return send(actor, { contact }, {})
}

/** Forwards a message with all that it holds. */
export function forwardMessage(actor: PersonInChat, source: SeenMessage): Sent {
  const { text, entities, caption, caption_entities, document, photo, contact } = source
  const content = { text, entities, caption, caption_entities, document, photo, contact }
  const known = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined))
  const origin = { type: 'user', sender_user: source.from, date: source.date } as const
  return send(actor, { ...known, forward_origin: source.forward_origin ?? origin }, {})
}

/** Deletes a message for everybody; the bot gets no update about that. */
export function deleteOwn({ world, state, person }: PersonInChat, messageId: number): void {
  if (state.messages.get(messageId)?.from.id !== person.id)
    throw new Error(`message ${messageId} is not ${person.first_name}'s own`)
  removeMessage(world, state, messageId)
}

/** Forwards a text that somebody else wrote. */
export function forwardText(actor: PersonInChat, text: string, author: User): Sent {
  const origin = { type: 'user', sender_user: author, date: unixTime(actor.world) } as const
  const entities = findEntities(text)
  return send(actor, { text, ...(entities.length > 0 && { entities }), forward_origin: origin }, {})
}

export function editText(actor: PersonInChat, messageId: number, text: string): number {
  const { world, hub, state, person } = actor
  const message = state.messages.get(messageId)
  if (message?.from.id !== person.id) throw new Error(`message ${messageId} is not ${person.first_name}'s own`)
  const { entities: _entities, ...rest } = message
  const entities = findEntities(text)
  const changed = { ...rest, text, ...(entities.length > 0 && { entities }), edit_date: unixTime(world) }
  return hub.push('edited_message', toApiMessage(replaceMessage(world, state, changed)))
}

/** Presses the button of a message that carries callback data. */
export function pressInline(actor: PersonInChat, message: SeenMessage, button: InlineButton): Press {
  if (button.callback_data === undefined) throw new Error(`the button "${button.text}" has no callback data`)
  return pressWithData(actor, message, button.callback_data)
}

/** Sends callback data, also such as no button carries: a client may send anything. */
export function pressWithData({ world, hub, person, state }: PersonInChat, message: SeenMessage, data: string): Press {
  world.counters.query += 1
  nextRevision(world)
  const queryId = `4${String(person.id).padStart(10, '0')}${String(world.counters.query).padStart(8, '0')}`
  world.callbacks.set(queryId, { person, chatId: state.chat.id, pressedAt: world.now(), answer: undefined })
  if (world.callbacks.size > keepQueries) dropOldest(world.callbacks)
  const query = {
    id: queryId,
    from: person,
    message: toApiMessage(message),
    chat_instance: String(state.chat.id * 1_000_003),
    data,
  }
  return { updateId: hub.push('callback_query', query), queryId }
}

export function askInline({ world, hub, person, state }: PersonInChat, query: string): Press {
  if (query.length > 256) throw new Error('an inline query is at most 256 characters long')
  world.counters.query += 1
  const queryId = `5${String(world.counters.query).padStart(18, '0')}`
  world.inlineQueries.set(queryId, { person, chatId: state.chat.id, answer: undefined })
  if (world.inlineQueries.size > keepQueries) dropOldest(world.inlineQueries)
  return { updateId: hub.push('inline_query', { id: queryId, from: person, query, offset: '' }), queryId }
}

/** Sends a result that the bot has offered into the chat. Throws when it has offered no such result to the person. */
export function sendInlineResult(actor: PersonInChat, queryId: string, resultId: string): Sent {
  const query = actor.world.inlineQueries.get(queryId)
  const result = query?.answer?.results.find(({ id }) => id === resultId)
  if (!result || query?.person.id !== actor.person.id) throw new Error(`no result ${resultId} is offered`)
  const { content, reply_markup: markup } = result
  return send(actor, { ...content, via_bot: botUser(actor.world), ...(markup && { reply_markup: markup }) }, {})
}

/** Blocks or unblocks the bot, or removes it from a group or adds it again; the bot gets an update. */
export function changeAccess({ world, hub, person, state }: PersonInChat, access: Access): number {
  const before = state.access
  state.access = access
  world.events.emit({ kind: 'chat', chatId: state.chat.id })
  if (access === 'deactivated') return 0
  return hub.push('my_chat_member', {
    chat: state.chat,
    from: person,
    date: unixTime(world),
    old_chat_member: { user: botUser(world), ...memberStatus(before) },
    new_chat_member: { user: botUser(world), ...memberStatus(access) },
  })
}

function memberStatus(access: Access): Readonly<Record<string, unknown>> {
  return access === 'open' ? { status: 'member' } : { status: 'kicked', until_date: 0 }
}

function send(actor: PersonInChat, content: Partial<NewMessage>, { threadId, replyToMessageId }: SendOptions): Sent {
  const { world, hub, person, state } = actor
  if (state.access === 'notStarted') state.access = 'open'
  if (state.access !== 'open') throw new Error(`chat ${state.chat.id} is ${state.access}`)
  const replied = replyToMessageId === undefined ? undefined : state.messages.get(replyToMessageId)
  const message = addMessage(world, state, {
    from: person,
    ...content,
    ...(threadId !== undefined && { message_thread_id: threadId, is_topic_message: true }),
    ...(replied && { reply_to_message: toApiMessage(replied) }),
  })
  const isHeard = state.chat.type === 'private' || isAddressed(world, message)
  return { message, updateId: isHeard ? hub.push('message', toApiMessage(message)) : 0 }
}

// Privacy mode: in a group the bot gets commands, mentions of itself and replies to itself.
function isAddressed({ bot }: World, message: Message): boolean {
  // Whatever is sent by means of the bot reaches it.
  if (message.via_bot?.id === bot.id) return true
  if (message.reply_to_message?.from.is_bot === true) return true
  const mention = `@${bot.username}`.toLowerCase()
  return (message.entities ?? []).some((entity) => {
    const text = textAt(message, entity)
    if (entity.type === 'mention') return text === mention
    return entity.type === 'bot_command' && (!text.includes('@') || text.endsWith(mention))
  })
}

function textAt({ text = '' }: Message, { offset, length }: MessageEntity): string {
  return text.slice(offset, offset + length).toLowerCase()
}
