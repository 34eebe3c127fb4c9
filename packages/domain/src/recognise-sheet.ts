import type { Cell } from './cell.ts'
import { cellText } from './cell-values.ts'
import { findDislocationHeader, headerSearchRows } from './dislocation-columns.ts'
import { normaliseLabel } from './header.ts'

export type SheetKind = 'dislocation' | 'terminal_report' | 'train_roster'

const terminalLabels = ['терминал', 'зона', 'контейнер', 'сток', 'направление']
const arrivalLabels = ['прибыл', 'принят']
const rosterContainer = /^(?:(?:номер|№) ?контейнера|контейнер(?: ?№)?|container\b.*)$/
const leastRosterLabels = 3
const foreignToRosters = /операци|дислокаци|^терминал$|^сток$|^прибыл$|^принят$/

/** Tells what a sheet is by the headings within its first 15 rows, never by a name. */
export function recogniseSheet(rows: readonly (readonly Cell[])[]): SheetKind | undefined {
  const labelRows = rows.slice(0, headerSearchRows).map(labelsOf)
  if (labelRows.some(isTerminalHeader)) return 'terminal_report'
  if (findDislocationHeader(rows)) return 'dislocation'
  return labelRows.some(isRosterHeader) ? 'train_roster' : undefined
}

function labelsOf(cells: readonly Cell[]): string[] {
  return cells.map((cell) => normaliseLabel(cellText(cell) ?? '')).filter((label) => label !== '')
}

function isTerminalHeader(labels: readonly string[]): boolean {
  return (
    terminalLabels.every((label) => labels.includes(label)) && arrivalLabels.some((label) => labels.includes(label))
  )
}

/** A dislocation or a terminal report of an unknown layout must not pass for a roster. */
function isRosterHeader(labels: readonly string[]): boolean {
  if (labels.length < leastRosterLabels || labels.some((label) => foreignToRosters.test(label))) return false
  return labels.some((label) => rosterContainer.test(label))
}
