import type { DayRange } from '../question/filter.ts'

/** Names of terminals, directions or stocks; null stands for containers without such a name. */
export type StockName = string | null

/** Conditions that all hold for the containers on site asked for. */
export interface StockFilter {
  /** Any of each kind; none asks for all. */
  readonly terminals: readonly StockName[]
  readonly directions: readonly StockName[]
  readonly stocks: readonly StockName[]
  readonly clients: readonly string[]
  readonly loaded: boolean | undefined
  readonly isDamaged: boolean
  readonly isAtCustoms: boolean
  readonly feet: 20 | 40 | undefined
  /** On site for more than so many whole days. */
  readonly overDays: number | undefined
  /** The days without a charge are over. */
  readonly isCharged: boolean
  /** It asks for what has come or left in place of what stands there. */
  readonly moved: StockMove | undefined
}

/** What came to the terminal, or left it. */
export interface StockMove {
  readonly side: 'arrived' | 'dispatched'
  /** Of the terminal's own calendar; undefined for the last 24 hours that its reports cover. */
  readonly days: DayRange | undefined
}

/** Days on site that somebody can ask for; whatever is more means the same. */
export const mostDaysOnSite = 9_999

/** Asks for everything on site. */
export const emptyStockFilter: StockFilter = {
  terminals: [],
  directions: [],
  stocks: [],
  clients: [],
  loaded: undefined,
  isDamaged: false,
  isAtCustoms: false,
  feet: undefined,
  overDays: undefined,
  isCharged: false,
  moved: undefined,
}

/** Whether a filter asks for a whole terminal, or for all of them. */
export function asksForAll({ terminals: _terminals, ...filter }: StockFilter): boolean {
  const { directions, stocks, clients, loaded, isDamaged, isAtCustoms, feet, overDays, isCharged, moved } = filter
  const named = directions.length + stocks.length + clients.length
  return named === 0 && (loaded ?? feet ?? overDays ?? moved) === undefined && !isDamaged && !isAtCustoms && !isCharged
}

const dayMs = 86_400_000

/** Whole days from the arrival until the report; undefined where no report names the arrival. */
export function daysOnSite(arrivedAt: Date | undefined, asOf: Date): number | undefined {
  return arrivedAt && Math.max(0, Math.floor((asOf.getTime() - arrivedAt.getTime()) / dayMs))
}
