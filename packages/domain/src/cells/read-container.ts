import type { Cell } from './cell.ts'
import { cellText } from './cell-values.ts'
import { hasValidCheckDigit, parseContainerNumber, type ContainerNumber } from '../values/container-number.ts'
import type { RowWarnings } from './row-warnings.ts'

/** The container of a row; warns when it is missing or unreadable, and about a wrong check digit. */
export function readContainer(
  row: number,
  cell: Cell,
  warnings: RowWarnings<'container'>,
): ContainerNumber | undefined {
  const text = cellText(cell)
  const container = text === undefined ? undefined : parseContainerNumber(text)
  if (!container) {
    const problem = text === undefined ? 'container_missing' : 'container_unreadable'
    warnings.add({ row, field: 'container', cell: text, problem })
    return undefined
  }
  if (!hasValidCheckDigit(container)) {
    warnings.add({ row, field: 'container', cell: text, problem: 'container_check_digit' })
  }
  return container
}
