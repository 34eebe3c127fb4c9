import { replyTo, writeText } from './composer.js'
import { byId, copyText, element, paintAvatar, showAlert, showToast } from './dom.js'
import { dayOf, renderMessage } from './message-view.js'
import { act, isOpen, nameOf, selectedChat, speakerOf, store } from './store.js'
import { words } from './words.js'

const actionTexts = {
  typing: words.typing,
  upload_document: words.sendsFile,
  upload_photo: words.sendsPhoto,
}
// Telegram shows a chat action for five seconds, or until the message comes.
const actionMs = 5000
const answerTimeoutMs = 15_000
const waitingButtons = new Map()
const answered = new Set()
let actionTimer

/** Draws the open chat's header and all its messages. */
export function drawConversation(run) {
  const chat = selectedChat()
  const { name, username, description } = store.bot
  const isPrivate = chat.chat.type === 'private'
  byId('title').textContent = isPrivate ? name : nameOf(chat.chat)
  paintAvatar(byId('bot-avatar'), isPrivate ? 0 : chat.chat.id, isPrivate ? name : nameOf(chat.chat))
  drawSubtitle()
  drawSpeaker(chat)
  byId('access').setAttribute('aria-checked', String(!isOpen(chat)))
  byId('access').querySelector('.switch-text').textContent = isPrivate ? words.block : words.remove
  byId('access').setAttribute('aria-label', isPrivate ? words.blockBot(name) : words.removeBot(name))
  byId('intro').hidden = chat.messages.size > 0
  byId('intro').textContent = description === '' ? words.introOf(username) : description
  const nodes = []
  let day
  for (const message of chat.messages.values()) {
    if (dayOf(message.date) !== day) nodes.push(dayMark(message))
    day = dayOf(message.date)
    nodes.push(view(message, run))
  }
  byId('messages').replaceChildren(...nodes)
  scrollDown()
}

/** Shows one new, edited or deleted message of the open chat. */
export function updateConversation(event, run) {
  if (event.kind === 'deleted') {
    nodeOf(event.messageId)?.remove()
    return
  }
  const { message } = event
  const isAtEnd = isScrolledDown()
  const old = nodeOf(message.message_id)
  if (old) old.replaceWith(view(message, run))
  else append(message, run)
  byId('intro').hidden = true
  if (message.from.is_bot && event.kind === 'message') drawSubtitle()
  if (isAtEnd || message.from.id === speakerOf(selectedChat())) scrollDown()
}

/** Shows under the bot's name what it is doing. */
export function showAction(action) {
  const subtitle = byId('subtitle')
  subtitle.textContent = actionTexts[action] ?? words.works
  subtitle.classList.add('subtitle-active')
  clearTimeout(actionTimer)
  actionTimer = setTimeout(drawSubtitle, actionMs)
}

/** Shows what the bot answered to a pressed button and lets the button go. */
export function showCallbackAnswer({ queryId, text, showAlert: isAlert, url }) {
  answered.add(queryId)
  waitingButtons.get(queryId)?.()
  waitingButtons.delete(queryId)
  if (text !== '' && isAlert) showAlert(text)
  else if (text !== '') showToast(text)
  if (url) globalThis.open(url, '_blank', 'noopener')
}

function drawSubtitle() {
  clearTimeout(actionTimer)
  const chat = selectedChat()
  const subtitle = byId('subtitle')
  subtitle.classList.remove('subtitle-active')
  subtitle.textContent =
    chat.chat.type === 'private' ? words.phoneOf(nameOf(chat.chat)) : words.members(chat.members.length)
}

function drawSpeaker(chat) {
  const box = byId('speaker')
  byId('speaker-box').hidden = chat.chat.type === 'private'
  const names = chat.members.map((id) => new Option(nameOf(store.persons.get(id)), String(id)))
  box.replaceChildren(...names)
  box.value = String(speakerOf(chat))
}

/** Lets another member of the open group write. */
export function wireSpeaker(run) {
  byId('speaker').addEventListener('change', ({ target }) => {
    store.speakers.set(store.selectedId, Number(target.value))
    drawConversation(run)
  })
}

function view(message, run) {
  const chat = selectedChat()
  const isOwn = message.from.id === speakerOf(chat)
  const showSender = chat.chat.type !== 'private' && !isOwn
  return renderMessage(
    message,
    { isOwn, showSender },
    {
      onCommand: (text) => run(() => act('say', { text })),
      onPress: (message, key, node) => run(() => press(message, key, node)),
      onReply: replyTo,
    },
  )
}

let chooseChat = async () => undefined

/** What a button calls that asks the bot in another chat: with the text to write there. */
export function wireChooser(choose) {
  chooseChat = choose
}

async function press(message, key, node) {
  if (key.copy_text) {
    await copyText(key.copy_text.text)
    return
  }
  if (key.switch_inline_query_current_chat !== undefined) {
    writeText(`@${store.bot.username} ${key.switch_inline_query_current_chat}`)
    return
  }
  if (key.switch_inline_query !== undefined) {
    await chooseChat(`@${store.bot.username} ${key.switch_inline_query}`)
    return
  }
  if (key.callback_data === undefined) {
    showToast(words.onlyInTelegram)
    return
  }
  node.setAttribute('aria-busy', 'true')
  const release = () => node.removeAttribute('aria-busy')
  setTimeout(release, answerTimeoutMs)
  const { queryId } = await act('press', { message_id: message.message_id, data: key.callback_data })
  // The answer may have come before the response to the press.
  if (answered.has(queryId)) release()
  else waitingButtons.set(queryId, release)
}

function append(message, run) {
  const messages = byId('messages')
  const previous = [...selectedChat().messages.values()].at(-2)
  if (!previous || dayOf(previous.date) !== dayOf(message.date)) messages.append(dayMark(message))
  messages.append(view(message, run))
}

function dayMark({ date }) {
  return element('div', { className: 'day' }, dayOf(date))
}

function nodeOf(messageId) {
  return byId('messages').querySelector(`[data-message-id="${messageId}"]`)
}

function isScrolledDown() {
  const scroll = byId('scroll')
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 120
}

/** Shows the newest message. */
export function scrollDown() {
  const scroll = byId('scroll')
  scroll.scrollTop = scroll.scrollHeight
}
