import {
  clipText,
  formatWallDate,
  type StockFilter,
  type StockMove,
  type StockName,
  type WallTime,
} from '@atermtrack/domain'
import { catalogue, type Language } from '../catalogue.ts'
import { stationName, stockName } from '../names/names.ts'

/** Names in cells have no limit. */
const longestName = 60

/** The subject of a question for containers on site, as plain text: `порожние, на таможне, сток «Сток 2», терминал «A-Terminal»`. */
export function aboutStock(filter: StockFilter, language: Language): string {
  const { loaded, isDamaged, isAtCustoms, isCharged, feet, overDays, moved } = filter
  const words = catalogue[language].terminals
  const nameOf = (write: typeof stationName) => (name: StockName) => (name === null ? null : write(name, language))
  const said = [
    ...(loaded === undefined ? [] : [loaded ? words.condition.loaded : words.condition.empty]),
    ...(feet === undefined ? [] : [words.feet(feet)]),
    ...(isAtCustoms ? [words.condition.customs] : []),
    ...(isDamaged ? [words.condition.damaged] : []),
    ...(isCharged ? [words.charged] : []),
    ...(moved ? [movedView(moved, language)] : []),
    ...(overDays === undefined ? [] : [moved ? words.stoodOver(overDays) : words.over(overDays)]),
    ...named(filter.clients, words.ofClient, words.noName),
    ...named(filter.directions.map(nameOf(stationName)), words.toDirection, words.notGiven),
    ...named(filter.stocks.map(nameOf(stockName)), (names) => names, words.noStock),
  ]
  const place = named(filter.terminals, words.atTerminal, words.noName)
  return [...(said.length === 0 ? [words.everything] : said), ...(place.length === 0 ? [words.atAll] : place)].join(
    ', ',
  )
}

/** `прибыли 21.11.2026` */
function movedView({ side, days }: StockMove, language: Language): string {
  const words = catalogue[language].terminals
  const dayView = (day: string) => formatWallDate(`${day}T00:00:00` as WallTime)
  return words.moved[side](days ? words.days(dayView(days.from), dayView(days.to)) : '')
}

function named(names: readonly StockName[], say: (names: string) => string, nameless: string): readonly string[] {
  return names.length === 0 ? [] : [say(names.map((name) => clipText(name ?? nameless, longestName)).join(', '))]
}
