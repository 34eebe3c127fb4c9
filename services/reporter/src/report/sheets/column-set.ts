import { forecastIn, type ReportColumn, toWall, type WallTime } from '@atermtrack/domain'
import { type Language, operationName, type ReportTexts, roadName, stationName } from '@atermtrack/messages'
import type { SheetCell, SheetColumn, TableValue } from '@atermtrack/workbook-writer'
import type { TableRow } from '../report-data.ts'
import { arrivedWall, daysStill, forecastDay, idleHours, normDay, noteOf } from '../row-facts.ts'
import { statusTones } from './tones.ts'

/** A column of the table of containers. */
export interface TableColumn extends SheetColumn {
  readonly key: ReportColumn
  readonly value: (row: TableRow) => SheetCell
}

/** Zone of the railway's times with its label, and the language of names. */
export interface TableZone {
  readonly zone: string
  readonly label: string
  readonly language: Language
}

type Definition = Omit<TableColumn, 'key'>

/** The columns of a table in the order of `keys`, in one language. */
export function tableColumns(
  keys: readonly ReportColumn[],
  texts: ReportTexts,
  { zone, label, language }: TableZone,
): readonly TableColumn[] {
  const all: Readonly<Record<ReportColumn, Definition>> = {
    ...journeyColumns(texts, zone, language),
    ...cargoColumns(texts),
    ...timeColumns(texts, zone, label),
  }
  return keys.map((key) => ({ key, ...all[key] }))
}

function journeyColumns(texts: ReportTexts, zone: string, language: Language) {
  const { columns, statuses } = texts
  const place = (name: string | null | undefined) => name && stationName(name, language)
  return {
    container: text(columns.container, ({ position }) => position.container),
    order: text(columns.order, ({ item }) => item?.orderNumber),
    ownNote: text(columns.ownNote, ({ item }) => item?.note),
    client: text(columns.client, ({ client }) => client),
    status: {
      header: columns.status,
      kind: 'text',
      value: ({ shown }) => ({ value: statuses[shown], tone: statusTones[shown] }),
    },
    station: text(columns.station, ({ position }) => place(position.station.name)),
    road: text(columns.road, ({ position: { roadName: road } }) => road && roadName(road, language)),
    operation: text(columns.operation, ({ position }) => operationName(position.operation, language)),
    origin: text(columns.origin, ({ position }) => place(position.origin?.name)),
    destination: text(columns.destination, ({ position }) => place(position.destination?.name)),
    kmLeft: { header: columns.kmLeft, kind: 'integer', value: ({ position }) => position.kmLeft ?? undefined },
    terminalTrain: text(columns.terminalTrain, ({ terminalTrain }) => terminalTrain),
    train: text(columns.train, ({ position }) => position.trainNumber),
    trainIndex: text(columns.trainIndex, ({ position }) => position.trainIndex),
    wagon: text(columns.wagon, ({ position }) => position.wagon),
    waybill: text(columns.waybill, ({ position }) => position.waybill),
    note: text(columns.note, (row) => remarks(row, zone, texts)),
  } satisfies Partial<Record<ReportColumn, Definition>>
}

/** The days of a lateness that is a fact have a column of their own. */
function remarks(row: TableRow, zone: string, texts: ReportTexts): string | undefined {
  const risk = row.norm.kind === 'at_risk' ? texts.expectedLate(row.norm.days) : undefined
  return [noteOf(row, zone, texts), risk].filter((remark) => remark !== undefined).join('; ') || undefined
}

function cargoColumns({ columns, yes, no }: ReportTexts) {
  return {
    containerType: text(columns.containerType, ({ position }) => position.containerType),
    loaded: text(columns.loaded, ({ position: { loaded } }) => (loaded === null ? undefined : loaded ? yes : no)),
    weight: { header: columns.weight, kind: 'integer', value: ({ position }) => position.weightKg ?? undefined },
    cargo: text(columns.cargo, ({ position }) => position.cargo),
  } satisfies Partial<Record<ReportColumn, Definition>>
}

function timeColumns({ columns, inZone }: ReportTexts, zone: string, label: string) {
  return {
    operatedAt: time(inZone(columns.operatedAt, label), ({ position }) => toWall(position.operatedAt, zone)),
    idleHours: { header: columns.idleHours, kind: 'decimal', value: idleHours },
    daysStill: { header: columns.daysStill, kind: 'decimal', value: daysStill },
    forecastDays: { header: columns.forecastDays, kind: 'decimal', value: ({ arrival }) => forecastIn(arrival)?.days },
    forecastDate: { header: columns.forecastDate, kind: 'date', value: (row) => forecastDay(row, zone) },
    arrivedAt: time(inZone(columns.arrivedAt, label), (row) => arrivedWall(row, zone)),
    normDate: {
      header: columns.normDate,
      kind: 'date',
      value: (row) => normDay(row, zone),
    },
    daysLate: {
      header: columns.daysLate,
      kind: 'integer',
      value: ({ norm }) => (norm.kind === 'late' ? { value: norm.days, tone: 'late' } : undefined),
    },
    asOf: time(inZone(columns.asOf, label), ({ position }) => toWall(position.asOf, zone)),
  } satisfies Partial<Record<ReportColumn, Definition>>
}

function text(header: string, value: (row: TableRow) => string | null | undefined): Definition {
  return { header, kind: 'text', value: (row) => value(row) ?? undefined }
}

function time(header: string, value: (row: TableRow) => WallTime | undefined): Definition {
  return { header, kind: 'dateTime', value: value satisfies (row: TableRow) => TableValue }
}
