import { type Compared, type Difference, formatWall, toWall } from '@atermtrack/domain'
import { type ReportTexts, stationName, zoneMark } from '@atermtrack/messages'
import { lazyRows, type Sheet } from '@atermtrack/workbook-writer'
import type { ReportData } from '../report-data.ts'
import { type ReportFacts, topOf } from './sheet-facts.ts'

/** The changes since the last report to the same reader. */
export interface ReportChanges {
  /** When that report was made. */
  readonly since: Date
  /** The most important first. */
  readonly differences: readonly Difference[]
}

/** The sheet of what differs from the last report: old and new value. `changes` is undefined for a first report. */
export function changesSheet(
  data: ReportData,
  changes: ReportChanges | undefined,
  facts: ReportFacts,
  texts: ReportTexts,
): Sheet {
  const { columns, changesColumns } = texts
  const rows = new Map(data.rows.map((row) => [row.position.container, row]))
  const differences = changes?.differences ?? []
  return {
    name: texts.sheets.changes,
    title: topOf(data, facts, texts).title,
    lines: [comparison(changes, facts, texts)],
    columns: [columns.container, ...Object.values(changesColumns), columns.station, columns.client, columns.order].map(
      (header) => ({ header, kind: 'text' }),
    ),
    ...lazyRows(differences, (difference) => {
      const row = rows.get(difference.container)
      return {
        cells: [
          difference.container,
          texts.changes[difference.kind],
          difference.before && shown(difference, difference.before, facts, texts),
          difference.after && shown(difference, difference.after, facts, texts),
          sizeOf(difference, texts),
          row && stationName(row.position.station.name, facts.language),
          row?.client,
          (row?.item ?? data.items.get(difference.container))?.orderNumber ?? undefined,
        ],
      }
    }),
  }
}

function comparison(
  changes: ReportChanges | undefined,
  { plannedZone, language }: ReportFacts,
  texts: ReportTexts,
): string {
  if (!changes) return texts.firstReport
  const { since, differences } = changes
  const compared = texts.since(formatWall(toWall(since, plannedZone)), zoneMark(plannedZone, since, language))
  return differences.length === 0 ? `${compared}. ${texts.nothingChanged}` : compared
}

/** By how much something changed: kilometres, or a time; undefined where nothing can be measured. */
export function sizeOf({ kind, size }: Difference, texts: ReportTexts): string | undefined {
  if (size === undefined || size === 0) return undefined
  return kind === 'forecast_moved' ? texts.forecastBy(size) : texts.movedBy(size)
}

function shown({ kind }: Difference, value: Compared, { zone, language }: ReportFacts, texts: ReportTexts): string {
  if (value.kind === 'status') return texts.statuses[value.status]
  if (value.kind === 'moment') return formatWall(toWall(value.at, zone))
  if (value.kind === 'km') return String(value.km)
  return kind === 'wagon_changed' || kind === 'train_changed' ? value.text : stationName(value.text, language)
}
