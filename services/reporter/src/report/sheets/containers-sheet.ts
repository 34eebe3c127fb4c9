import { printedColumns, type ReportColumn, usualColumns } from '@atermtrack/domain'
import { type ReportTexts, stationName } from '@atermtrack/messages'
import {
  joinRows,
  type LazyRows,
  lazyRows,
  type Sheet,
  type SheetCell,
  type SheetRow,
} from '@atermtrack/workbook-writer'
import type { ReportData, ReportItem, TableRow } from '../report-data.ts'
import { type RowOrder, trainOf } from '../row-order.ts'
import { type TableColumn, tableColumns } from './column-set.ts'
import { type ReportFacts, topOf, zoneOf } from './sheet-facts.ts'
import { legendOf } from './tones.ts'

export interface ContainersOptions {
  readonly columns: readonly ReportColumn[]
  readonly order: RowOrder
}

/** The sheet of all containers. Numbers of which nothing is known stand at the end. */
export function containersSheet(
  data: ReportData,
  facts: ReportFacts,
  { columns: keys, order }: ContainersOptions,
  texts: ReportTexts,
): Sheet {
  const { rows, unseen, missing, visits = [], items } = data
  const columns = tableColumns(withoutEmpty(keys, data), texts, zoneOf(data, facts))
  const place = (name: string | null) => (name === null ? undefined : stationName(name, facts.language))
  const unknown: readonly BareFacts[] = [
    ...visits.map(({ container, state, terminal, direction }) => ({
      container,
      status: texts.visits[state],
      station: terminal ?? undefined,
      destination: place(direction),
    })),
    ...unseen.map((container) => ({ container, status: texts.unseen })),
    ...missing.map((container) => ({ container, status: texts.notFound })),
  ]
  return {
    name: texts.sheets.all,
    ...topOf(data, facts, texts),
    legend: legendOf(texts),
    columns: columns.map(({ header, kind }) => ({ header, kind })),
    ...joinRows(
      knownRows(rows, columns, order),
      lazyRows(unknown, (bare) => bareRow(bare, columns, items)),
    ),
    printedColumns: keys === usualColumns ? countPrinted(columns) : undefined,
  }
}

/** The usual columns that hold a person's own words are left out where they have written none. */
function withoutEmpty(keys: readonly ReportColumn[], { items }: ReportData): readonly ReportColumn[] {
  if (keys !== usualColumns) return keys
  const all = [...items.values()]
  const isEmpty = { order: all.every((item) => !item.orderNumber), ownNote: all.every((item) => !item.note) }
  return keys.filter((key) => !(key in isEmpty) || !isEmpty[key as keyof typeof isEmpty])
}

function countPrinted(columns: readonly TableColumn[]): number {
  return columns.filter(({ key }) => printedColumns.has(key)).length
}

function knownRows(rows: readonly TableRow[], columns: readonly TableColumn[], order: RowOrder): LazyRows {
  return lazyRows(rows, (row, former) => ({
    cells: columns.map(({ value }) => value(row)),
    beginsGroup: order === 'train' && former !== undefined && groupOf(row) !== groupOf(former),
  }))
}

function groupOf(row: TableRow): string {
  return `${trainOf(row)} ${row.position.destination?.name}`
}

/** A container without a position. */
interface BareFacts {
  readonly container: string
  readonly status: string
  readonly station?: string | undefined
  readonly destination?: string | undefined
}

function bareRow(
  { container, status, station, destination }: BareFacts,
  columns: readonly TableColumn[],
  items: ReadonlyMap<string, ReportItem>,
): SheetRow {
  const item = items.get(container)
  const known: Partial<Record<ReportColumn, SheetCell>> = {
    container,
    status: { value: status, tone: 'gone' },
    station,
    destination,
    order: item?.orderNumber ?? undefined,
    ownNote: item?.note ?? undefined,
  }
  return { cells: columns.map(({ key }) => known[key]) }
}
