import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import { type DislocationHeader, missingHeadings } from './dislocation-columns.ts'
import { type DislocationField, fieldOfReport } from './dislocation-fields.ts'
import { foreignScales } from '../cells/heading-units.ts'
import { headerSearchRows, normaliseLabel } from '../cells/header.ts'

/** A column mapping that an admin has defined; it can be stored as JSON. */
export interface ColumnProfile {
  /** Of `headerSignature`. */
  readonly headerSignature: string
  /** Zero-based place of each field. */
  readonly columns: Readonly<Partial<Record<DislocationField, number>>>
}

/** Headings of a row in their places and in the form in which headings are compared, a line each. */
export function headerSignature(cells: readonly Cell[]): string {
  return cells
    .map((cell) => normaliseLabel(cellText(cell) ?? ''))
    .join('\n')
    .trimEnd()
}

/** Finds the header that the profile was defined by among the first 15 rows; undefined when there is none. */
export function applyProfile(
  profile: ColumnProfile,
  rows: readonly (readonly Cell[])[],
): DislocationHeader | undefined {
  const index = rows.slice(0, headerSearchRows).findIndex((cells) => headerSignature(cells) === profile.headerSignature)
  const cells = rows[index]
  if (!cells) return undefined
  const columns = new Map(Object.entries(profile.columns) as [DislocationField, number][])
  const mapped = new Set(columns.values())
  const unknown = cells.flatMap((cell, place) => (mapped.has(place) ? [] : (cellText(cell) ?? [])))
  const scales = foreignScales(columns, cells, (field) => fieldOfReport(field).reads)
  return { headerRow: index + 1, columns, missing: missingHeadings(columns), unknown, duplicates: [], scales }
}
