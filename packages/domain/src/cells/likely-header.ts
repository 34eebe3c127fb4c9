import type { Cell } from './cell.ts'
import { cellText } from './cell-values.ts'
import { headerSearchRows } from './header.ts'
import { guessColumns, type ColumnGuess } from '../dislocation/guess-columns.ts'

export interface LikelyHeader {
  /** Zero-based among the rows given. */
  readonly index: number
  /** The probable field of each of its columns. */
  readonly guesses: readonly ColumnGuess[]
  /** The sum over the columns; more is likelier. */
  readonly score: number
}

/** More columns than any report has; guessing takes its time. */
const widest = 100
/** The weight of a guess in a column without a word above it. */
const unnamedWorth = 0.3

/**
 * The row among the first 15 that is most likely the header of a dislocation report of an unknown layout; the
 * first of equals. Undefined when none resembles one.
 */
export function findLikelyHeader(rows: readonly (readonly Cell[])[]): LikelyHeader | undefined {
  let best: LikelyHeader | undefined
  for (const index of rows.slice(0, headerSearchRows).keys()) {
    const header = readLikelyHeader(rows, index)
    if (header.score > (best?.score ?? 0)) best = header
  }
  return best
}

/** Guesses the fields of the columns below a row, as if it were the header. */
export function readLikelyHeader(rows: readonly (readonly Cell[])[], index: number): LikelyHeader {
  const [header = [], ...samples] = rows.slice(index).map((cells) => cells.slice(0, widest))
  const guesses = guessColumns(header, samples)
  const worth = (column: number) => (isHeading(header[column]) ? 1 : unnamedWorth)
  return {
    index,
    guesses,
    score: guesses.reduce((sum, { field, score }, n) => sum + (field ? score * worth(n) : 0), 0),
  }
}

/** A title and a row of values have the same columns below them as the header; only the words above each differ. */
function isHeading(cell: Cell): boolean {
  const text = cellText(cell)
  return text !== undefined && /\p{L}/u.test(text) && !/\d{4}/.test(text)
}
