import type { Cell } from '../cells/cell.ts'
import { findDislocationHeader } from '../dislocation/dislocation-columns.ts'
import { findRosterHeader } from '../roster/roster-columns.ts'
import { findTerminalHeader } from '../terminal/terminal-columns.ts'

export type SheetKind = 'dislocation' | 'terminal_report' | 'train_roster'

/** Finds the kind of a sheet by the headings within its first 15 rows, never by a name. */
export function recogniseSheet(rows: readonly (readonly Cell[])[]): SheetKind | undefined {
  if (findTerminalHeader(rows)) return 'terminal_report'
  if (findDislocationHeader(rows)) return 'dislocation'
  return findRosterHeader(rows) ? 'train_roster' : undefined
}
