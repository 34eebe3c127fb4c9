import { clearText, drawComposer, showKeyboardAgain, wireComposer, writeText } from './composer.js'
import {
  drawConversation,
  scrollDown,
  showAction,
  showCallbackAnswer,
  updateConversation,
  wireChooser,
  wireSpeaker,
} from './conversation.js'
import { askForm, button, byId, showToast } from './dom.js'
import { showInlineAnswer } from './inline.js'
import { listen } from './server.js'
import { drawSidebar, wireSidebar } from './sidebar.js'
import { act, applyEvent, isOpen, loadChat, loadState, nameOf, selectedChat, speakerOf, store } from './store.js'
import { words, writeWords } from './words.js'

const showError = (error) => showToast(error.message)

/** Runs an action of the person and shows what goes wrong. */
function run(action) {
  Promise.resolve().then(action).catch(showError)
}

async function select(chatId) {
  store.selectedId = chatId
  store.unread.delete(chatId)
  document.body.dataset.view = 'chat'
  history.replaceState(undefined, '', `#${chatId}`)
  drawSidebar(openChat)
  await refreshChat()
  if (isWide()) byId('text').focus()
}

// The width from which list and chat stand side by side, as in layout.css.
const isWide = () => matchMedia('(min-width: 721px)').matches

const openChat = (chatId) => run(() => select(chatId))

async function refreshChat() {
  const chatId = store.selectedId
  await loadChat(chatId)
  // Another chat may have been opened meanwhile.
  if (chatId !== store.selectedId) return
  drawConversation(run)
  await drawComposer(run)
  // The keyboard of the bot has taken some of the room.
  scrollDown()
}

async function refreshAll() {
  await loadState()
  drawSidebar(openChat)
  if (store.selectedId !== undefined) await refreshChat()
}

const refreshSoon = oncePerFrame(() => run(refreshAll))
const drawSidebarSoon = oncePerFrame(() => drawSidebar(openChat))

// Under load hundreds of events come in a second; one drawing shows them all.
function oncePerFrame(draw) {
  let isScheduled = false
  return () => {
    if (isScheduled) return
    isScheduled = true
    requestAnimationFrame(() => {
      isScheduled = false
      draw()
    })
  }
}

function onEvent(event) {
  if (event.kind === 'callbackAnswer') onCallbackAnswer(event)
  else if (event.kind === 'inlineAnswer') onInlineAnswer(event)
  else if (event.kind === 'bot' || event.kind === 'chat' || !applyEvent(event)) refreshSoon()
  else if (event.kind === 'action') onAction(event)
  else onMessageEvent(event)
}

function onCallbackAnswer({ chatId, answer }) {
  if (chatId === store.selectedId) showCallbackAnswer(answer)
}

function onInlineAnswer({ answer }) {
  showInlineAnswer(answer, { run, onSent: clearText, openStart })
}

/** The button over the results of the bot leads into the person's own chat with it. */
async function openStart(payload) {
  const person = speakerOf(selectedChat())
  clearText()
  await select(person)
  await act('start', { payload })
}

/** Lets the person choose a chat, and writes a question to the bot there. */
async function askElsewhere(text) {
  const chats = [...store.chats.values()].filter(({ migratedTo }) => migratedTo === undefined)
  const options = chats.map(({ chat }) => ({ id: chat.id, text: nameOf(chat) }))
  const values = await askForm(words.chooseChat, [{ name: 'chat', label: words.chat, options }], words.choose)
  if (!values) return
  await select(Number(values.chat))
  writeText(text)
}

function onAction({ chatId, action }) {
  if (chatId === store.selectedId) showAction(action)
}

function onMessageEvent(event) {
  drawSidebarSoon()
  if (event.chatId !== store.selectedId) return
  const chat = selectedChat()
  if (!chat.messages) return
  updateConversation(event, run)
  if (event.kind === 'message') run(() => refreshKeyboard(event.message))
}

// The keyboard under the input is changed only by the bot's messages; the first message opens the input itself.
async function refreshKeyboard(message) {
  const chat = selectedChat()
  if (message.reply_keyboard) showKeyboardAgain(chat.chat.id)
  if (!message.from.is_bot && chat.messages.size > 1) return
  await loadChat(chat.chat.id)
  if (chat.chat.id === store.selectedId) await drawComposer(run)
}

async function toggleAccess() {
  await act(isOpen(selectedChat()) ? 'block' : 'unblock')
}

const menuItems = [
  [words.openLink, openDeepLink],
  [words.sendContact, () => act('contact')],
  [words.forwardOther, forward],
  [words.toSupergroup, migrate],
]

async function migrate() {
  const { id } = await act('migrate')
  await refreshAll()
  await select(id)
}

async function openDeepLink() {
  const fields = [{ name: 'payload', label: `t.me/${store.bot.username}?start=` }]
  const values = await askForm(words.botLink, fields, words.open)
  if (values) await act('start', values)
}

async function forward() {
  const others = [...store.persons.values()].filter(({ id }) => id !== speakerOf(selectedChat()))
  const authors = others.map((person) => ({ id: person.id, text: nameOf(person) }))
  const fields = [
    { name: 'from_person_id', label: words.whose, options: authors },
    { name: 'text', label: words.text, multiline: true },
  ]
  const values = await askForm(words.forwardToBot, fields, words.forward)
  if (values) await act('forward', values)
}

function drawMenu() {
  const isGroup = selectedChat().chat.type === 'group'
  const items = menuItems.filter(([, action]) => isGroup || action !== migrate)
  byId('menu').replaceChildren(
    ...items.map(([text, action]) =>
      button(text, () => {
        byId('menu').hidePopover()
        run(action)
      }),
    ),
  )
}

/** A new person or group is opened at once. */
async function openNew(chatId) {
  await refreshAll()
  await select(chatId)
}

async function start() {
  writeWords()
  byId('access').addEventListener('click', () => run(toggleAccess))
  byId('menu').addEventListener('beforetoggle', drawMenu)
  byId('back').addEventListener('click', () => {
    document.body.dataset.view = 'list'
  })
  wireSidebar(run, openNew)
  wireChooser(askElsewhere)
  wireComposer(run)
  wireSpeaker(run)
  // Listening comes first, so that no event is lost while the state loads.
  await new Promise((resolve) => {
    listen(onEvent, () => {
      resolve()
      if (store.persons.size > 0) run(refreshAll)
    })
  })
  await loadState()
  const wanted = Number(location.hash.slice(1))
  const first = store.chats.has(wanted) ? wanted : [...store.chats.keys()][0]
  if (first !== undefined) await select(first)
  if (!store.chats.has(wanted) && !isWide()) document.body.dataset.view = 'list'
}

await start()
