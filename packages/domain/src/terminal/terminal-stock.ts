import { currentVisits, isOnSite, type TerminalVisit } from './terminal-visit.ts'

/** Containers on site of one direction and stock. */
export interface StockGroup {
  readonly direction: string | undefined
  readonly stock: string | undefined
  readonly containers20: number
  /** Also those of 45 feet. */
  readonly containers40: number
  readonly teu: number
}

/** Twenty-foot equivalents by the size of the terminal report (`40 HC`): two for 40 and 45 feet, else one. */
export function teuOf(size: string | undefined): 1 | 2 {
  return size !== undefined && /^4[05]/.test(size) ? 2 : 1
}

/**
 * Counts the containers on site, by direction and stock in alphabetical order, unknown ones last. A container counts once, however
 * many sheets and former visits name it; rows come in the order of their age, the newest last.
 */
export function stockSummary(rows: Iterable<TerminalVisit>): StockGroup[] {
  const groups = new Map<string, StockGroup>()
  for (const visit of currentVisits(rows).values()) {
    if (!isOnSite(visit)) continue
    const { direction, stock } = visit
    const key = JSON.stringify([direction, stock])
    groups.set(key, withVisit(groups.get(key) ?? { direction, stock, ...empty }, visit))
  }
  return [...groups.values()].sort((a, b) => compareTexts(a.direction, b.direction) || compareTexts(a.stock, b.stock))
}

const empty = { containers20: 0, containers40: 0, teu: 0 }

function withVisit(group: StockGroup, { size }: TerminalVisit): StockGroup {
  const teu = teuOf(size)
  return {
    ...group,
    containers20: group.containers20 + (teu === 1 ? 1 : 0),
    containers40: group.containers40 + (teu === 2 ? 1 : 0),
    teu: group.teu + teu,
  }
}

function compareTexts(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return a.localeCompare(b, 'ru')
}
