import { clipText } from '@atermtrack/domain'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Makes any text safe inside Telegram's HTML; what stands in a cell or a profile can be endless and is cut at `max` characters. */
export function escapeHtml(text: string, max = 200): string {
  return escapeWhole(clipText(text, max))
}

/** The same for a text of our own, which is cut nowhere. */
export function escapeWhole(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}

export function bold(text: string): string {
  return `<b>${escapeHtml(text)}</b>`
}

/** Monospaced: a tap copies it. */
export function code(text: string): string {
  return `<code>${escapeHtml(text)}</code>`
}

/** What Telegram takes in one message, in UTF-16 units. It counts without tags, so a count with them is on the safe side. */
const messageLimit = 4096

/**
 * Joins records of HTML into as few messages as hold them, and never parts a record. A record that alone is beyond the limit
 * is an error of the view that made it.
 */
export function joinRecords(records: readonly string[], { separator = '\n', limit = messageLimit } = {}): string[] {
  const messages: string[] = []
  let current: string | undefined
  for (const record of records) {
    if (record.length > limit) throw new RangeError(`a record of ${record.length} characters fits no message`)
    const joined: string = current === undefined ? record : current + separator + record
    if (joined.length <= limit) {
      current = joined
      continue
    }
    if (current !== undefined) messages.push(current)
    current = record
  }
  if (current !== undefined) messages.push(current)
  return messages
}
