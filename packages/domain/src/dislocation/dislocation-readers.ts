import { cellReaders, type ColumnKind, type ColumnValues } from '../cells/column-kinds.ts'
import type { Cell } from '../cells/cell.ts'
import { cellText, unreadable } from '../cells/cell-values.ts'
import {
  cellMoment,
  cellOf,
  fieldReader,
  type Moment,
  type ReadCell,
  type ReaderOptions,
  type ReadField,
  scaledReader,
  withMemory,
} from '../cells/field-readers.ts'
import type { RowProblem } from '../cells/row-warnings.ts'
import type { BelievableTimes } from '../workbook/source-guard.ts'
import {
  type DislocationField,
  dislocationFields,
  dislocationTable,
  type FieldValues,
  type ValueField,
  valueFields,
} from './dislocation-fields.ts'

export type DislocationReaders = ReturnType<typeof createDislocationReaders>

interface DislocationReaderOptions extends ReaderOptions<DislocationField> {
  readonly zone: string
  readonly times: Pick<BelievableTimes, 'latest'>
  readonly scales?: ReadonlyMap<DislocationField, number>
}

/** Readers of the fields of one report; an unreadable cell is a warning and reads as undefined, and so does an absent column. */
export function createDislocationReaders(options: DislocationReaderOptions) {
  const { columns, zone, scales } = options
  const kinds = cellReaders(zone)
  const reader = <F extends DislocationField>(name: F) => {
    const read = kinds[dislocationTable[name].reads] as ReadCell<ColumnValues[Kind<F>]>
    return fieldReader(options, name, scaledReader(read, scales?.get(name) ?? 1))
  }
  return {
    containerCell: cellOf(columns, 'container'),
    operation: reader('operation'),
    operationMnemonic: reader('operationMnemonic'),
    operationStation: reader('operationStation'),
    operationRoad: reader('operationRoad'),
    originStation: reader('originStation'),
    originRoad: reader('originRoad'),
    destinationStation: reader('destinationStation'),
    destinationRoad: reader('destinationRoad'),
    operated: requiredMoment(options),
    operatedText: operatedText(options),
    values: valuesReader(options, reader),
  }
}

type Kind<F extends DislocationField> = (typeof dislocationTable)[F]['reads'] & ColumnKind

/** All fields of a row have a place from the start, so that every row has the same shape. */
const blank = Object.fromEntries(['rowNumber', 'operatedWall', ...dislocationFields].map((field) => [field, undefined]))

/** Reads the fields with a column of their own. */
function valuesReader(
  options: DislocationReaderOptions,
  reader: (name: DislocationField) => ReadField<unknown>,
): (rowNumber: number, cells: readonly Cell[]) => FieldValues {
  const { columns } = options
  const readerOf = (name: ValueField): ReadField<unknown> => {
    if (dislocationTable[name].reads === 'pastInstant') return pastInstant(options, name)
    return name === 'idleMinutes' ? either(reader(name), reader('idleDays')) : reader(name)
  }
  const isThere = (name: ValueField) => columns.has(name) || (name === 'idleMinutes' && columns.has('idleDays'))
  const readers = valueFields.filter(isThere).map((name) => [name, readerOf(name)] as const)
  return (rowNumber, cells) => {
    const values: Record<string, unknown> = { ...blank }
    for (const [name, read] of readers) values[name] = read(rowNumber, cells)
    return values as unknown as FieldValues
  }
}

function either<T>(first: ReadField<T>, second: ReadField<T>): ReadField<T> {
  return (row, cells) => first(row, cells) ?? second(row, cells)
}

/** A trip that begins or ends after the receipt of its report would hide all other trips of its container for ever. */
function pastInstant(options: DislocationReaderOptions, name: DislocationField): ReadField<Date> {
  const { columns, zone, times, warnings } = options
  const at = cellOf(columns, name)
  const read = fieldReader(options, name, cellReaders(zone).pastInstant)
  return (row, cells) => {
    const instant = read(row, cells)
    if (instant === undefined || instant <= times.latest) return instant
    warnings.add({ row, field: name, cell: cellText(at(cells)), problem: 'time_in_future' })
    return undefined
  }
}

function operatedText({ columns }: DislocationReaderOptions): (cells: readonly Cell[]) => string | undefined {
  const at = cellOf(columns, 'operatedAt')
  return (cells) => cellText(at(cells))
}

/** The operation time is required, so that its absence is a warning too. */
function requiredMoment({ columns, zone, warnings }: DislocationReaderOptions): ReadField<Moment> {
  const at = cellOf(columns, 'operatedAt')
  const recall = withMemory((cell) => cellMoment(cell, zone))
  return (row, cells) => {
    const cell = at(cells)
    const moment = recall(cell)
    if (typeof moment === 'object') return moment
    const problem: RowProblem = moment === unreadable ? 'time_unreadable' : 'time_missing'
    warnings.add({ row, field: 'operatedAt', cell: cellText(cell), problem })
    return undefined
  }
}
