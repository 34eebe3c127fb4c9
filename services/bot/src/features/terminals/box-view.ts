import type { StockBox } from '@atermtrack/data'
import { formatWall, formatWallDate } from '@atermtrack/domain'
import { code, escapeHtml, type Language, stationName, stockName, terminalsTexts as texts } from '@atermtrack/messages'
import { storageParts } from '../lookup/card/facts/storage.ts'

const longestName = 40

export interface BoxOptions {
  readonly language: Language
  /** The names in which the boxes of the list differ, which stand beside each. */
  readonly shows: {
    readonly terminal: boolean
    readonly direction: boolean
    readonly stock: boolean
    readonly client: boolean
  }
}

/** Two lines about a container: what it is, and for how long it has stood where, or stood until it left. */
export function boxView(box: StockBox, { language, shows }: BoxOptions): string {
  const stay = [
    ...(box.arrivedWall === null ? [] : [texts[language].since(formatWallDate(box.arrivedWall))]),
    ...(box.dispatchedWall === null ? [] : [texts[language].leftOn(formatWall(box.dispatchedWall))]),
    ...storageParts(box, language),
    ...namesOf(box, shows, language).map((name) => escapeHtml(name, longestName)),
  ]
  return `${[code(box.container), ...kindOf(box, language)].join(', ')}\n${stay.join(', ')}`
}

function kindOf({ size, isLoaded, isAtCustoms, isDamaged }: StockBox, language: Language): readonly string[] {
  const words = texts[language]
  return [
    ...(size === null ? [] : [escapeHtml(size, longestName)]),
    ...(isLoaded === null ? [] : [isLoaded ? words.box.loaded : words.box.empty]),
    ...(isAtCustoms === true ? [words.condition.customs] : []),
    ...(isDamaged === true ? [words.box.damaged] : []),
  ]
}

function namesOf(box: StockBox, shows: BoxOptions['shows'], language: Language): readonly string[] {
  const words = texts[language]
  return [
    ...(shows.terminal ? [box.terminal ?? words.noName] : []),
    ...(shows.direction ? [box.direction === null ? words.noDirection : stationName(box.direction, language)] : []),
    ...(shows.stock ? [box.stock === null ? words.noStock : stockName(box.stock, language)] : []),
    ...(shows.client && box.client !== null ? [box.client] : []),
  ]
}
