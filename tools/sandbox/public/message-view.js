import { button, element, showPicture } from './dom.js'
import { renderRichText } from './rich-text.js'
import { fileUrl } from './server.js'
import { words } from './words.js'

/** One message as a bubble with its buttons. `actions`: `{onCommand(text), onPress(message, button, node), onReply(message)}`. */
export function renderMessage(message, { isOwn, showSender }, actions) {
  const isService = message.migrate_to_chat_id !== undefined || message.migrate_from_chat_id !== undefined
  const album = message.media_group_id === undefined ? '' : ' of-album'
  const kind = isService ? ' service' : isOwn ? ' own' : ''
  const bubble = element(
    'div',
    { className: 'bubble' },
    showSender ? element('div', { className: 'sender' }, message.from.first_name) : undefined,
    ...originOf(message),
    ...contentOf(message, actions.onCommand),
    element('span', { className: 'meta' }, metaText(message)),
  )
  const reply = button('↩', () => actions.onReply(message), {
    className: 'reply-button',
    title: words.reply,
    aria: { label: words.reply },
  })
  const rows = message.reply_markup?.inline_keyboard
  return element(
    'article',
    { className: `message${kind}${album}`, data: { messageId: String(message.message_id) } },
    element('div', { className: 'line' }, bubble, isService ? undefined : reply),
    rows ? inlineKeyboard(message, rows, actions.onPress) : undefined,
  )
}

export function previewOf(message) {
  if (!message) return words.noMessages
  const { text, caption, document, contact } = message
  return text ?? caption ?? (document ? `📎 ${document.file_name}` : contact ? words.contact : words.photo)
}

export function timeOf(unixTime) {
  return new Date(unixTime * 1000).toLocaleTimeString(words.locale, { hour: '2-digit', minute: '2-digit' })
}

export function dayOf(unixTime) {
  return new Date(unixTime * 1000).toLocaleDateString(words.locale, { day: 'numeric', month: 'long' })
}

function originOf({ forward_origin: origin, reply_to_message: replied, via_bot: bot }) {
  const parts = []
  if (bot) parts.push(element('div', { className: 'origin' }, words.viaBot(bot.username)))
  if (origin) parts.push(element('div', { className: 'origin' }, words.forwardedFrom(origin.sender_user.first_name)))
  if (replied) {
    parts.push(
      element('div', { className: 'quote' }, element('b', {}, replied.from.first_name), ` ${previewOf(replied)}`),
    )
  }
  return parts
}

function contentOf(message, onCommand) {
  const parts = []
  if (message.document) parts.push(documentLink(message.document))
  if (message.photo) parts.push(photo(fileUrl(message.photo[0].file_id)))
  if (message.contact) {
    parts.push(element('div', {}, `👤 ${message.contact.first_name}, ${message.contact.phone_number}`))
  }
  if (message.migrate_to_chat_id !== undefined || message.migrate_from_chat_id !== undefined) {
    parts.push(element('div', {}, words.becameSupergroup))
  }
  const text = message.text ?? message.caption
  if (text !== undefined) {
    const entities = message.entities ?? message.caption_entities ?? []
    parts.push(element('span', { className: 'text' }, ...renderRichText(text, entities, onCommand)))
  }
  return parts
}

function photo(source) {
  const node = button('', () => showPicture(source), { className: 'photo-button', aria: { label: words.openPhoto } })
  node.append(element('img', { className: 'photo', alt: words.photo, src: source }))
  return node
}

function documentLink({ file_id: fileId, file_name: fileName, file_size: size }) {
  const extension = fileName.includes('.') ? fileName.split('.').at(-1).slice(0, 4) : words.file
  return element(
    'a',
    { className: 'document', href: fileUrl(fileId), download: fileName, aria: { label: words.download(fileName) } },
    element('span', { className: 'sheet' }, extension),
    element('span', { className: 'file-name' }, fileName),
    element('span', { className: 'muted' }, sizeText(size)),
  )
}

function sizeText(bytes) {
  const [unit, kilo, mega] = words.units
  if (bytes < 1024) return `${bytes} ${unit}`
  const kilobytes = bytes / 1024
  const format = (value) => value.toLocaleString(words.locale, { maximumFractionDigits: 1 })
  return kilobytes < 1024 ? `${format(kilobytes)} ${kilo}` : `${format(kilobytes / 1024)} ${mega}`
}

function metaText({ date, edit_date: editDate }) {
  return editDate === undefined ? timeOf(date) : words.edited(timeOf(date))
}

function inlineKeyboard(message, rows, onPress) {
  const renderButton = (key) => {
    if (key.url !== undefined) {
      const hint = { hint: '↗' }
      return element('a', { href: key.url, target: '_blank', rel: 'noopener noreferrer', data: hint }, key.text)
    }
    const data = key.copy_text ? { hint: '📋' } : {}
    return button(key.text, (node) => onPress(message, key, node), { data })
  }
  return element(
    'div',
    { className: 'inline-keyboard', aria: { role: 'group', label: words.buttons } },
    ...rows.map((row) => element('div', { className: 'row' }, ...row.map(renderButton))),
  )
}
