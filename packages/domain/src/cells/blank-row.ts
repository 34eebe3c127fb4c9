import type { Cell } from './cell.ts'
import { cellText } from './cell-values.ts'
import { normaliseLabel } from './header.ts'

/** True for a row without a value and for one that begins with `Итого` or `Всего`. */
export function isBlankOrTotal(cells: readonly Cell[]): boolean {
  const first = cells.map(cellText).find((text) => text !== undefined)
  return first === undefined || /^(?:итого|всего)(?!\p{L})/u.test(normaliseLabel(first))
}
