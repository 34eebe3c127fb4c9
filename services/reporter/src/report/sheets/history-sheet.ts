import type { MovementView } from '@atermtrack/data'
import { toWall } from '@atermtrack/domain'
import { operationName, type ReportTexts, roadName, stationName } from '@atermtrack/messages'
import { lazyRows, type Sheet, type SheetColumn, type TableValue } from '@atermtrack/workbook-writer'
import type { TableZone } from './column-set.ts'

interface HistoryColumn extends SheetColumn {
  readonly value: (row: MovementView) => TableValue
}

/** The sheet of the containers' operations, the newest operation of each first. */
export function historySheet(rows: readonly MovementView[], at: TableZone, texts: ReportTexts): Sheet {
  const columns = historyColumns(texts, at)
  return {
    name: texts.sheets.history,
    columns: columns.map(({ header, kind }) => ({ header, kind })),
    ...lazyRows(rows, (row) => ({ cells: columns.map(({ value }) => value(row)) })),
  }
}

function historyColumns(texts: ReportTexts, { zone, label, language }: TableZone): readonly HistoryColumn[] {
  const { columns } = texts
  return [
    text(columns.container, ({ container }) => container),
    {
      header: texts.tripStarted(label),
      kind: 'dateTime',
      value: ({ tripStartedAt }) => (tripStartedAt === null ? undefined : toWall(tripStartedAt, zone)),
    },
    text(columns.waybill, ({ waybill }) => waybill),
    {
      header: texts.inZone(columns.operatedAt, label),
      kind: 'dateTime',
      value: ({ operatedAt }) => toWall(operatedAt, zone),
    },
    text(columns.station, ({ station }) => stationName(station, language)),
    text(columns.road, ({ roadName: road }) => road && roadName(road, language)),
    text(columns.operation, ({ operation }) => operationName(operation, language)),
    { header: columns.kmLeft, kind: 'integer', value: ({ kmLeft }) => kmLeft ?? undefined },
    text(columns.train, ({ trainNumber }) => trainNumber),
    text(columns.trainIndex, ({ trainIndex }) => trainIndex),
    text(columns.wagon, ({ wagon }) => wagon),
  ]
}

function text(header: string, value: (row: MovementView) => string | null): HistoryColumn {
  return { header, kind: 'text', value: (row) => value(row) ?? undefined }
}
