import { createFileStore, type FileStore } from './file-store.ts'
import { createSignal, type Signal } from './signal.ts'
import type { Chat, InlineKeyboard, Message, MessageContent, ReplyKeyboard, User } from './telegram-types.ts'

/** A message as a person sees it now. `revision` grows with every change anywhere in the sandbox. */
export interface SeenMessage extends Message {
  readonly revision: number
  /** The reply keyboard that came with this message. */
  readonly reply_keyboard?: ReplyKeyboard
}

/** Whether the bot can write into the chat, and if not, why. */
export type Access = 'open' | 'blocked' | 'deactivated' | 'notStarted' | 'kicked'

export interface ChatState {
  readonly chat: Chat
  access: Access
  readonly messages: Map<number, SeenMessage>
  /** The keyboard now shown under the input, until a bot message replaces or removes it. */
  keyboard: ReplyKeyboard | undefined
  /** Persons of a group; for a private chat the person itself. */
  readonly members: Set<number>
  migratedTo: number | undefined
}

export interface CallbackAnswer {
  readonly queryId: string
  readonly text: string
  readonly showAlert: boolean
  readonly url?: string
}

/** The offer of the bot to somebody who asks it in a chat. */
export interface InlineAnswer {
  readonly queryId: string
  readonly results: readonly InlineResult[]
  /** Leads into the person's own chat with the bot. */
  readonly button?: { readonly text: string; readonly start_parameter?: string }
  /** Seconds for which Telegram may give it again. */
  readonly cacheTime: number
  readonly isPersonal: boolean
}

/** The message that a result sends, with what the list shows of it. */
export interface InlineResult {
  readonly id: string
  readonly title: string
  readonly description?: string
  readonly content: MessageContent
  readonly reply_markup?: InlineKeyboard
}

export interface InlineQuery {
  readonly person: User
  readonly chatId: number
  answer: InlineAnswer | undefined
}

export type WorldEvent =
  | { readonly kind: 'message' | 'edited'; readonly chatId: number; readonly message: SeenMessage }
  | { readonly kind: 'deleted'; readonly chatId: number; readonly messageId: number; readonly revision: number }
  | { readonly kind: 'action'; readonly chatId: number; readonly action: string }
  | { readonly kind: 'callbackAnswer'; readonly chatId: number; readonly answer: CallbackAnswer }
  | { readonly kind: 'inlineAnswer'; readonly chatId: number; readonly answer: InlineAnswer }
  | { readonly kind: 'chat'; readonly chatId: number }
  | { readonly kind: 'bot' }

interface Callback {
  readonly person: User
  readonly chatId: number
  readonly pressedAt: number
  answer: CallbackAnswer | undefined
}

export interface Bot {
  id: number
  readonly name: string
  readonly username: string
  description: string
  shortDescription: string
  /** Command lists by scope and language, see `commandKey`. */
  readonly commands: Map<string, readonly unknown[]>
  /** Menu buttons by chat id; the default under 0. */
  readonly menuButtons: Map<number, unknown>
}

export interface World {
  readonly bot: Bot
  readonly persons: Map<number, User>
  readonly chats: Map<number, ChatState>
  readonly callbacks: Map<string, Callback>
  readonly inlineQueries: Map<string, InlineQuery>
  readonly files: FileStore
  readonly events: Signal<WorldEvent>
  readonly now: () => number
  readonly keepMessages: number
  readonly counters: { message: number; revision: number; query: number; group: number; album: number }
}

export interface WorldOptions {
  readonly now: () => number
  readonly keepMessages: number
  readonly keepFileBytes: number
  readonly bot: { readonly name: string; readonly username: string }
}

/** The state behind the sandbox: the bot, its persons, their chats and files. */
export function createWorld({ now, keepMessages, keepFileBytes, bot }: WorldOptions): World {
  return {
    bot: {
      ...bot,
      id: 7_000_000_001,
      description: '',
      shortDescription: '',
      commands: new Map(),
      menuButtons: new Map(),
    },
    persons: new Map(),
    chats: new Map(),
    callbacks: new Map(),
    inlineQueries: new Map(),
    files: createFileStore(keepFileBytes),
    events: createSignal(),
    now,
    keepMessages,
    counters: { message: 0, revision: 0, query: 0, group: 0, album: 0 },
  }
}

export function botUser({ bot }: World): User {
  return { id: bot.id, is_bot: true, first_name: bot.name, username: bot.username }
}

/** The id that the messages of a new album share. */
export function nextAlbumId({ counters }: World): string {
  counters.album += 1
  return String(13_000_000_000_000_000n + BigInt(counters.album))
}

/** Unix seconds, as in every date of the Bot API. */
export function unixTime(world: World): number {
  return Math.floor(world.now() / 1000)
}

export function nextRevision(world: World): number {
  world.counters.revision += 1
  return world.counters.revision
}

export function addChat(world: World, chat: Chat, members: readonly number[], access: Access): ChatState {
  const state: ChatState = {
    chat,
    access,
    messages: new Map(),
    keyboard: undefined,
    members: new Set(members),
    migratedTo: undefined,
  }
  world.chats.set(chat.id, state)
  world.events.emit({ kind: 'chat', chatId: chat.id })
  return state
}

export type NewMessage = Omit<SeenMessage, 'message_id' | 'chat' | 'date' | 'revision'>

/** Adds a message to a chat, deletes the oldest beyond the limit, and notifies the page. */
export function addMessage(world: World, state: ChatState, fields: NewMessage): SeenMessage {
  world.counters.message += 1
  const message: SeenMessage = {
    ...fields,
    message_id: world.counters.message,
    chat: state.chat,
    date: unixTime(world),
    revision: nextRevision(world),
  }
  state.messages.set(message.message_id, message)
  if (state.messages.size > world.keepMessages) dropOldest(state.messages)
  world.events.emit({ kind: 'message', chatId: state.chat.id, message })
  return message
}

/** Puts a changed message in the old one's place. */
export function replaceMessage(world: World, state: ChatState, changed: SeenMessage): SeenMessage {
  const message = { ...changed, revision: nextRevision(world) }
  state.messages.set(message.message_id, message)
  world.events.emit({ kind: 'edited', chatId: state.chat.id, message })
  return message
}

export function removeMessage(world: World, state: ChatState, messageId: number): void {
  state.messages.delete(messageId)
  world.events.emit({ kind: 'deleted', chatId: state.chat.id, messageId, revision: nextRevision(world) })
}

/** The message in the shape the Bot API returns, without the fields of the person's screen. */
export function toApiMessage({ revision: _revision, reply_keyboard: _keyboard, ...message }: SeenMessage): Message {
  return message
}

export function dropOldest<K>(map: Map<K, unknown> | Set<K>): void {
  for (const key of map.keys()) {
    map.delete(key)
    return
  }
}
