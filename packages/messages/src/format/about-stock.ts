import { clipText, type StockFilter, type StockName } from '@atermtrack/domain'
import { catalogue, type Language } from '../catalogue.ts'
import { stationName, stockName } from '../names/names.ts'

/** Names in cells have no limit. */
const longestName = 60

/** The subject of a question for containers on site, as plain text: `порожние, на таможне, сток «Сток 2», терминал «A-Terminal»`. */
export function aboutStock(filter: StockFilter, language: Language): string {
  const { loaded, isDamaged, isAtCustoms, isCharged, feet, overDays } = filter
  const words = catalogue[language].terminals
  const nameOf = (write: typeof stationName) => (name: StockName) => (name === null ? null : write(name, language))
  const said = [
    ...(loaded === undefined ? [] : [loaded ? words.condition.loaded : words.condition.empty]),
    ...(feet === undefined ? [] : [words.feet(feet)]),
    ...(isAtCustoms ? [words.condition.customs] : []),
    ...(isDamaged ? [words.condition.damaged] : []),
    ...(isCharged ? [words.charged] : []),
    ...(overDays === undefined ? [] : [words.over(overDays)]),
    ...named(filter.clients, words.ofClient, words.noName),
    ...named(filter.directions.map(nameOf(stationName)), words.toDirection, words.notGiven),
    ...named(filter.stocks.map(nameOf(stockName)), (names) => names, words.noStock),
  ]
  const place = named(filter.terminals, words.atTerminal, words.noName)
  return [...(said.length === 0 ? [words.everything] : said), ...(place.length === 0 ? [words.atAll] : place)].join(
    ', ',
  )
}

function named(names: readonly StockName[], say: (names: string) => string, nameless: string): readonly string[] {
  return names.length === 0 ? [] : [say(names.map((name) => clipText(name ?? nameless, longestName)).join(', '))]
}
