import { createHash } from 'node:crypto'
import { normaliseLabel } from '@atermtrack/domain'

/** Null is the terminal of visits without a terminal name. */
export type TerminalName = string | null

/** The terminals whose names are in a text as whole words. A name inside a longer name of the text does not count. */
export function namedTerminals(text: string, names: readonly TerminalName[]): readonly string[] {
  const written = wordsOf(text)
  const found = names.filter((name) => name !== null).filter((name) => written.includes(wordsOf(name)))
  return found.filter((name) => !found.some((longer) => longer !== name && wordsOf(longer).includes(wordsOf(name))))
}

/** True for a text that asks about the stock of a terminal without naming it. */
export function asksForStock(text: string): boolean {
  return /(?<!\p{L})(?:терминал(?:[аеу]|ом|ы|ах)?|сток(?:[аи]|ов)?|площадк(?:[аеу]|ой)|остатк(?:и|ов|ах)|порожни(?:е|х)|тамож(?:ня|не|ни)|terminals?|stock|empties|customs)(?!\p{L})/iu.test(
    text,
  )
}

/** A short identifier for a button, whose data cannot hold a long Cyrillic name. */
export function terminalId(name: TerminalName): string {
  return createHash('sha256').update(JSON.stringify(name)).digest('hex').slice(0, 12)
}

/** Words between single blanks, with a blank at either end. */
function wordsOf(text: string): string {
  return ` ${normaliseLabel(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
}
