import { button, byId, element } from './dom.js'

let options = []
let highlighted = 0

/**
 * Shows what can be chosen above the input; an empty list hides it. An option: `{title, hint?, choose()}`.
 */
export function showSuggestions(label, list) {
  const box = byId('suggestions')
  options = list
  highlighted = 0
  box.hidden = list.length === 0
  box.setAttribute('aria-label', label)
  box.replaceChildren(
    ...list.map((option, index) => {
      const item = button('', () => option.choose(), {
        id: `suggestion-${index}`,
        tabIndex: -1,
        aria: { role: 'option' },
      })
      item.append(element('b', {}, option.title))
      if (option.hint) item.append(element('span', { className: 'muted' }, option.hint))
      return item
    }),
  )
  markHighlighted()
}

export function areSuggestionsShown() {
  return options.length > 0
}

/** Handles a key of the input while something can be chosen; false where the key means something else. */
export function onSuggestionKey(event) {
  if (options.length === 0) return false
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    highlighted = (highlighted + (event.key === 'ArrowDown' ? 1 : -1) + options.length) % options.length
    markHighlighted()
    return true
  }
  if (event.key === 'Escape') {
    showSuggestions('', [])
    return true
  }
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return false
  options[highlighted]?.choose()
  return true
}

function markHighlighted() {
  const text = byId('text')
  text.setAttribute('aria-expanded', String(options.length > 0))
  if (options.length > 0) text.setAttribute('aria-activedescendant', `suggestion-${highlighted}`)
  else text.removeAttribute('aria-activedescendant')
  for (const [index, item] of [...byId('suggestions').children].entries()) {
    item.setAttribute('aria-selected', String(index === highlighted))
    if (index === highlighted) item.scrollIntoView({ block: 'nearest' })
  }
}
