import { attention } from '@atermtrack/data'
import { type Attention, attentionReasons, formatWall, toWall } from '@atermtrack/domain'
import { type Language, type ReportTexts, stationName } from '@atermtrack/messages'
import { lazyRows, type Sheet, type SheetCell, type SheetColumn } from '@atermtrack/workbook-writer'
import type { ReportData, TableRow } from '../report-data.ts'
import type { TableZone } from './column-set.ts'
import { type ReportFacts, topOf, zoneOf } from './sheet-facts.ts'
import { reasonTones } from './tones.ts'

const dayMs = 86_400_000

/** One container with one reason to look at it. */
export interface Urgent {
  readonly row: TableRow
  readonly attention: Attention
}

/** The containers that need somebody, the most urgent first, among equals those with the oldest reason. */
export function urgentOf(rows: readonly TableRow[]): readonly Urgent[] {
  const rank = (attention: Attention) => attentionReasons.indexOf(attention.reason)
  const time = (attention: Attention) => attention.since?.getTime() ?? Infinity
  return rows
    .flatMap((row) => row.attention.map((attention) => ({ row, attention })))
    .sort(
      (one, other) =>
        rank(one.attention) - rank(other.attention) || compare(time(one.attention), time(other.attention)),
    )
}

/** For how many days a reason has held at the stamp of the container's source, or how late its container is. */
export function urgentDays({ row: { norm, position }, attention: urgent }: Urgent): number | undefined {
  const { reason, since } = urgent
  if (reason === 'late' || reason === 'at_risk')
    return norm.kind === 'late' || norm.kind === 'at_risk' ? norm.days : undefined
  if (!since) return undefined
  const held = attention.heldUntil(urgent, position).getTime() - since.getTime()
  return Math.max(0, Math.round((held / dayMs) * 10) / 10)
}

interface UrgentColumn extends SheetColumn {
  readonly value: (urgent: Urgent) => SheetCell
}

/** For people who have written something about their containers. */
function ownColumns({ columns }: ReportTexts): readonly UrgentColumn[] {
  return [
    { header: columns.order, kind: 'text', value: ({ row }) => row.item?.orderNumber ?? undefined },
    { header: columns.ownNote, kind: 'text', value: ({ row }) => row.item?.note ?? undefined },
  ]
}

/** For people who have decided something about these containers: who is at it, until when it can wait, and why. */
function markColumns({ attentionColumns }: ReportTexts, { zone, label }: TableZone): readonly UrgentColumn[] {
  const { taken, isTaken, later, until, hidden, note } = attentionColumns
  return [
    {
      header: taken,
      kind: 'text',
      value: ({ row: { mark } }) => (mark?.isTaken ? (mark.takenBy ?? isTaken) : undefined),
    },
    {
      header: later(label),
      kind: 'text',
      value: ({ row: { mark } }) => {
        if (mark?.putAway === 'hidden') return hidden
        return mark?.putAway === 'later' && mark.laterUntil
          ? until(formatWall(toWall(mark.laterUntil, zone)))
          : undefined
      },
    },
    { header: note, kind: 'text', value: ({ row: { mark } }) => mark?.note ?? undefined },
  ]
}

/** The sheet of what is late, abandoned, stuck, missing or not picked up: why, since when, what to do. */
export function attentionSheet(data: ReportData, facts: ReportFacts, texts: ReportTexts): Sheet {
  const { zone, label, language } = zoneOf(data, facts)
  const { columns, attentionColumns } = texts
  const urgent = urgentOf(data.rows)
  const list: readonly UrgentColumn[] = [
    { header: columns.container, kind: 'text', value: ({ row }) => row.position.container },
    {
      header: attentionColumns.reason,
      kind: 'text',
      value: ({ attention }) => ({ value: texts.reasons[attention.reason], tone: reasonTones[attention.reason] }),
    },
    {
      header: attentionColumns.since(label),
      kind: 'dateTime',
      value: ({ attention: { since } }) => since && toWall(since, zone),
    },
    { header: attentionColumns.days, kind: 'decimal', value: urgentDays },
    { header: columns.station, kind: 'text', value: ({ row }) => stationName(row.position.station.name, language) },
    { header: columns.destination, kind: 'text', value: ({ row }) => placeOf(row.position.destination, language) },
    { header: attentionColumns.todo, kind: 'text', value: ({ attention }) => texts.todo[attention.reason] },
    { header: columns.client, kind: 'text', value: ({ row }) => row.client },
    ...(urgent.some(({ row }) => row.mark) ? markColumns(texts, { zone, label, language }) : []),
    ...(data.items.size === 0 ? [] : ownColumns(texts)),
  ]
  const top = topOf(data, facts, texts)
  return {
    name: texts.sheets.attention,
    title: top.title,
    lines: [...top.lines, ...(urgent.length === 0 ? [texts.nothingUrgent] : [])],
    columns: list.map(({ header, kind }) => ({ header, kind })),
    ...lazyRows(urgent, (one) => ({ cells: list.map(({ value }) => value(one)) })),
  }
}

function placeOf(station: { readonly name: string } | undefined, language: Language): string | undefined {
  return station && stationName(station.name, language)
}

function compare(one: number, other: number): number {
  return one === other ? 0 : one < other ? -1 : 1
}
