import { forecastIn, toWall, type WallTime, zoneLabel } from '@atermtrack/domain'
import type { ReportTexts } from '@atermtrack/messages'
import { countRows, type ReportData, type ReportRow } from './report-data.ts'
import { arrivedWall, forecastDay, idleHours, noteOf } from './row-facts.ts'
import type { TableValue } from './to-cell.ts'
import type { Column, Table } from './workbook-writer.ts'

/** The statements of the report about itself, beside the containers. */
export interface ReportFacts {
  /** Zone in which times of the railway are shown. */
  readonly zone: string
  /** Zone of the reader's schedule. */
  readonly plannedZone: string
  readonly plannedAt: Date
  /** Whole sentences about lateness and staleness. */
  readonly notes: readonly string[]
}

interface TableColumn extends Column {
  readonly value: (row: ReportRow) => TableValue
}

/** The sheet of containers and the sheet of counts. Unknown numbers stand at the end. */
export function toTables(data: ReportData, facts: ReportFacts, texts: ReportTexts): readonly Table[] {
  return [containersTable(data, facts, texts), summaryTable(data, facts, texts)]
}

function containersTable(
  { rows, unseen, missing, asOf }: ReportData,
  { zone, plannedAt }: ReportFacts,
  texts: ReportTexts,
): Table {
  const columns = tableColumns(texts, zone, zoneLabel(zone, asOf ?? plannedAt))
  return {
    name: texts.title,
    columns: columns.map(({ header, kind }) => ({ header, kind })),
    rows: [
      ...rows.map((row) => columns.map(({ value }) => value(row))),
      ...unseen.map((container) => [container, texts.unseen]),
      ...missing.map((container) => [container, texts.notFound]),
    ],
  }
}

function tableColumns(texts: ReportTexts, zone: string, label: string): readonly TableColumn[] {
  const { columns, statuses, yes, no } = texts
  return [
    text(columns.container, ({ position }) => position.container),
    text(columns.status, ({ status }) => statuses[status]),
    text(columns.station, ({ position }) => position.station.name),
    text(columns.road, ({ position }) => position.roadName),
    text(columns.operation, ({ position }) => position.operation),
    time(texts.operated(label), ({ position }) => toWall(position.operatedAt, zone)),
    { header: columns.idleHours, kind: 'decimal', value: idleHours },
    text(columns.origin, ({ position }) => position.origin?.name),
    text(columns.destination, ({ position }) => position.destination?.name),
    { header: columns.kmLeft, kind: 'integer', value: ({ position }) => position.kmLeft ?? undefined },
    { header: columns.forecastDays, kind: 'decimal', value: ({ arrival }) => forecastIn(arrival)?.days },
    { header: columns.forecastDate, kind: 'date', value: (row) => forecastDay(row, zone) },
    time(texts.arrived(label), (row) => arrivedWall(row, zone)),
    text(columns.train, ({ position }) => position.trainNumber),
    text(columns.trainIndex, ({ position }) => position.trainIndex),
    text(columns.wagon, ({ position }) => position.wagon),
    text(columns.waybill, ({ position }) => position.waybill),
    text(columns.containerType, ({ position }) => position.containerType),
    text(columns.loaded, ({ position: { loaded } }) => (loaded === null ? undefined : loaded ? yes : no)),
    text(columns.cargo, ({ position }) => position.cargo),
    time(texts.asOfColumn(label), ({ position }) => toWall(position.asOf, zone)),
    text(columns.note, (row) => noteOf(row, zone, texts)),
  ]
}

function text(header: string, value: (row: ReportRow) => string | null | undefined): TableColumn {
  return { header, kind: 'text', value: (row) => value(row) ?? undefined }
}

function time(header: string, value: (row: ReportRow) => WallTime | undefined): TableColumn {
  return { header, kind: 'dateTime', value }
}

function summaryTable(data: ReportData, facts: ReportFacts, texts: ReportTexts): Table {
  const { rows, unseen, missing, asOf } = data
  const { zone, plannedZone, plannedAt, notes } = facts
  const { parts, statuses } = texts
  const [part, what, count, when] = texts.summaryColumns
  const planned = toWall(plannedAt, plannedZone)
  const onTrip = rows.filter(({ status }) => status !== 'other_trip')
  return {
    name: texts.summary,
    columns: [
      { header: part, kind: 'text' },
      { header: what, kind: 'text' },
      { header: count, kind: 'integer' },
      { header: when, kind: 'dateTime' },
    ],
    rows: [
      [parts.report, texts.asOfLabel(zoneLabel(zone, asOf ?? plannedAt)), undefined, asOf && toWall(asOf, zone)],
      [parts.report, texts.plannedLabel(zoneLabel(plannedZone, plannedAt)), undefined, planned],
      [parts.report, texts.foundCount, rows.length + unseen.length],
      [parts.report, texts.missingCount, missing.length],
      ...notes.map((note) => [parts.report, note]),
      ...countRows(rows, ({ status }) => status).map(([status, n]) => [parts.status, statuses[status], n]),
      ...(unseen.length > 0 ? [[parts.status, texts.unseen, unseen.length]] : []),
      ...countRows(onTrip, ({ position }) => position.station.name).map(([station, n]) => [parts.station, station, n]),
    ],
  }
}
