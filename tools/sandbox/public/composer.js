import { button, byId, element } from './dom.js'
import { askInline, inlineQueryOf, stopInline } from './inline.js'
import { readMarkers, toggleMarker } from './markers.js'
import { previewOf } from './message-view.js'
import { call } from './server.js'
import { act, isOpen, nameOf, selectedChat, speakerOf, store } from './store.js'
import { areSuggestionsShown, onSuggestionKey, showSuggestions } from './suggestions.js'
import { words } from './words.js'

const keyboardHidden = new Set()
let commands = []

/** Wires input, files, command list and reply keyboard. `run` performs an action and shows what goes wrong. */
export function wireComposer(run) {
  const text = byId('text')
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault()
    run(() => sendText(text.value))
  })
  text.addEventListener('input', () => {
    fitHeight(text)
    suggest(run)
  })
  text.addEventListener('keydown', (event) => onKey(event, run))
  text.addEventListener('paste', (event) => {
    const files = [...event.clipboardData.files]
    if (files.length === 0) return
    event.preventDefault()
    run(() => sendFiles(files))
  })
  byId('start').addEventListener('click', () => run(() => act(isOpen(selectedChat()) ? 'start' : 'unblock')))
  byId('bold').addEventListener('click', () => toggleMarker(text, 'bold'))
  byId('italic').addEventListener('click', () => toggleMarker(text, 'italic'))
  byId('no-reply').addEventListener('click', () => replyTo(undefined))
  byId('attach').addEventListener('click', () => byId('file').click())
  byId('file').addEventListener('change', ({ target }) => {
    const files = [...target.files]
    run(() => sendFiles(files))
    target.value = ''
  })
  byId('menu-button').addEventListener('click', () => toggleMenu(run))
  byId('keyboard-toggle').addEventListener('click', () => {
    const { chat } = selectedChat()
    if (!keyboardHidden.delete(chat.id)) keyboardHidden.add(chat.id)
    drawKeyboard(run)
  })
  wireDrop(run)
}

/** Draws what lies under the messages for the chat that is open. */
export async function drawComposer(run) {
  const chat = selectedChat()
  const isEmpty = chat.chat.type === 'private' && chat.messages.size === 0
  const isClosed = !isOpen(chat)
  byId('start').hidden = !isEmpty && !isClosed
  byId('start').textContent = isClosed ? words.back : words.start
  byId('composer').hidden = isEmpty || isClosed
  byId('text').placeholder = chat.keyboard?.input_field_placeholder ?? words.message
  drawKeyboard(run)
  drawReply()
  commands = await call('GET', `chats/${chat.chat.id}/commands?person_id=${speakerOf(chat)}`)
  byId('menu-button').textContent = words.menu
  byId('menu-button').hidden = commands.length === 0
  suggest(run)
}

/** A new keyboard from the bot is shown even where an older one was put away. */
export function showKeyboardAgain(chatId) {
  keyboardHidden.delete(chatId)
}

/** What is written next answers this message; undefined answers none. */
export function replyTo(message) {
  if (message) store.replies.set(store.selectedId, message)
  else store.replies.delete(store.selectedId)
  drawReply()
  byId('text').focus()
}

/** Puts a text into the input, as a button does that asks the bot in this chat. */
export function writeText(value) {
  const text = byId('text')
  text.value = value
  text.dispatchEvent(new Event('input'))
  text.focus()
}

/** Empties the input after its text was sent. */
export function clearText() {
  const text = byId('text')
  stopInline()
  text.value = ''
  fitHeight(text)
  showSuggestions('', [])
  store.replies.delete(store.selectedId)
  drawReply()
}

function drawReply() {
  const message = store.replies.get(store.selectedId)
  byId('reply').hidden = !message
  if (!message) return
  const name = nameOf(message.from)
  byId('reply').setAttribute('aria-label', words.replyTo(name))
  byId('reply-text').replaceChildren(element('b', {}, name), ` ${previewOf(message)}`)
}

function replyId() {
  const message = store.replies.get(store.selectedId)
  return message ? { reply_to_message_id: message.message_id } : {}
}

async function sendText(value) {
  if (value.trim() === '') return
  const answered = replyId()
  clearText()
  await act('say', { ...readMarkers(value.trim()), ...answered })
}

/** Several files go as one album; a single picture goes as a photo. */
async function sendFiles(files) {
  const form = new FormData()
  form.set('caption', byId('text').value.trim())
  for (const [name, value] of Object.entries(replyId())) form.set(name, String(value))
  clearText()
  if (files.length > 1) {
    for (const [n, file] of files.entries()) form.set(`file${n}`, file, file.name)
    await act('album', form)
    return
  }
  const [file] = files
  if (!file) return
  form.set('document', file, file.name)
  if (file.type.startsWith('image/')) form.set('photo', 'true')
  await act('document', form)
}

function fitHeight(text) {
  text.style.height = 'auto'
  text.style.height = `${text.scrollHeight}px`
}

function onKey(event, run) {
  if (onSuggestionKey(event)) {
    event.preventDefault()
    return
  }
  const format = (event.ctrlKey || event.metaKey) && { KeyB: 'bold', KeyI: 'italic' }[event.code]
  if (format) {
    event.preventDefault()
    toggleMarker(event.target, format)
    return
  }
  if (event.key === 'Escape') replyTo(undefined)
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  run(() => sendText(event.target.value))
}

/** Offers the commands that begin with what is typed, or what the bot answers to `@bot question`. */
function suggest(run) {
  const typed = byId('text').value
  const query = inlineQueryOf(typed)
  if (query !== undefined) {
    askInline(query, run)
    return
  }
  stopInline()
  const matching = /^\/\w*$/.test(typed) ? commands.filter(({ command }) => `/${command}`.startsWith(typed)) : []
  offerCommands(matching, run)
}

function toggleMenu(run) {
  offerCommands(areSuggestionsShown() ? [] : commands, run)
  byId('text').focus()
}

function offerCommands(list, run) {
  byId('menu-button').setAttribute('aria-expanded', String(list.length > 0))
  showSuggestions(
    words.commands,
    list.map(({ command, description }) => ({
      title: `/${command}`,
      hint: description,
      choose: () => run(() => sendText(`/${command}`)),
    })),
  )
}

function drawKeyboard(run) {
  const { keyboard, chat, access } = selectedChat()
  const box = byId('keyboard')
  const isHidden = !keyboard || access !== 'open' || keyboardHidden.has(chat.id)
  byId('keyboard-toggle').hidden = !keyboard
  byId('keyboard-toggle').setAttribute('aria-expanded', String(!isHidden))
  box.hidden = isHidden
  box.classList.toggle('tall', keyboard?.resize_keyboard !== true)
  const rows = keyboard?.keyboard ?? []
  const press = (key) => {
    if (keyboard.one_time_keyboard) keyboardHidden.add(chat.id)
    drawKeyboard(run)
    run(() => (key.request_contact ? act('contact') : act('say', { text: key.text })))
  }
  box.replaceChildren(
    ...rows.map((row) => element('div', { className: 'row' }, ...row.map((key) => button(key.text, () => press(key))))),
  )
}

function wireDrop(run) {
  const chat = byId('chat')
  const setShown = (isShown) => {
    byId('drop').hidden = !isShown
  }
  chat.addEventListener('dragover', (event) => {
    event.preventDefault()
    setShown(store.selectedId !== undefined)
  })
  chat.addEventListener('dragleave', (event) => {
    if (!chat.contains(event.relatedTarget)) setShown(false)
  })
  chat.addEventListener('drop', (event) => {
    event.preventDefault()
    setShown(false)
    const files = [...event.dataTransfer.files]
    run(() => sendFiles(files))
  })
}
