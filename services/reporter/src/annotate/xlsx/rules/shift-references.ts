import { columnIndex, columnLetters } from '@atermtrack/domain'

/** Columns that are put into a sheet: whatever stood from the first on stands `count` further right. */
export interface ColumnShift {
  /** Zero-based. */
  readonly first: number
  readonly count: number
}

/** Excel's last is XFD. */
const mostColumns = 16_384
const sheetName = `(?:'(?:[^']|'')+'|[\\p{L}\\p{N}_.]+)!`
const column = '\\$?[A-Z]{1,3}'
const cell = `${column}\\$?\\d{1,7}`
/** Texts, names of tables with their brackets, and references with the sheet that they name. A word before a bracket is a function. */
const parts = new RegExp(
  `"(?:[^"]|"")*"|\\[[^\\]]*\\]|(${sheetName})?(?<![\\p{L}\\p{N}_.$])(?:(${cell}(?::${cell})?)|(${column}:${column}))(?![\\p{L}\\p{N}_.(!])`,
  'giu',
)
const letters = /(?<![A-Z])[A-Z]{1,3}(?![A-Z])/gi

/**
 * A formula as Excel changes it when columns are inserted: references to the shifted columns go with them. Those of other sheets stay, as
 * texts, functions and names do.
 */
export function shiftReferences(formula: string, shift: ColumnShift): string {
  return formula.replace(parts, (found, sheet?: string, cells?: string, columns?: string) => {
    const reference = cells ?? columns
    return sheet !== undefined || reference === undefined ? found : shifted(reference, shift)
  })
}

/** Whether a formula refers to any cell of its own sheet by a column that is not fixed. */
export function hasRelativeColumn(formula: string): boolean {
  return Array.from(formula.matchAll(parts)).some(([, sheet, cells, columns]) => {
    const reference = cells ?? columns
    return sheet === undefined && reference !== undefined && /(?:^|:)[A-Z]/i.test(reference)
  })
}

function shifted(reference: string, { first, count }: ColumnShift): string {
  return reference.replace(letters, (name) => {
    const index = columnIndex(name.toUpperCase())
    const isMoved = index !== undefined && index >= first && index + count < mostColumns
    return isMoved ? columnLetters(index + count) : name
  })
}
