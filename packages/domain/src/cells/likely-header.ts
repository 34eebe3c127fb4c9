import type { Cell } from './cell.ts'
import { cellText } from './cell-values.ts'
import { headerSearchRows } from './header.ts'
import { createColumnGuesser, guessColumns, type ColumnGuess } from '../dislocation/guess-columns.ts'

export interface LikelyHeader {
  /** Zero-based among the rows given. */
  readonly index: number
  /** The probable field of each of its columns. */
  readonly guesses: readonly ColumnGuess[]
  /** The sum over the columns; more is likelier. */
  readonly score: number
}

/** More columns than any report has. */
const widest = 100
/** The weight of a guess in a column without a word above it. */
const unnamedWorth = 0.3

/**
 * The row among the first 15 that is most likely the header of a dislocation report of an unknown layout; the
 * first of equals. Undefined when none resembles one.
 */
export function findLikelyHeader(rows: readonly (readonly Cell[])[]): LikelyHeader | undefined {
  const guesser = createColumnGuesser()
  let best: LikelyHeader | undefined
  for (const [index, cells] of [...rows.map(cutToWidth).entries()].toReversed()) {
    const header = index < headerSearchRows ? toHeader(index, cells, guesser.guess(cells)) : undefined
    if (header && header.score > 0 && header.score >= (best?.score ?? 0)) best = header
    guesser.addValues(cells)
  }
  return best
}

/** Guesses the fields of the columns below a row, as if it were the header. */
export function readLikelyHeader(rows: readonly (readonly Cell[])[], index: number): LikelyHeader {
  const [header = [], ...samples] = rows.slice(index).map(cutToWidth)
  return toHeader(index, header, guessColumns(header, samples))
}

function toHeader(index: number, header: readonly Cell[], guesses: readonly ColumnGuess[]): LikelyHeader {
  let score = 0
  for (const [column, guess] of guesses.entries()) {
    if (guess.field) score += guess.score * (isHeading(header[column]) ? 1 : unnamedWorth)
  }
  return { index, guesses, score }
}

function cutToWidth(cells: readonly Cell[]): readonly Cell[] {
  return cells.length > widest ? cells.slice(0, widest) : cells
}

/** A title and a row of values have the same columns below them as the header; only the words above each differ. */
function isHeading(cell: Cell): boolean {
  const text = cellText(cell)
  return text !== undefined && /\p{L}/u.test(text) && !/\d{4}/.test(text)
}
