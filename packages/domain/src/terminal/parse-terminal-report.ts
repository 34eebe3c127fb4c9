import { parseInn } from '../values/inn.ts'
import { isBlankOrTotal } from '../cells/blank-row.ts'
import type { Cell } from '../cells/cell.ts'
import { cellIdentifier, cellInteger, cellText, unreadable, type Reading } from '../cells/cell-values.ts'
import { readContainer } from '../cells/read-container.ts'
import {
  cellAmount,
  cellMoment,
  cellOf,
  fieldReader,
  mapped,
  type ReadCell,
  type ReaderOptions,
  type ReadField,
} from '../cells/field-readers.ts'
import { createRowWarnings, type RowWarning } from '../cells/row-warnings.ts'
import {
  terminalHeading,
  type TerminalColumns,
  type TerminalField,
  type TerminalSheetKind,
} from './terminal-columns.ts'
import type { TerminalVisit } from './terminal-visit.ts'

/** Reads the rows below a header, one by one. */
export interface TerminalParser {
  /** The visit, or undefined for a row that is blank, a total or skipped. `rowNumber` is that of the sheet, from 1. */
  readonly row: (rowNumber: number, cells: readonly Cell[]) => TerminalVisit | undefined
  /** The first warnings in full. */
  readonly warnings: readonly RowWarning[]
  readonly warningCount: () => number
  /** Rows left out with a warning; blank rows and totals do not count. */
  readonly skippedCount: () => number
  /** Those of them that tell of an arrival or a dispatch still to come. */
  readonly futureCount: () => number
}

interface TerminalParserOptions {
  readonly columns: TerminalColumns
  readonly noteEnd: number | undefined
  /** Of the terminal's own wall times. */
  readonly zone: string
  readonly sheetKind: TerminalSheetKind | undefined
  /** A visit that begins or ends after this is refused: it would count as the last of its container for ever. */
  readonly latest: Date
}

type TerminalReaders = ReturnType<typeof createTerminalReaders>

/** `columns` and `noteEnd` are those of `findTerminalHeader`. A row without any sign of the arrival is skipped. */
export function createTerminalParser(options: TerminalParserOptions): TerminalParser {
  const warnings = createRowWarnings(terminalHeading)
  const readers = createTerminalReaders({ ...options, warnings })
  const { latest } = options
  let skipped = 0
  let future = 0

  return {
    row(rowNumber, cells) {
      if (isBlankOrTotal(cells)) return undefined
      const container = readContainer(rowNumber, readers.containerCell(cells), warnings)
      const visit = container && terminalVisit(rowNumber, cells, { container, sheet: options.sheetKind }, readers)
      const problem = visit && problemOf(visit, latest)
      if (visit && !problem) return visit
      if (problem) warnings.add({ row: rowNumber, ...problem })
      skipped += 1
      if (problem?.problem === 'time_in_future') future += 1
      return undefined
    },
    warnings: warnings.list,
    warningCount: warnings.count,
    skippedCount: () => skipped,
    futureCount: () => future,
  }
}

/** Why a visit is not taken; undefined when it is. */
function problemOf({ arrivalId, arrivedAt, arrivedWall, dispatchedAt, dispatchedWall }: TerminalVisit, latest: Date) {
  if ((arrivalId ?? arrivedAt) === undefined)
    return { field: 'arrivedAt', cell: undefined, problem: 'arrival_missing' } as const
  if (arrivedAt && arrivedAt > latest)
    return { field: 'arrivedAt', cell: arrivedWall, problem: 'time_in_future' } as const
  if (dispatchedAt && dispatchedAt > latest)
    return { field: 'dispatchedAt', cell: dispatchedWall, problem: 'time_in_future' } as const
  return undefined
}

function createTerminalReaders(
  options: ReaderOptions<TerminalField> & Pick<TerminalParserOptions, 'noteEnd' | 'zone'>,
) {
  const { columns, noteEnd, zone } = options
  const field = <T>(name: TerminalField, read: ReadCell<T>) => fieldReader(options, name, read)
  const text = (name: TerminalField) => field(name, cellText)
  const identifier = (name: TerminalField) => field(name, cellIdentifier)
  const amount = (name: TerminalField) => field(name, cellAmount)
  const moment = (name: TerminalField) => field(name, (cell) => cellMoment(cell, zone))

  return {
    containerCell: cellOf(columns, 'container'),
    terminal: text('terminal'),
    zoneName: text('zoneName'),
    inn: field('inn', cellInn),
    shortName: text('shortName'),
    client: text('client'),
    stock: text('stock'),
    customsMode: text('customsMode'),
    direction: text('direction'),
    type: text('type'),
    size: text('size'),
    capacityKg: amount('capacityKg'),
    tareKg: amount('tareKg'),
    year: field('year', cellYear),
    grossClientKg: amount('grossClientKg'),
    grossTerminalKg: amount('grossTerminalKg'),
    condition: text('condition'),
    cargo: text('cargo'),
    temperature: text('temperature'),
    seals: text('seals'),
    arrived: moment('arrivedAt'),
    arrivalId: identifier('arrivalId'),
    arrivalTransport: text('arrivalTransport'),
    arrivalVehicle: identifier('arrivalVehicle'),
    arrivalFrom: text('arrivalFrom'),
    order: identifier('order'),
    dispatched: moment('dispatchedAt'),
    dispatchId: identifier('dispatchId'),
    dispatchTransport: text('dispatchTransport'),
    dispatchVehicle: identifier('dispatchVehicle'),
    dispatchTo: text('dispatchTo'),
    release: identifier('release'),
    carrier: text('carrier'),
    manager: text('manager'),
    note: noteReader(columns.get('note'), noteEnd),
  }
}

/** Text with a separator in it flows over into the unnamed columns to the right. */
function noteReader(start: number | undefined, end: number | undefined): ReadField<string> {
  if (start === undefined) return () => undefined
  return (_, cells) => {
    const texts = cells.slice(start, end).map(cellText)
    return texts.filter((text) => text !== undefined).join(' ') || undefined
  }
}

/** A spreadsheet takes the leading zero away: nine and eleven digits are ten and twelve. */
function cellInn(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => parseInn(text) ?? text)
}

function cellYear(cell: Cell): Reading<number> {
  return mapped(cellInteger(cell), (year) => (year >= 1900 && year < 2200 ? year : unreadable))
}

function terminalVisit(
  rowNumber: number,
  cells: readonly Cell[],
  { container, sheet }: Pick<TerminalVisit, 'container' | 'sheet'>,
  readers: TerminalReaders,
): TerminalVisit {
  const arrived = readers.arrived(rowNumber, cells)
  const dispatched = readers.dispatched(rowNumber, cells)
  return {
    container,
    terminal: readers.terminal(rowNumber, cells),
    zoneName: readers.zoneName(rowNumber, cells),
    inn: readers.inn(rowNumber, cells),
    shortName: readers.shortName(rowNumber, cells),
    client: readers.client(rowNumber, cells),
    stock: readers.stock(rowNumber, cells),
    customsMode: readers.customsMode(rowNumber, cells),
    direction: readers.direction(rowNumber, cells),
    type: readers.type(rowNumber, cells),
    size: readers.size(rowNumber, cells),
    capacityKg: readers.capacityKg(rowNumber, cells),
    tareKg: readers.tareKg(rowNumber, cells),
    year: readers.year(rowNumber, cells),
    grossClientKg: readers.grossClientKg(rowNumber, cells),
    grossTerminalKg: readers.grossTerminalKg(rowNumber, cells),
    condition: readers.condition(rowNumber, cells),
    cargo: readers.cargo(rowNumber, cells),
    temperature: readers.temperature(rowNumber, cells),
    seals: readers.seals(rowNumber, cells),
    arrivedWall: arrived?.wall,
    arrivedAt: arrived?.instant,
    arrivalId: readers.arrivalId(rowNumber, cells),
    arrivalTransport: readers.arrivalTransport(rowNumber, cells),
    arrivalVehicle: readers.arrivalVehicle(rowNumber, cells),
    arrivalFrom: readers.arrivalFrom(rowNumber, cells),
    order: readers.order(rowNumber, cells),
    dispatchedWall: dispatched?.wall,
    dispatchedAt: dispatched?.instant,
    dispatchId: readers.dispatchId(rowNumber, cells),
    dispatchTransport: readers.dispatchTransport(rowNumber, cells),
    dispatchVehicle: readers.dispatchVehicle(rowNumber, cells),
    dispatchTo: readers.dispatchTo(rowNumber, cells),
    release: readers.release(rowNumber, cells),
    carrier: readers.carrier(rowNumber, cells),
    manager: readers.manager(rowNumber, cells),
    note: readers.note(rowNumber, cells),
    sheet,
    rowNumber,
  }
}
