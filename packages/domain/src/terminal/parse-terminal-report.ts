import { isBlankOrTotal } from '../cells/blank-row.ts'
import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import { cellReaders } from '../cells/column-kinds.ts'
import { cellMoment, cellOf, fieldReader, type ReaderOptions, type ReadField } from '../cells/field-readers.ts'
import { readContainer } from '../cells/read-container.ts'
import { createRowWarnings, type RowWarning } from '../cells/row-warnings.ts'
import type { TerminalColumns, TerminalSheetKind } from './terminal-columns.ts'
import { type TerminalField, terminalHeading, terminalTable, visitFields, type VisitValues } from './terminal-fields.ts'
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
  /** Those of them that report an arrival or a dispatch in the future. */
  readonly futureCount: () => number
}

interface TerminalParserOptions {
  readonly columns: TerminalColumns
  readonly noteEnd: number | undefined
  /** Zone of the terminal's wall times. */
  readonly zone: string
  readonly sheetKind: TerminalSheetKind | undefined
  /** A visit that begins or ends after this is refused, since it would count as the last of its container for ever. */
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

/** The reason why a visit is skipped; undefined when it is accepted. */
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
  const moment = (name: TerminalField) => fieldReader(options, name, (cell) => cellMoment(cell, zone))
  return {
    containerCell: cellOf(columns, 'container'),
    arrived: moment('arrivedAt'),
    dispatched: moment('dispatchedAt'),
    note: noteReader(columns.get('note'), noteEnd),
    values: valuesReader(options),
  }
}

/** All fields of a visit have a place from the start, so that every visit has the same shape. */
const blank = Object.fromEntries(visitFields.map((field) => [field, undefined]))

/** Reads the fields whose cell is the value. */
function valuesReader(options: ReaderOptions<TerminalField> & Pick<TerminalParserOptions, 'zone'>) {
  const kinds = cellReaders(options.zone)
  const readers = visitFields
    .filter((field) => options.columns.has(field))
    .map(
      (field) =>
        [field, fieldReader<TerminalField, unknown>(options, field, kinds[terminalTable[field].reads])] as const,
    )
  return (rowNumber: number, cells: readonly Cell[]): VisitValues => {
    const values: Record<string, unknown> = { ...blank }
    for (const [field, read] of readers) values[field] = read(rowNumber, cells)
    return values as unknown as VisitValues
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
    ...readers.values(rowNumber, cells),
    arrivedWall: arrived?.wall,
    arrivedAt: arrived?.instant,
    dispatchedWall: dispatched?.wall,
    dispatchedAt: dispatched?.instant,
    note: readers.note(rowNumber, cells),
    sheet,
    rowNumber,
  }
}
