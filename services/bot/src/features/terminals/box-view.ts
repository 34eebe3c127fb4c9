import type { StockBox } from '@atermtrack/data'
import { daysOnSite, formatWallDate, type Storage } from '@atermtrack/domain'
import { code, escapeHtml, type Language, terminalsTexts as texts } from '@atermtrack/messages'
import { formatNumber } from '../lookup/card/distance.ts'

const longestName = 40

export interface BoxOptions {
  readonly language: Language
  /** What differs between the boxes of the list, and is said of each. */
  readonly shows: {
    readonly terminal: boolean
    readonly direction: boolean
    readonly stock: boolean
    readonly client: boolean
  }
}

/** Two lines about a container on site: what it is, and for how long it has stood where. */
export function boxView(box: StockBox, { language, shows }: BoxOptions): string {
  const words = texts[language]
  const kind = [
    ...(box.size === null ? [] : [escapeHtml(box.size, longestName)]),
    ...(box.isLoaded === null ? [] : [box.isLoaded ? words.box.loaded : words.box.empty]),
    ...(box.isAtCustoms === true ? [words.condition.customs] : []),
    ...(box.isDamaged === true ? [words.box.damaged] : []),
  ]
  const rest = [
    ...stayView(box, language),
    ...(box.storage ? [storageView(box.storage, language)] : []),
    ...(shows.terminal ? [escapeHtml(box.terminal ?? words.noName, longestName)] : []),
    ...(shows.direction ? [escapeHtml(box.direction ?? words.noDirection, longestName)] : []),
    ...(shows.stock ? [escapeHtml(box.stock ?? words.noStock, longestName)] : []),
    ...(shows.client && box.client !== null ? [escapeHtml(box.client, longestName)] : []),
  ]
  return `${[code(box.container), ...kind].join(', ')}\n${rest.join(', ')}`
}

/** `с 05.09.2025, 5 сут` */
function stayView({ arrivedAt, arrivedWall, asOf }: StockBox, language: Language): readonly string[] {
  const days = daysOnSite(arrivedAt ?? undefined, asOf)
  if (days === undefined || arrivedWall === null) return []
  return [texts[language].since(formatWallDate(arrivedWall), days)]
}

function storageView({ freeDaysLeft, chargedDays, charge }: Storage, language: Language): string {
  const words = texts[language]
  if (chargedDays === 0) return words.freeLeft(freeDaysLeft)
  const days = words.chargedDays(chargedDays)
  return charge === undefined ? days : `${days}, ${words.roubles(formatNumber(charge, language))}`
}
