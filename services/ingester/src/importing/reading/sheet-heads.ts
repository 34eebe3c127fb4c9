import { cellText, findLikelyHeader, type SheetKind } from '@atermtrack/domain'
import type { SheetHeadTexts } from '../workbook-digest.ts'
import type { Row } from './sheet-reader.ts'

/** In all; a row beyond it is left out with those below, since a heading must never be cut. */
const mostCharacters = 100_000
/** Guessing takes its time, and the sheet that counts is one of the first. */
const sheetsGuessed = 5

export interface SheetHeads {
  /** Records the first rows of a sheet that was recognised as `kind`, or not at all. */
  readonly add: (kind: SheetKind | undefined, rows: readonly Row[]) => void
  /** The head of the first sheet of a kind, or of the most promising one of those that are unknown. */
  readonly pick: (kind: SheetKind | undefined) => SheetHeadTexts
}

/** Keeps the rows of a workbook that an admin sees and maps its columns by. */
export function createSheetHeads(): SheetHeads {
  const heads = new Map<SheetKind | undefined, SheetHeadTexts[]>()
  return {
    add(kind, rows) {
      const known = heads.get(kind) ?? []
      if (rows.length === 0 || known.length >= (kind === undefined ? sheetsGuessed : 1)) return
      heads.set(kind, [...known, toTexts(rows)])
    },
    pick(kind) {
      const [first = [], ...others] = heads.get(kind) ?? []
      return others.length === 0 ? first : mostPromising([first, ...others])
    },
  }
}

function mostPromising(heads: readonly SheetHeadTexts[]): SheetHeadTexts {
  const scored = heads.map((head) => ({ head, score: findLikelyHeader(head)?.score ?? 0 }))
  return scored.toSorted((a, b) => b.score - a.score)[0]?.head ?? []
}

function toTexts(rows: readonly Row[]): SheetHeadTexts {
  let left = mostCharacters
  const texts: string[][] = []
  for (const { cells } of rows) {
    const row = cells.map((cell) => cellText(cell) ?? '')
    left -= row.reduce((sum, text) => sum + text.length, 0)
    if (left < 0) break
    texts.push(row.slice(0, row.findLastIndex((text) => text !== '') + 1))
  }
  return texts
}
