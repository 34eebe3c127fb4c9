import { isBlankOrTotal } from '../cells/blank-row.ts'
import type { Cell } from '../cells/cell.ts'
import { cellText } from '../cells/cell-values.ts'
import type { ContainerNumber } from '../values/container-number.ts'
import type { Station } from '../values/station.ts'
import {
  cellAmount,
  cellOf,
  cellStation,
  cellWagon,
  cellWaybill,
  fieldReader,
  type ReadCell,
  type ReaderOptions,
  scaledReader,
} from '../cells/field-readers.ts'
import { readContainer } from '../cells/read-container.ts'
import {
  findBareRosterHeader,
  findRosterHeader,
  rosterHeading,
  type RosterField,
  type RosterHeader,
} from './roster-columns.ts'
import { createRowWarnings, type RowWarning, type RowWarnings } from '../cells/row-warnings.ts'
import { destinationFromFileName, trainCodeFromFileName } from './roster-file-name.ts'
import { findTrainCodes, type TrainCode } from '../values/train-code.ts'

/** One container of a train. The weight is in kilograms. */
export interface RosterEntry {
  /** 1-based row of the sheet. */
  readonly rowNumber: number
  readonly container: ContainerNumber
  readonly type: string | undefined
  readonly weightKg: number | undefined
  readonly wagon: string | undefined
  readonly waybill: string | undefined
  readonly destination: Station | undefined
  readonly client: string | undefined
}

export interface TrainRoster {
  /** From the file name, else from the cells above the header; undefined when neither names exactly one train. */
  readonly trainCode: TrainCode | undefined
  /** Name of the station in the file name. */
  readonly destination: string | undefined
  /** Zero-based among the sheets. */
  readonly sheetIndex: number
  readonly header: RosterHeader
  /** One per container, by their rows. */
  readonly entries: readonly RosterEntry[]
  /** The first warnings in full. */
  readonly warnings: readonly RowWarning[]
  readonly warningCount: number
  /** Rows left out with a warning, those included that a later row of the same container replaces. */
  readonly skippedCount: number
}

type Rows = readonly (readonly Cell[])[]

/** Reads the first sheet that has the header of a roster; undefined when none has. */
export function parseTrainRoster(workbook: {
  readonly fileName: string
  /** The rows of each sheet, from its row 1. */
  readonly sheets: readonly Rows[]
  /** Somebody says that it is a roster: a column of container numbers is enough. */
  readonly isDeclared?: boolean
}): TrainRoster | undefined {
  const { fileName, sheets, isDeclared = false } = workbook
  const headers = sheets.map((rows) => findRosterHeader(rows) ?? (isDeclared ? findBareRosterHeader(rows) : undefined))
  const sheetIndex = headers.findIndex((header) => header !== undefined)
  const header = headers[sheetIndex]
  const rows = sheets[sheetIndex]
  if (!header || !rows) return undefined
  return {
    trainCode: trainCodeFromFileName(fileName) ?? trainCodeOfTitles(rows.slice(0, header.headerRow - 1)),
    destination: destinationFromFileName(fileName),
    sheetIndex,
    header,
    ...readEntries(rows, header),
  }
}

function trainCodeOfTitles(titles: Rows): TrainCode | undefined {
  const texts = titles.flatMap((cells) => cells.map((cell) => cellText(cell) ?? ''))
  const codes = findTrainCodes(texts.join('\n'))
  return codes.length === 1 ? codes[0] : undefined
}

function readEntries(rows: Rows, { columns, headerRow, weightScale }: RosterHeader) {
  const warnings = createRowWarnings(rosterHeading)
  const read = createEntryReader({ columns, warnings }, scaledReader(cellAmount, weightScale))
  const entries = new Map<ContainerNumber, RosterEntry>()
  let skippedCount = 0
  for (const [index, cells] of rows.entries()) {
    if (index < headerRow || isBlank(cells, columns)) continue
    const entry = read(index + 1, cells)
    // A repeated container has the place of its last row.
    const repeated = entry !== undefined && entries.delete(entry.container)
    if (entry) entries.set(entry.container, entry)
    if (repeated) warnings.add(repetition(entry))
    if (!entry || repeated) skippedCount += 1
  }
  return { entries: [...entries.values()], warnings: warnings.list, warningCount: warnings.count(), skippedCount }
}

/** Rows that are numbered in advance hold nothing in the columns that are known. */
function isBlank(cells: readonly Cell[], columns: RosterHeader['columns']): boolean {
  return isBlankOrTotal(cells) || [...columns.values()].every((index) => cellText(cells[index]) === undefined)
}

function repetition({ rowNumber, container }: RosterEntry): Parameters<RowWarnings<RosterField>['add']>[0] {
  return { row: rowNumber, field: 'container', cell: container, problem: 'container_repeated' }
}

function createEntryReader(
  options: ReaderOptions<RosterField>,
  cellWeight: ReadCell<number>,
): (rowNumber: number, cells: readonly Cell[]) => RosterEntry | undefined {
  const containerCell = cellOf(options.columns, 'container')
  const type = fieldReader(options, 'type', cellText)
  const weightKg = fieldReader(options, 'weightKg', cellWeight)
  const wagon = fieldReader(options, 'wagon', cellWagon)
  const waybill = fieldReader(options, 'waybill', cellWaybill)
  const destination = fieldReader(options, 'destination', cellStation)
  const client = fieldReader(options, 'client', cellText)

  return (rowNumber, cells) => {
    const container = readContainer(rowNumber, containerCell(cells), options.warnings)
    if (!container) return undefined
    return {
      rowNumber,
      container,
      type: type(rowNumber, cells),
      weightKg: weightKg(rowNumber, cells),
      wagon: wagon(rowNumber, cells),
      waybill: waybill(rowNumber, cells),
      destination: destination(rowNumber, cells),
      client: client(rowNumber, cells),
    }
  }
}
