import { readNumbers } from '../question/read-numbers.ts'
import { cleanText, cutText } from '../values/clean-text.ts'
import type { ContainerNumber } from '../values/container-number.ts'

/** A container of a list, with the person's own words about it. */
export interface ListItem {
  readonly container: ContainerNumber
  readonly orderNumber?: string | undefined
  readonly note?: string | undefined
}

export interface ItemsRead {
  /** Each container once, in the order of the text; the last line about it counts. */
  readonly items: readonly ListItem[]
  /** Pieces that resemble a container number but are not one. */
  readonly mistyped: readonly string[]
}

const longestWords = 80
/** Cells and punctuation between number and words. */
const edges = /^[\s,;:.|–—-]+|[\s,;:|–—-]+$/gu
/** The number of a line in a list. */
const lineNumber = /^\s*\d{1,4}[.)](?=\s)/
const order =
  /(?:^|[\s,;])(?:заказ|заявка|з\/н|order|po)[\s:.]*(?:№|#|n[oº°]?\.?)?[\s:]*([\p{L}\d][\p{L}\d/_-]{0,39})/iu

/**
 * Reads a pasted list. A line with one container may hold words of the person's own behind it (`DVTU1234567 заказ 17, мебель`): the order
 * number, where one is named, and a note.
 */
export function readItems(text: string): ItemsRead {
  const whole = readNumbers(text)
  const words = new Map(text.split(/\r?\n/).flatMap((line) => wordsOfLine(line)))
  return {
    items: whole.containers.map((container) => ({ container, ...words.get(container) })),
    mistyped: whole.mistyped,
  }
}

function wordsOfLine(line: string): (readonly [ContainerNumber, Omit<ListItem, 'container'>])[] {
  const { containers, mistyped, rest } = readNumbers(line.replace(lineNumber, ''))
  const [container] = containers
  if (container === undefined || containers.length > 1 || mistyped.length > 0) return []
  const said = cleanText(rest).replace(edges, '')
  if (said === '') return []
  const [found, number] = order.exec(said) ?? []
  const left = found === undefined ? said : said.replace(found, ' ')
  const note = cutText(cleanText(left).replace(edges, ''), longestWords)
  return [[container, { ...(number !== undefined && { orderNumber: number }), ...(note !== '' && { note }) }]]
}
