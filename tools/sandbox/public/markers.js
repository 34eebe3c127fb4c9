const markers = [
  ['bold', '**'],
  ['italic', '__'],
]

/** Reads `**bold**` and `__italic__`, as Telegram's clients do, into plain text with entities. */
export function readMarkers(source) {
  const pattern = /(\*\*|__)(?=\S)([^]*?\S)\1/
  const entities = []
  let text = source
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [whole, marker, inner] = match
    const { index } = match
    const [type] = markers.find(([, one]) => one === marker)
    // What stood behind the opening marker moves by it, what stood behind the closing one by both.
    const move = (at) => at - (at > index ? marker.length : 0) - (at >= index + whole.length ? marker.length : 0)
    for (const entity of entities) {
      const end = move(entity.offset + entity.length)
      entity.offset = move(entity.offset)
      entity.length = end - entity.offset
    }
    entities.push({ type, offset: index, length: inner.length })
    text = text.slice(0, index) + inner + text.slice(index + whole.length)
  }
  return { text, entities }
}

/** Puts the markers of a kind around what is selected in an input, or takes them away; the selection stays. */
export function toggleMarker(input, kind) {
  const [, marker] = markers.find(([type]) => type === kind)
  const { selectionStart: start, selectionEnd: end, value } = input
  const size = marker.length
  const isMarked = value.slice(start - size, start) === marker && value.slice(end, end + size) === marker
  const selected = value.slice(start, end)
  if (isMarked) input.setRangeText(selected, start - size, end + size, 'select')
  else {
    input.setRangeText(`${marker}${selected}${marker}`, start, end, 'select')
    input.setSelectionRange(start + size, end + size)
  }
  input.focus()
}
