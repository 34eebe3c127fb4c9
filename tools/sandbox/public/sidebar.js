import { askForm, button, byId, element, paintAvatar } from './dom.js'
import { previewOf, timeOf } from './message-view.js'
import { call } from './server.js'
import { nameOf, store } from './store.js'
import { words } from './words.js'

/** Draws the list of chats, the most recent first. */
export function drawSidebar(onSelect) {
  const chats = [...store.chats.values()].filter(({ migratedTo }) => migratedTo === undefined)
  const sorted = chats.toSorted((a, b) => lastDate(b) - lastDate(a))
  const focusedId = document.activeElement?.dataset.chatId
  byId('chats').replaceChildren(...sorted.map((chat) => chatItem(chat, onSelect)))
  if (focusedId !== undefined) byId('chats').querySelector(`[data-chat-id="${focusedId}"]`)?.focus()
}

/** Wires the two buttons over the list; `onCreated` gets the id of the new chat. Arrows walk through the list. */
export function wireSidebar(run, onCreated) {
  byId('chats').addEventListener('keydown', (event) => {
    const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key]
    const next = step && document.activeElement?.[step]
    if (!next) return
    event.preventDefault()
    next.focus()
  })
  byId('add-person').addEventListener('click', () =>
    run(() => addPerson().then((person) => person && onCreated(person.id))),
  )
  byId('add-group').addEventListener('click', () => run(() => addGroup().then((group) => group && onCreated(group.id))))
}

function chatItem({ chat, lastMessage, access }, onSelect) {
  const name = nameOf(chat)
  const unread = store.unread.get(chat.id) ?? 0
  const preview = access === 'blocked' ? words.blocked : previewOf(lastMessage)
  const item = button('', () => onSelect(chat.id), {
    className: 'chat-item',
    aria: {
      current: String(chat.id === store.selectedId),
      label: unread > 0 ? words.newMessages(name, unread) : name,
    },
    data: { chatId: String(chat.id) },
  })
  item.append(
    paintAvatar(element('span', { className: 'avatar', aria: { hidden: 'true' } }), chat.id, name),
    element('span', { className: 'name' }, name),
    element('span', { className: 'muted' }, lastMessage ? timeOf(lastMessage.date) : ''),
    element('span', { className: 'preview muted' }, preview),
    unread > 0 ? element('span', { className: 'badge' }, String(unread)) : '',
  )
  return item
}

function lastDate({ lastMessage }) {
  return lastMessage?.date ?? 0
}

async function addPerson() {
  const fields = [
    { name: 'name', label: words.name },
    { name: 'username', label: words.userName, required: false },
    {
      name: 'language_code',
      label: words.language,
      options: [
        { id: 'ru', text: 'Русский' },
        { id: 'en', text: 'English' },
      ],
    },
  ]
  const values = await askForm(words.newPerson, fields, words.add)
  if (!values) return undefined
  const { username, ...rest } = values
  return call('POST', 'persons', { ...rest, ...(username !== '' && { username }) })
}

async function addGroup() {
  const kinds = [
    { id: 'false', text: words.group },
    { id: 'true', text: words.supergroup },
  ]
  const fields = [
    { name: 'title', label: words.groupTitle },
    { name: 'supergroup', label: words.kind, options: kinds },
  ]
  const values = await askForm(words.newGroup, fields, words.create)
  return values && call('POST', 'groups', values)
}
