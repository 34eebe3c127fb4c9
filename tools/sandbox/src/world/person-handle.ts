import {
  askInline,
  changeAccess,
  deleteOwn,
  editText,
  findPersonInChat,
  forwardMessage,
  forwardText,
  pressInline,
  pressWithData,
  sendAlbum,
  sendContact,
  sendFile,
  sendInlineResult,
  sendPhoto,
  sendText,
  type Press,
  type SentMedia,
  type SendOptions,
  type Sent,
  type PersonInChat,
} from './person-actions.ts'
import { waitForSignal } from './signal.ts'
import type { InlineButton, User } from './telegram-types.ts'
import type { UpdateHub } from './update-hub.ts'
import type { CallbackAnswer, InlineAnswer, SeenMessage, World, WorldEvent } from './world.ts'

export interface InChat {
  /** By default the private chat with the bot. */
  readonly chatId?: number
}

export interface SentDocument extends InChat {
  readonly bytes: Uint8Array
  readonly fileName: string
  readonly mimeType?: string
  readonly caption?: string
}

export interface WaitForReplyOptions extends InChat {
  /** A message or revision; by default the person's own last action. */
  readonly after?: SeenMessage | number
  /** By default 10,000. */
  readonly timeoutMs?: number
  readonly where?: (message: SeenMessage) => boolean
}

/** A virtual person at their telephone. Ids returned by actions are update ids; 0 = the bot does not get it. */
export interface PersonHandle {
  readonly id: number
  readonly user: User
  readonly say: (text: string, options?: SendOptions & InChat) => Promise<number>
  /** Presses the newest button with that text: an inline one, else one of the reply keyboard. */
  readonly press: (button: string | ((button: InlineButton) => boolean), options?: InChat) => Promise<Press>
  /** Sends callback data with a message, whether or not it has such a button. */
  readonly pressData: (data: string, message: SeenMessage) => Promise<Press>
  readonly sendDocument: (document: SentDocument) => Promise<number>
  readonly sendPhoto: (photo: SentDocument) => Promise<number>
  /** Sends several files as one album; an update for each. */
  readonly sendAlbum: (media: readonly SentMedia[]) => Promise<readonly number[]>
  readonly sendContact: (phoneNumber: string) => Promise<number>
  readonly forward: (text: string, author: User) => Promise<number>
  /** Forwards a message of this or another chat to the bot. */
  readonly forwardMessage: (message: SeenMessage) => Promise<number>
  /** Deletes an own message for everybody. */
  readonly deleteMessage: (message: SeenMessage) => Promise<void>
  readonly edit: (message: SeenMessage, text: string) => Promise<number>
  /** Opens t.me/<bot>?start=<payload> and presses «Start». */
  readonly openDeepLink: (payload: string) => Promise<number>
  /** Types `@bot query` in a chat. */
  readonly askInline: (query: string, options?: InChat) => Promise<Press>
  /** The results that the bot offers. Throws when none come in time. */
  readonly waitForInline: (asked: Press, options?: { readonly timeoutMs?: number }) => Promise<InlineAnswer>
  /** Sends one of them into the chat. */
  readonly sendInline: (asked: Press, resultId: string, options?: InChat) => Promise<SeenMessage>
  readonly block: () => Promise<number>
  readonly unblock: () => Promise<number>
  /** Deletes the account: the bot gets 403 from now on. */
  readonly deactivate: () => Promise<number>
  /** The messages on the screen, oldest first. */
  readonly messages: (options?: InChat) => readonly SeenMessage[]
  /** The next message of the bot, new or edited. Throws when none comes in time. */
  readonly waitForReply: (options?: WaitForReplyOptions) => Promise<SeenMessage>
  /** The answer to a button pressed. Throws when none comes in time. */
  readonly waitForAnswer: (press: Press, options?: { readonly timeoutMs?: number }) => Promise<CallbackAnswer>
}

export function createPersonHandle(world: World, hub: UpdateHub, user: User): PersonHandle {
  let actedAt = 0
  const act = async <T>(chatId: number | undefined, run: (actor: PersonInChat) => T): Promise<T> => {
    actedAt = world.counters.revision
    return run(findPersonInChat(world, hub, user.id, chatId ?? user.id))
  }
  const say = (text: string, { chatId, ...options }: SendOptions & InChat = {}) =>
    act(chatId, (actor) => sendText(actor, text, options).updateId)
  const screen = (chatId = user.id) => [...(world.chats.get(chatId)?.messages.values() ?? [])]

  return {
    id: user.id,
    user,
    say,
    press: (button, { chatId } = {}) => act(chatId, (actor) => press(actor, button)),
    pressData: (data, message) => act(message.chat.id, (actor) => pressWithData(actor, message, data)),
    sendDocument: ({ chatId, bytes, fileName, mimeType = 'application/octet-stream', caption = '' }) =>
      act(chatId, (actor) => sendFile(actor, { bytes: Buffer.from(bytes), fileName, mimeType }, caption).updateId),
    sendPhoto: ({ chatId, bytes, fileName, mimeType = 'image/jpeg', caption = '' }) =>
      act(chatId, (actor) => sendPhoto(actor, { bytes: Buffer.from(bytes), fileName, mimeType }, caption).updateId),
    sendAlbum: (media) => act(undefined, (actor) => sendAlbum(actor, media).map(({ updateId }) => updateId)),
    sendContact: (phoneNumber) => act(undefined, (actor) => shareContact(actor, phoneNumber).updateId),
    forward: (text, author) => act(undefined, (actor) => forwardText(actor, text, author).updateId),
    forwardMessage: (message) => act(undefined, (actor) => forwardMessage(actor, message).updateId),
    deleteMessage: (message) => act(message.chat.id, (actor) => deleteOwn(actor, message.message_id)),
    edit: (message, text) => act(message.chat.id, (actor) => editText(actor, message.message_id, text)),
    openDeepLink: async (payload) => say(deepLinkText(payload)),
    askInline: (query, { chatId } = {}) => act(chatId, (actor) => askInline(actor, query)),
    waitForInline: (asked, { timeoutMs = 30_000 } = {}) => waitForInline(world, asked, timeoutMs),
    sendInline: ({ queryId }, resultId, { chatId } = {}) =>
      act(chatId, (actor) => sendInlineResult(actor, queryId, resultId).message),
    block: () => act(undefined, (actor) => changeAccess(actor, 'blocked')),
    unblock: () => act(undefined, (actor) => changeAccess(actor, 'open')),
    deactivate: () => act(undefined, (actor) => changeAccess(actor, 'deactivated')),
    messages: ({ chatId } = {}) => screen(chatId),
    waitForReply: (options = {}) => waitForReply(world, screen, { after: actedAt, chatId: user.id, ...options }),
    waitForAnswer: (pressed, { timeoutMs = 30_000 } = {}) => waitForAnswer(world, pressed, timeoutMs),
  }
}

/** `/start` with the payload of a deep link. Throws when Telegram would not open such a link. */
export function deepLinkText(payload: string): string {
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(payload)) throw new Error(`"${payload}" can't be the payload of a deep link`)
  return `/start ${payload}`
}

/** Shares the person's own contact, as the button `request_contact` does. */
export function shareContact(actor: PersonInChat, phoneNumber: string): Sent {
  const { first_name, last_name, id } = actor.person
  const names = last_name === undefined ? { first_name } : { first_name, last_name }
  return sendContact(actor, { phone_number: phoneNumber, ...names, user_id: id })
}

function press(actor: PersonInChat, wanted: string | ((button: InlineButton) => boolean)): Press {
  const accepts = typeof wanted === 'string' ? (button: InlineButton) => button.text === wanted : wanted
  for (const message of [...actor.state.messages.values()].toReversed()) {
    const button = message.reply_markup?.inline_keyboard.flat().find(accepts)
    if (button) return pressInline(actor, message, button)
  }
  const key = actor.state.keyboard?.keyboard.flat().find(accepts)
  if (!key) throw new Error(`no such button in chat ${actor.state.chat.id}: ${wanted.toString()}`)
  const sent = key.request_contact === true ? shareContact(actor, phoneOf(actor.person)) : sendText(actor, key.text)
  return { updateId: sent.updateId, queryId: '' }
}

/** The invented telephone number of a person. */
export function phoneOf({ id }: User): string {
  return `+7900${String(id).padStart(7, '0')}`
}

type ReplyWait = WaitForReplyOptions & { readonly chatId?: number }

function waitForReply(
  { events }: World,
  screen: (chatId?: number) => readonly SeenMessage[],
  { chatId, after = 0, timeoutMs = 30_000, where = () => true }: ReplyWait,
): Promise<SeenMessage> {
  const since = typeof after === 'number' ? after : after.revision
  const accepts = (message: SeenMessage) => message.from.is_bot && message.revision > since && where(message)
  const pick = (event: WorldEvent) =>
    (event.kind === 'message' || event.kind === 'edited') && event.chatId === chatId && accepts(event.message)
      ? event.message
      : undefined
  const now = () => screen(chatId).find(accepts)
  return waitForSignal({ signal: events, now, pick, timeoutMs, what: `a reply in chat ${chatId}` })
}

function waitForInline(world: World, { queryId }: Press, timeoutMs: number): Promise<InlineAnswer> {
  const pick = (event: WorldEvent) =>
    event.kind === 'inlineAnswer' && event.answer.queryId === queryId ? event.answer : undefined
  const now = () => world.inlineQueries.get(queryId)?.answer
  return waitForSignal({ signal: world.events, now, pick, timeoutMs, what: `the answer to inline query ${queryId}` })
}

function waitForAnswer(world: World, { queryId }: Press, timeoutMs: number): Promise<CallbackAnswer> {
  const pick = (event: WorldEvent) =>
    event.kind === 'callbackAnswer' && event.answer.queryId === queryId ? event.answer : undefined
  const now = () => world.callbacks.get(queryId)?.answer
  return waitForSignal({ signal: world.events, now, pick, timeoutMs, what: `the answer to button ${queryId}` })
}
