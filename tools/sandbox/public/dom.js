import { words } from './words.js'

/** Builds an element; text children become text nodes, so nothing a bot says is ever read as markup. */
export function element(tag, properties = {}, ...children) {
  const { data = {}, aria = {}, ...rest } = properties
  const node = Object.assign(document.createElement(tag), rest)
  for (const [name, value] of Object.entries(data)) node.dataset[name] = value
  for (const [name, value] of Object.entries(aria)) node.setAttribute(name === 'role' ? name : `aria-${name}`, value)
  node.append(...children.filter((child) => child !== undefined))
  return node
}

export function button(text, onClick, properties = {}) {
  const node = element('button', { type: 'button', ...properties }, text)
  node.addEventListener('click', () => onClick(node))
  return node
}

export function byId(id) {
  return document.getElementById(id)
}

/** A round picture with the initials of a name, always in the same colour. */
export function paintAvatar(node, id, name) {
  node.textContent = name.slice(0, 1).toUpperCase()
  node.style.setProperty('--hue', String((Math.abs(id) * 137) % 360))
  return node
}

let toastTimer

/** A short notice at the bottom. */
export function showToast(text) {
  const toast = byId('toast')
  toast.textContent = text
  toast.classList.add('shown')
  clearTimeout(toastTimer)
  toastTimer = setTimeout(() => toast.classList.remove('shown'), 4000)
}

/** Puts a text on the clipboard and says so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text)
    showToast(words.copied)
  } catch {
    showToast(words.notCopied)
  }
}

/** A picture as large as the window. */
export function showPicture(source) {
  const dialog = byId('dialog')
  const close = button(words.close, () => dialog.close())
  dialog.replaceChildren(
    element('h2', { id: 'dialog-title' }, words.photo),
    element('img', { className: 'large', alt: words.photo, src: source }),
    element('div', { className: 'buttons' }, close),
  )
  dialog.classList.add('wide')
  dialog.addEventListener('close', () => dialog.classList.remove('wide'), { once: true })
  dialog.showModal()
}

/** A notice that has to be closed. */
export function showAlert(text) {
  const dialog = byId('dialog')
  const close = button(words.understood, () => dialog.close())
  dialog.replaceChildren(element('p', { id: 'dialog-title' }, text), element('div', { className: 'buttons' }, close))
  dialog.showModal()
}

/**
 * Asks for a few values. `fields`: `{name, label, options?, multiline?, value?}`; resolves to the values by name, or
 * to undefined when it is called off.
 */
export function askForm(title, fields, submitText) {
  const dialog = byId('dialog')
  const cancel = button(words.cancel, () => dialog.close())
  const form = element(
    'form',
    {},
    element('h2', { id: 'dialog-title' }, title),
    ...fields.map((field) => element('label', {}, field.label, fieldInput(field))),
    element('div', { className: 'buttons' }, cancel, element('button', { type: 'submit' }, submitText)),
  )
  dialog.replaceChildren(form)
  dialog.showModal()
  return new Promise((resolve) => {
    let values
    form.addEventListener('submit', (event) => {
      event.preventDefault()
      values = Object.fromEntries(new FormData(form))
      dialog.close()
    })
    dialog.addEventListener('close', () => resolve(values), { once: true })
  })
}

function fieldInput({ name, options, multiline, value = '', required = true }) {
  if (options) return element('select', { name }, ...options.map(({ id, text }) => new Option(text, id)))
  return element(multiline ? 'textarea' : 'input', { name, value, required, autocomplete: 'off' })
}
