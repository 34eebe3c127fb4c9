import { button, byId, element } from './dom.js'
import { call } from './server.js'
import { act, isOpen, selectedChat, speakerOf, store } from './store.js'
import { words } from './words.js'

const keyboardHidden = new Set()
let commands = []
let highlighted = 0

/** Wires input, files, command list and reply keyboard. `run` performs an action and shows what goes wrong. */
export function wireComposer(run) {
  const text = byId('text')
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault()
    run(() => sendText(text.value))
  })
  text.addEventListener('input', () => {
    fitHeight(text)
    drawCommands(run)
  })
  text.addEventListener('keydown', (event) => onKey(event, run))
  byId('start').addEventListener('click', () => run(() => act(isOpen(selectedChat()) ? 'start' : 'unblock')))
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
  commands = await call('GET', `chats/${chat.chat.id}/commands?person_id=${speakerOf(chat)}`)
  byId('menu-button').textContent = words.menu
  byId('menu-button').hidden = commands.length === 0
  drawCommands(run)
}

/** A new keyboard from the bot is shown even where an older one was put away. */
export function showKeyboardAgain(chatId) {
  keyboardHidden.delete(chatId)
}

async function sendText(value) {
  const text = byId('text')
  if (value.trim() === '') return
  text.value = ''
  fitHeight(text)
  byId('commands').hidden = true
  await act('say', { text: value })
}

/** Several files go as one album; a single picture goes as a photo. */
async function sendFiles(files) {
  const form = new FormData()
  form.set('caption', byId('text').value.trim())
  byId('text').value = ''
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
  const list = byId('commands')
  const shown = [...list.children]
  if (!list.hidden && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault()
    highlighted = (highlighted + (event.key === 'ArrowDown' ? 1 : -1) + shown.length) % shown.length
    markHighlighted()
    return
  }
  if (event.key === 'Escape') list.hidden = true
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  const chosen = list.hidden ? undefined : shown[highlighted]?.dataset.command
  run(() => sendText(chosen ?? event.target.value))
}

function drawCommands(run) {
  const typed = byId('text').value
  const matching = /^\/\w*$/.test(typed) ? commands.filter(({ command }) => `/${command}`.startsWith(typed)) : []
  fillCommands(matching, run)
}

function toggleMenu(run) {
  const isOpen = !byId('commands').hidden
  fillCommands(isOpen ? [] : commands, run)
  byId('text').focus()
}

function fillCommands(list, run) {
  const box = byId('commands')
  highlighted = 0
  box.hidden = list.length === 0
  byId('menu-button').setAttribute('aria-expanded', String(list.length > 0))
  box.replaceChildren(
    ...list.map(({ command, description }) => {
      const item = button('', () => run(() => sendText(`/${command}`)), {
        aria: { role: 'option' },
        data: { command: `/${command}` },
      })
      item.append(element('b', {}, `/${command}`), element('span', { className: 'muted' }, description))
      return item
    }),
  )
  markHighlighted()
}

function markHighlighted() {
  for (const [index, item] of [...byId('commands').children].entries()) {
    item.setAttribute('aria-selected', String(index === highlighted))
    if (index === highlighted) item.scrollIntoView({ block: 'nearest' })
  }
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
