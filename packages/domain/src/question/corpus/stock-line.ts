import { dayLine } from './filter-line.ts'
import type { StockFilter } from '../../terminal/stock-filter.ts'

/** A question for containers on site in a line: `Сток 2, empty, > 10 d`. */
export function stockLine(filter: StockFilter): string {
  const { terminals, directions, stocks, clients, loaded, isDamaged, isAtCustoms, isCharged, feet, overDays, moved } =
    filter
  const said = [
    ...[...terminals, ...directions, ...stocks, ...clients].map((name) => name ?? 'nameless'),
    ...(loaded === undefined ? [] : [loaded ? 'loaded' : 'empty']),
    ...(isDamaged ? ['damaged'] : []),
    ...(isAtCustoms ? ['customs'] : []),
    ...(isCharged ? ['charged'] : []),
    ...(feet === undefined ? [] : [`${feet} ft`]),
    ...(overDays === undefined ? [] : [`> ${overDays} d`]),
    ...(moved ? [moved.days ? `${moved.side} ${dayLine(moved.days)}` : moved.side] : []),
  ]
  return said.length === 0 ? 'all' : said.join(', ')
}
