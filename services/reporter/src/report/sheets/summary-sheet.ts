import { arrivalMoment, type ReportSummary, summaryOf } from '@atermtrack/domain'
import { type ReportTexts, stationName } from '@atermtrack/messages'
import type { Sheet, SheetChart, SheetRow } from '@atermtrack/workbook-writer'
import { countRows, type ReportData, type ShownRowStatus } from '../report-data.ts'
import { dayOf } from '../row-facts.ts'
import { trainOf } from '../row-order.ts'
import { type ReportFacts, topOf } from './sheet-facts.ts'
import { statusTones } from './tones.ts'

/** A chart of more columns cannot be read; the days nearest to the data are kept. */
const mostDays = 31

/** Counts the containers of a report that are on the trip which it is about. */
export function summarise({ rows }: Pick<ReportData, 'rows'>, zone: string): ReportSummary<ShownRowStatus> {
  return summaryOf(
    rows.map((row) => {
      const moment = arrivalMoment(row.arrival)
      const isCounted = row.status !== 'other_trip'
      return {
        status: row.shown,
        train: isCounted ? trainOf(row) : undefined,
        arrivalDay: isCounted && moment ? dayOf(moment, zone).slice(0, 10) : undefined,
        hasArrived: row.arrival.kind === 'arrived',
      }
    }),
  )
}

const ended: ReadonlySet<ShownRowStatus> = new Set(['at_destination', 'unloaded', 'issued'])

/** The sheet of counts: by status, by train, by station, and the arrivals by day with their chart. */
export function summarySheet(data: ReportData, facts: ReportFacts, texts: ReportTexts): Sheet {
  const { parts, statuses, summaryColumns: headers } = texts
  const { byStatus, byTrain, arrivals } = summarise(data, facts.zone)
  const onTrip = data.rows.filter(({ status }) => status !== 'other_trip')
  const before: readonly SheetRow[] = [
    ...byStatus.map(([status, n]) => ({
      cells: [parts.status, { value: statuses[status], tone: statusTones[status] }, n],
    })),
    ...(data.unseen.length > 0 ? [{ cells: [parts.status, texts.unseen, data.unseen.length] }] : []),
    ...(data.missing.length > 0 ? [{ cells: [parts.status, texts.notFound, data.missing.length] }] : []),
    ...byTrain.map(({ train, count, byStatus: inTrain }) => {
      const arrived = inTrain.reduce((sum, [status, n]) => sum + (ended.has(status) ? n : 0), 0)
      return { cells: [parts.train, train, count, arrived, count - arrived] }
    }),
    ...countRows(onTrip, ({ position }) => position.station.name).map(([station, n]) => ({
      cells: [parts.station, stationName(station, facts.language), n],
    })),
  ]
  const days: readonly SheetRow[] = arrivals.map(({ day, arrived, expected }) => ({
    cells: [parts.arrival, shortDay(day), arrived + expected, arrived, expected],
  }))
  const rows = [...before, ...days].map((row, index, all) => ({
    ...row,
    beginsGroup: index > 0 && row.cells[0] !== all[index - 1]?.cells[0],
  }))
  return {
    name: texts.sheets.summary,
    ...topOf(data, facts, texts),
    columns: [
      { header: headers.part, kind: 'text' },
      { header: headers.what, kind: 'text' },
      { header: headers.count, kind: 'integer' },
      { header: headers.arrived, kind: 'integer' },
      { header: headers.expected, kind: 'integer' },
    ],
    rows,
    rowCount: rows.length,
    chart: chartOf(days, before.length, texts),
  }
}

function chartOf(days: readonly SheetRow[], firstRow: number, texts: ReportTexts): SheetChart | undefined {
  if (days.length === 0) return undefined
  const skipped = Math.max(0, days.length - mostDays)
  return {
    title: texts.chartTitle,
    category: 1,
    series: [3, 4],
    firstRow: firstRow + skipped,
    rows: days.slice(skipped),
  }
}

/** `dd.mm.yyyy` */
function shortDay(day: string): string {
  return `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`
}
