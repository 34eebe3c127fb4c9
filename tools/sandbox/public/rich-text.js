import { button, copyText, element } from './dom.js'
import { words } from './words.js'

/** Text with Telegram's entities as DOM nodes. `onCommand` is called with a command that is clicked. */
export function renderRichText(text, entities, onCommand) {
  const sorted = entities.toSorted((a, b) => a.offset - b.offset || b.length - a.length)
  return renderRange({ text, entities: sorted, onCommand }, 0, text.length, 0).nodes
}

function renderRange(source, start, end, firstEntity) {
  const nodes = []
  let position = start
  let index = firstEntity
  while (index < source.entities.length && source.entities[index].offset < end) {
    const entity = source.entities[index]
    if (entity.offset > position) nodes.push(source.text.slice(position, entity.offset))
    const entityEnd = Math.min(entity.offset + entity.length, end)
    const inner = renderRange(source, entity.offset, entityEnd, index + 1)
    nodes.push(renderEntity(entity, source.text.slice(entity.offset, entityEnd), inner.nodes, source.onCommand))
    position = entityEnd + (isBlock(entity) && source.text[entityEnd] === '\n' ? 1 : 0)
    index = inner.next
  }
  if (position < end) nodes.push(source.text.slice(position, end))
  return { nodes, next: index }
}

// A block ends its line by itself, so the line break after it would show as an empty line.
function isBlock({ type }) {
  return type === 'pre' || type.endsWith('blockquote')
}

const simpleTags = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  mention: 'span',
  custom_emoji: 'span',
}

function renderEntity(entity, text, nodes, onCommand) {
  const simple = simpleTags[entity.type]
  if (simple) return element(simple, {}, ...nodes)
  switch (entity.type) {
    case 'code':
      return copied(text, nodes)
    case 'pre':
      return element(
        'pre',
        { data: entity.language ? { language: entity.language } : {} },
        element('code', {}, ...nodes),
      )
    case 'text_link':
      return link(entity.url, nodes)
    case 'url':
      return link(text, nodes)
    case 'email':
      return link(`mailto:${text}`, nodes)
    case 'bot_command':
      return button(text, () => onCommand(text), { className: 'command' })
    case 'blockquote':
      return element('blockquote', {}, element('div', {}, ...nodes))
    case 'expandable_blockquote':
      return expandableQuote(nodes)
    case 'spoiler':
      return spoiler(nodes)
    case 'date_time':
      return moment(entity, text)
    default:
      return element('span', {}, ...nodes)
  }
}

/** A number in fixed width is copied by a click, as in Telegram. */
function copied(text, nodes) {
  const node = element('code', { tabIndex: 0, title: words.copy(text), aria: { role: 'button' } }, ...nodes)
  node.addEventListener('click', () => copyText(text))
  node.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    void copyText(text)
  })
  return node
}

function link(href, nodes) {
  const isSafe = /^(?:https?|tg|ton|mailto|tel):/i.test(href)
  if (!isSafe) return element('span', {}, ...nodes)
  return element('a', { href, target: '_blank', rel: 'noopener noreferrer', title: href }, ...nodes)
}

function expandableQuote(nodes) {
  const quote = element('blockquote', { className: 'collapsed' }, element('div', {}, ...nodes))
  const toggle = button(
    words.expand,
    () => {
      const isCollapsed = quote.classList.toggle('collapsed')
      toggle.textContent = isCollapsed ? words.expand : words.collapse
      toggle.setAttribute('aria-expanded', String(!isCollapsed))
    },
    { className: 'expand', aria: { expanded: 'false' } },
  )
  quote.append(toggle)
  return quote
}

function spoiler(nodes) {
  const cover = element('button', { type: 'button', className: 'spoiler', aria: { label: words.spoiler } })
  cover.append(...nodes)
  cover.addEventListener('click', () => cover.replaceWith(element('span', {}, ...cover.childNodes)))
  return cover
}

function moment({ unix_time: unixTime, date_time_format: format = '' }, text) {
  const date = new Date(unixTime * 1000)
  const options = {
    ...(format.includes('w') && { weekday: 'long' }),
    ...(format.includes('d') && { day: '2-digit', month: '2-digit', year: '2-digit' }),
    ...(format.includes('D') && { day: 'numeric', month: 'long', year: 'numeric' }),
    ...(/[tT]/.test(format) && { hour: '2-digit', minute: '2-digit' }),
    ...(format.includes('T') && { second: '2-digit' }),
  }
  const shown = Object.keys(options).length > 0 ? new Intl.DateTimeFormat(words.locale, options).format(date) : text
  return element('time', { dateTime: date.toISOString(), title: date.toLocaleString(words.locale) }, shown)
}
