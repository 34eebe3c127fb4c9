import { askForm, button, byId, element, paintAvatar } from './dom.js'
import { previewOf, timeOf } from './message-view.js'
import { call } from './server.js'
import { nameOf, store } from './store.js'

/** Draws the list of chats, the most recent first. */
export function drawSidebar(onSelect) {
  const chats = [...store.chats.values()].filter(({ migratedTo }) => migratedTo === undefined)
  const sorted = chats.toSorted((a, b) => lastDate(b) - lastDate(a))
  const focusedId = document.activeElement?.dataset.chatId
  byId('chats').replaceChildren(...sorted.map((chat) => chatItem(chat, onSelect)))
  if (focusedId !== undefined) byId('chats').querySelector(`[data-chat-id="${focusedId}"]`)?.focus()
}

/** Wires the two buttons over the list. */
export function wireSidebar(run, onCreated) {
  byId('add-person').addEventListener('click', () => run(() => addPerson().then(onCreated)))
  byId('add-group').addEventListener('click', () => run(() => addGroup().then(onCreated)))
}

function chatItem({ chat, lastMessage, access }, onSelect) {
  const name = nameOf(chat)
  const unread = store.unread.get(chat.id) ?? 0
  const preview = access === 'blocked' ? '🚫 бот заблокирован' : previewOf(lastMessage)
  const item = button('', () => onSelect(chat.id), {
    className: 'chat-item',
    aria: {
      current: String(chat.id === store.selectedId),
      label: unread > 0 ? `${name}, новых сообщений: ${unread}` : name,
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
    { name: 'name', label: 'Имя' },
    { name: 'username', label: 'Имя пользователя (необязательно)', required: false },
    {
      name: 'language_code',
      label: 'Язык',
      options: [
        { id: 'ru', text: 'Русский' },
        { id: 'en', text: 'English' },
      ],
    },
  ]
  const values = await askForm('Новый человек', fields, 'Добавить')
  if (!values) return undefined
  const { username, ...rest } = values
  return call('POST', 'persons', { ...rest, ...(username !== '' && { username }) })
}

async function addGroup() {
  const kinds = [
    { id: 'false', text: 'Группа' },
    { id: 'true', text: 'Супергруппа' },
  ]
  const fields = [
    { name: 'title', label: 'Название' },
    { name: 'supergroup', label: 'Вид', options: kinds },
  ]
  const values = await askForm('Новая группа: все люди и бот', fields, 'Создать')
  return values && call('POST', 'groups', values)
}
