import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import { headerSearchRows, normaliseLabel } from '../cells/header.ts'
import { readHeaderColumns, type HeaderColumns } from '../cells/header-columns.ts'
import { fieldOfTerminalReport, type TerminalField, terminalFields, terminalHeading } from './terminal-fields.ts'

/** Zero-based place of each field in the cells of a row. */
export type TerminalColumns = ReadonlyMap<TerminalField, number>

export interface TerminalHeader extends HeaderColumns<TerminalField> {
  /** 1-based among the rows searched. */
  readonly headerRow: number
  /** Place of the first named column to the right of the note, which flows over into the unnamed ones before it. */
  readonly noteEnd: number | undefined
  /** Headings of required columns that are not there. */
  readonly missing: readonly string[]
}

const sheetKinds = ['arrival', 'dispatch', 'empty', 'damaged', 'loaded', 'customs', 'containers'] as const

/** The seventh is the one sheet of the full dump. */
export type TerminalSheetKind = (typeof sheetKinds)[number]

const requiredFields = terminalFields.filter((field) => fieldOfTerminalReport(field).required)
const telling = terminalFields.filter((field) => fieldOfTerminalReport(field).telling)
const leastTelling = 4

/** The four headings that stand once for the arrival and once for the dispatch. */
const twice: ReadonlyMap<string, Readonly<Record<Side, TerminalField>>> = new Map([
  ['id', { arrival: 'arrivalId', dispatch: 'dispatchId' }],
  ['транспорт', { arrival: 'arrivalTransport', dispatch: 'dispatchTransport' }],
  ['номер вагона|номер тягача', { arrival: 'arrivalVehicle', dispatch: 'dispatchVehicle' }],
  ['станция|водитель', { arrival: 'arrivalFrom', dispatch: 'dispatchTo' }],
])

type Side = 'arrival' | 'dispatch'

const fieldOfLabel = new Map(
  terminalFields.flatMap((field) =>
    fieldOfTerminalReport(field).headings.map((label) => [normaliseLabel(label), field] as const),
  ),
)

/** The kind of a sheet, by the beginning of its name: `Arrival (48 - 93 TEU)`. */
export function terminalSheetKind(sheetName: string): TerminalSheetKind | undefined {
  const [word] = /^\p{L}+/u.exec(normaliseLabel(sheetName)) ?? []
  return sheetKinds.find((kind) => kind === word)
}

/**
 * Finds the header of a terminal report among the first 15 rows by its headings. Their order is free, but each of the
 * four repeated ones belongs to the nearest of `Прибыл` and `Отправлен` on its left. Undefined when the sheet is not a
 * terminal report; `missing` names the required columns that a report lacks.
 */
export function findTerminalHeader(rows: readonly (readonly Cell[])[]): TerminalHeader | undefined {
  const headers = rows.slice(0, headerSearchRows).map((cells, i) => readHeader(cells, i + 1))
  const best = headers.toSorted((a, b) => b.columns.size - a.columns.size).at(0)
  return best && telling.filter((field) => best.columns.has(field)).length >= leastTelling ? best : undefined
}

function readHeader(cells: readonly Cell[], headerRow: number): TerminalHeader {
  const header = readHeaderColumns(cells, createFieldFinder())
  const missing = requiredFields.filter((field) => !header.columns.has(field)).map(terminalHeading)
  return { headerRow, ...header, noteEnd: endOfNote(cells, header.columns.get('note')), missing }
}

/** Holds the side on which the next repeated heading is. */
function createFieldFinder(): (label: string) => TerminalField | undefined {
  let side: Side | undefined
  return (label) => {
    const field = fieldOfLabel.get(label)
    if (field === 'arrivedAt') side = 'arrival'
    if (field === 'dispatchedAt') side = 'dispatch'
    return field ?? (side && twice.get(label.replace(/ ?\| ?/g, '|'))?.[side])
  }
}

function endOfNote(cells: readonly Cell[], note: number | undefined): number | undefined {
  if (note === undefined) return undefined
  const end = cells.findIndex((cell, index) => index > note && cellText(cell) !== undefined)
  return end < 0 ? undefined : end
}
