import { call } from './server.js'

/** What the page knows: the bot, the persons, and each chat with the messages loaded so far. */
export const store = {
  bot: { name: '', username: '', description: '' },
  persons: new Map(),
  chats: new Map(),
  selectedId: undefined,
  /** The writing member of a group, by chat id. */
  speakers: new Map(),
  unread: new Map(),
  /** The message that is answered next, by chat id. */
  replies: new Map(),
}

/** Loads bot, persons and chats; a chat keeps what is known of it. */
export async function loadState() {
  const { bot, persons, chats } = await call('GET', 'state')
  store.bot = bot
  store.persons = new Map(persons.map((person) => [person.id, person]))
  for (const chat of chats) {
    const known = store.chats.get(chat.chat.id) ?? { eventCount: 0 }
    store.chats.set(chat.chat.id, Object.assign(known, chat))
  }
}

/** Loads messages, reply keyboard and access of a chat. */
export async function loadChat(chatId) {
  const chat = store.chats.get(chatId)
  const eventsBefore = chat.eventCount
  const { messages, keyboard, access } = await call('GET', `chats/${chatId}/messages`)
  // Something happened meanwhile, and the answer may be older than that.
  if (chat.eventCount !== eventsBefore) return loadChat(chatId)
  Object.assign(chat, { keyboard, access, messages: new Map(messages.map((message) => [message.message_id, message])) })
  return chat
}

export function selectedChat() {
  return store.chats.get(store.selectedId)
}

export function nameOf({ title, first_name: firstName, last_name: lastName }) {
  return title ?? [firstName, lastName].filter(Boolean).join(' ')
}

/** The person who acts in a chat: in a private chat its owner, in a group the chosen member. */
export function speakerOf({ chat, members }) {
  return chat.type === 'private' ? chat.id : (store.speakers.get(chat.id) ?? members[0])
}

/** Whether the bot may write into the chat. */
export function isOpen({ access }) {
  return access === 'open' || access === 'notStarted'
}

/** Acts as the speaker of the chat that is open. */
export function act(action, body = {}) {
  const chat = selectedChat()
  if (body instanceof FormData) body.set('person_id', String(speakerOf(chat)))
  const payload = body instanceof FormData ? body : { person_id: speakerOf(chat), ...body }
  return call('POST', `chats/${chat.chat.id}/${action}`, payload)
}

/** Applies an event to a chat; returns false when the chat is not known yet. */
export function applyEvent(event) {
  const chat = store.chats.get(event.chatId)
  if (!chat) return false
  chat.eventCount += 1
  if (event.kind === 'message' || event.kind === 'edited') {
    chat.messages?.set(event.message.message_id, event.message)
    if (event.kind === 'message') noteNewMessage(chat, event.message)
  }
  if (event.kind === 'deleted') chat.messages?.delete(event.messageId)
  return true
}

function noteNewMessage(chat, message) {
  chat.lastMessage = message
  const id = chat.chat.id
  if (id !== store.selectedId && message.from.is_bot) store.unread.set(id, (store.unread.get(id) ?? 0) + 1)
}
