import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import {
  type DislocationField,
  dislocationFields,
  dislocationHeading,
  dislocationHeadings,
  requiredFields,
} from './dislocation-fields.ts'
import { areNoKilograms } from '../cells/heading-units.ts'
import { headerSearchRows, normaliseLabel } from '../cells/header.ts'
import { readHeaderColumns, type HeaderColumns } from '../cells/header-columns.ts'

/** Zero-based place of each field in the cells of a row. */
export type DislocationColumns = ReadonlyMap<DislocationField, number>

export interface DislocationHeader extends HeaderColumns<DislocationField> {
  /** 1-based among the rows searched. */
  readonly headerRow: number
  /** Headings of required columns that are not there. */
  readonly missing: readonly string[]
  /** How many of a field's own units stand for one in its column, where the heading names another unit. */
  readonly scales: ReadonlyMap<DislocationField, number>
}

const leastLabels = 4
const leastRequired = 2

const fieldOfLabel = new Map(
  dislocationFields.flatMap((field) =>
    dislocationHeadings(field).map((label) => [normaliseLabel(label), field] as const),
  ),
)

/** Headings of the required columns that are not there. */
export function missingHeadings(columns: DislocationColumns): string[] {
  return requiredFields.filter((field) => !columns.has(field)).map(dislocationHeading)
}

/**
 * Finds the header of a dislocation report among the first 15 rows by its headings, in any order and case.
 * Undefined when the sheet is not a dislocation report; `missing` names the required columns that a report lacks.
 */
export function findDislocationHeader(rows: readonly (readonly Cell[])[]): DislocationHeader | undefined {
  const headers = rows.slice(0, headerSearchRows).map((cells, i) => readHeader(cells, i + 1))
  const best = headers.toSorted((a, b) => b.columns.size - a.columns.size).at(0)
  return best && isDislocation(best) ? withoutOtherWeights(best, rows) : undefined
}

function readHeader(cells: readonly Cell[], headerRow: number): DislocationHeader {
  const header = readHeaderColumns(cells, (label) => fieldOfLabel.get(label))
  return { headerRow, ...header, missing: missingHeadings(header.columns), scales: new Map() }
}

/** A column of weights whose heading names no unit, and whose values are plainly tonnes, is read as none of the fields. */
function withoutOtherWeights(header: DislocationHeader, rows: readonly (readonly Cell[])[]): DislocationHeader {
  const { headerRow, columns, unknown } = header
  const place = columns.get('weightKg')
  if (place === undefined) return header
  const [label = '', ...values] = rows.slice(headerRow - 1).map((cells) => cells[place])
  const heading = cellText(label) ?? ''
  if (!areNoKilograms(heading, values)) return header
  const others = new Map([...columns].filter(([field]) => field !== 'weightKg'))
  return { ...header, columns: others, unknown: [...unknown, heading] }
}

/** A roster or a list of containers shares a heading or two, but none of those of the operation. */
function isDislocation({ columns, missing }: DislocationHeader): boolean {
  return columns.size >= leastLabels && requiredFields.length - missing.length >= leastRequired
}
