import { isBlankOrTotal } from '../cells/blank-row.ts'
import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import { hasValidCheckDigit, parseContainerNumber, type ContainerNumber } from '../values/container-number.ts'
import type { DislocationColumns } from './dislocation-columns.ts'
import { type DislocationField, dislocationHeading } from './dislocation-fields.ts'
import type { DislocationRow } from './dislocation.ts'
import { createDislocationReaders, type DislocationReaders } from './dislocation-readers.ts'
import { createRowWarnings, type RowWarning, type RowWarnings } from '../cells/row-warnings.ts'
import type { BelievableTimes } from '../workbook/source-guard.ts'

/** Reads the rows below a header, one by one and in their order. */
export interface DislocationParser {
  /** The row, or undefined for one that is blank, a total or skipped. `rowNumber` is that of the sheet, from 1. */
  readonly row: (rowNumber: number, cells: readonly Cell[]) => DislocationRow | undefined
  /** The first warnings in full. */
  readonly warnings: readonly RowWarning[]
  readonly warningCount: () => number
  /** Rows left out with a warning; blank rows and totals do not count. */
  readonly skippedCount: () => number
  /** Those of them that report an operation in the future. */
  readonly futureCount: () => number
}

type RequiredFields = 'container' | 'operation' | 'operationStation' | 'operatedWall' | 'operatedAt'

/** `columns` and `scales` are those of `findDislocationHeader`; `zone` is the zone of the report's wall times. */
export function createDislocationParser(options: {
  readonly columns: DislocationColumns
  readonly scales?: ReadonlyMap<DislocationField, number>
  readonly zone: string
  readonly times: BelievableTimes
}): DislocationParser {
  const warnings = createRowWarnings(dislocationHeading)
  const readers = createDislocationReaders({ ...options, warnings })
  const required = createRequiredReader(readers, warnings)
  const { times } = options
  let skipped = 0
  let future = 0

  return {
    row(rowNumber, cells) {
      const fields = required(rowNumber, cells)
      if (fields === 'not_a_row') return undefined
      const oddity = fields === 'skipped' ? undefined : oddityOf(fields, times)
      if (oddity) {
        const cell = readers.operatedText(cells)
        warnings.add({ row: rowNumber, field: 'operatedAt', cell, problem: oddity })
      }
      if (fields !== 'skipped' && oddity !== 'time_in_future') {
        return dislocationRow(rowNumber, cells, fields, readers)
      }
      skipped += 1
      if (oddity) future += 1
      return undefined
    },
    warnings: warnings.list,
    warningCount: warnings.count,
    skippedCount: () => skipped,
    futureCount: () => future,
  }
}

function oddityOf(
  { operatedAt }: Pick<DislocationRow, 'operatedAt'>,
  { latest, longAgo }: BelievableTimes,
): 'time_in_future' | 'time_long_ago' | undefined {
  if (operatedAt > latest) return 'time_in_future'
  return operatedAt < longAgo ? 'time_long_ago' : undefined
}

type RequiredReader = (
  rowNumber: number,
  cells: readonly Cell[],
) => Pick<DislocationRow, RequiredFields> | 'skipped' | 'not_a_row'

/** Holds the container of the block that is being read: below its first row the cells of the column are blank. */
function createRequiredReader(readers: DislocationReaders, warnings: RowWarnings<DislocationField>): RequiredReader {
  let blockContainer: ContainerNumber | undefined

  return (rowNumber, cells) => {
    const containerText = cellText(readers.containerCell(cells))
    const number = containerText === undefined ? blockContainer : parseContainerNumber(containerText)
    blockContainer = undefined
    if (number === undefined) {
      if (isBlankOrTotal(cells)) return 'not_a_row'
      const problem = containerText === undefined ? 'container_missing' : 'container_unreadable'
      warnings.add({ row: rowNumber, field: 'container', cell: containerText, problem })
      return 'skipped'
    }
    const operation = readers.operation(rowNumber, cells)
    if (operation === undefined) {
      if (containerText === undefined && isBlankOrTotal(cells)) return 'not_a_row'
      warnings.add({ row: rowNumber, field: 'operation', cell: undefined, problem: 'operation_missing' })
      return 'skipped'
    }
    blockContainer = number
    if (containerText !== undefined && !hasValidCheckDigit(number)) {
      warnings.add({ row: rowNumber, field: 'container', cell: containerText, problem: 'container_check_digit' })
    }
    const operationStation = readers.operationStation(rowNumber, cells)
    if (operationStation === undefined) {
      warnings.add({ row: rowNumber, field: 'operationStation', cell: undefined, problem: 'station_missing' })
      return 'skipped'
    }
    const operated = readers.operated(rowNumber, cells)
    if (operated === undefined) return 'skipped'
    const { wall: operatedWall, instant: operatedAt } = operated
    return { container: number, operation, operationStation, operatedWall, operatedAt }
  }
}

/** Filled in place: an object with this many fields that is spread into another one costs seven times as much. */
function dislocationRow(
  rowNumber: number,
  cells: readonly Cell[],
  required: Pick<DislocationRow, RequiredFields>,
  readers: DislocationReaders,
): DislocationRow {
  const row = readers.values(rowNumber, cells) as Mutable<DislocationRow>
  row.rowNumber = rowNumber
  row.container = required.container
  row.operation = required.operation
  row.operationMnemonic = readers.operationMnemonic(rowNumber, cells)
  row.operationStation = required.operationStation
  row.operationRoad = readers.operationRoad(rowNumber, cells)
  row.operatedWall = required.operatedWall
  row.operatedAt = required.operatedAt
  row.originStation = readers.originStation(rowNumber, cells)
  row.originRoad = readers.originRoad(rowNumber, cells)
  row.destinationStation = readers.destinationStation(rowNumber, cells)
  row.destinationRoad = readers.destinationRoad(rowNumber, cells)
  return row
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
