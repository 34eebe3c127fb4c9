import type { ContainerLinks } from '@atermtrack/data'
import {
  type ContainerNumber,
  formatWallDate,
  hasValidCheckDigit,
  type ReportColumn,
  toWall,
  type WallTime,
  zoneLabel,
} from '@atermtrack/domain'
import {
  annotationTexts as texts,
  formatNormKept,
  languages,
  type Language,
  operationName,
  reportTexts,
  roadName,
  stationName,
  zoneMark,
} from '@atermtrack/messages'
import type { TableValue } from '@atermtrack/workbook-writer'
import type { ReportRow } from '../../report/report-data.ts'
import { arrivedWall, forecastDay, idleHours, normDay, noteOf } from '../../report/row-facts.ts'
import type { KnownContainers } from '../known-containers.ts'
import { toLines } from './number-lines.ts'
import type { OwnSet } from './own-columns.ts'
import type { AnnotationPlan, Note, NumberPlace, NumberSheet, Shade, StatusColumn } from './plan.ts'

export interface PlanOptions {
  readonly language: Language
  /** Zone in which the railway's times are shown. */
  readonly zone: string
  readonly now: Date
}

interface Known {
  readonly row: ReportRow | undefined
  readonly links: ContainerLinks | undefined
}

interface ValueColumn extends StatusColumn {
  readonly value: (known: Known) => TableValue | null
}

/** Bold letters are wider, and the button of a filter covers the end of a heading. */
const besideHeading = 3

/** Composes the note beside each row with numbers: the same numbers have the same note in every place. */
export function makePlan(sheets: readonly NumberSheet[], known: KnownContainers, options: PlanOptions): AnnotationPlan {
  const columns = valueColumns(options)
  const notes: Note[] = []
  const indexes = new Map<string, number>()

  function noteOf(row: readonly NumberPlace[]): number {
    const key = row.map(({ text }) => text).join('\n')
    const old = indexes.get(key)
    if (old !== undefined) return old
    const index = notes.push(toRowNote(row, known, columns, options)) - 1
    indexes.set(key, index)
    return index
  }
  return {
    columns: columns.map(({ key, header, kind, width }) => ({
      key,
      header,
      kind,
      width: Math.max(width, header.length + besideHeading),
    })),
    notes,
    sheets: sheets.map(({ index, column, headerRow, moreHeaderRows, own, cells }) => ({
      index,
      column,
      headerRow,
      ...(moreHeaderRows && { moreHeaderRows }),
      own,
      rows: byRow(cells).map((row) => [row[0].rowNumber, noteOf(row)] as const),
    })),
  }
}

/** The columns that are put into a file, in each language, with their headings of now and of before: an annotation without marks is known by them. */
export function ownSets(options: Omit<PlanOptions, 'language'>): readonly OwnSet[] {
  return [headingOf, formerHeadingOf].flatMap((heading) =>
    languages.map((language) =>
      ownColumns.map(({ key, kind, addedIn }) => ({
        key,
        header: heading(key, { ...options, language }),
        kind,
        ...(addedIn && { addedIn }),
      })),
    ),
  )
}

/** The columns that the report has too are headed as they are there. */
const inReport = {
  state: 'status',
  station: 'station',
  road: 'road',
  operation: 'operation',
  operatedAt: 'operatedAt',
  destination: 'destination',
  idleHours: 'idleHours',
  kmLeft: 'kmLeft',
  arrival: 'forecastDate',
  arrivedAt: 'arrivedAt',
  dueAt: 'normDate',
  train: 'train',
  wagon: 'wagon',
  asOf: 'asOf',
} as const satisfies Readonly<Record<string, ReportColumn>>

const timeKeys: ReadonlySet<string> = new Set(['operatedAt', 'arrivedAt', 'asOf'])

type ColumnKey = keyof typeof inReport | 'lateness' | 'terminal'

interface OwnColumn extends Omit<StatusColumn, 'key' | 'header'> {
  readonly key: ColumnKey
  readonly value: (known: Known, options: PlanOptions) => TableValue | null
}

/** The keys stand in the marks of people's files and never change. */
const ownColumns: readonly OwnColumn[] = [
  { key: 'state', kind: 'text', width: 28, value: stateOf },
  {
    key: 'station',
    kind: 'text',
    width: 22,
    value: ({ row }, { language }) => row && stationName(row.position.station.name, language),
  },
  {
    key: 'road',
    kind: 'text',
    width: 18,
    value: ({ row }, { language }) => row?.position.roadName && roadName(row.position.roadName, language),
  },
  {
    key: 'operation',
    kind: 'text',
    width: 30,
    value: ({ row }, { language }) => row && operationName(row.position.operation, language),
  },
  {
    key: 'operatedAt',
    kind: 'dateTime',
    width: 17,
    value: ({ row }, { zone }) => row && toWall(row.position.operatedAt, zone),
  },
  {
    key: 'destination',
    kind: 'text',
    width: 22,
    addedIn: 3,
    value: ({ row }, { language }) => row?.position.destination && stationName(row.position.destination.name, language),
  },
  { key: 'idleHours', kind: 'decimal', width: 9, value: ({ row }) => row && idleHours(row) },
  { key: 'kmLeft', kind: 'integer', width: 10, value: ({ row }) => row?.position.kmLeft },
  { key: 'arrival', kind: 'date', width: 12, value: ({ row }, { zone }) => row && forecastDay(row, zone) },
  {
    key: 'arrivedAt',
    kind: 'dateTime',
    width: 17,
    addedIn: 1,
    value: ({ row }, { zone }) => row && arrivedWall(row, zone),
  },
  { key: 'dueAt', kind: 'date', width: 12, addedIn: 2, value: ({ row }, { zone }) => row && normDay(row, zone) },
  {
    key: 'lateness',
    kind: 'text',
    width: 24,
    addedIn: 2,
    value: ({ row }, { language }) => row && formatNormKept(row.norm, language),
  },
  { key: 'train', kind: 'text', width: 14, value: trainOf },
  { key: 'wagon', kind: 'text', width: 11, value: ({ row }) => row?.position.wagon },
  { key: 'terminal', kind: 'text', width: 24, value: terminalOf },
  { key: 'asOf', kind: 'dateTime', width: 17, value: asOfWall },
]

function valueColumns(options: PlanOptions): readonly ValueColumn[] {
  return ownColumns.map((column) => ({
    ...column,
    header: headingOf(column.key, options),
    value: (known) => column.value(known, options),
  }))
}

function headingOf(key: ColumnKey, { language, zone, now }: PlanOptions): string {
  if (key === 'lateness' || key === 'terminal') return texts[language].columns[key]
  const { columns, inZone } = reportTexts[language]
  const heading = columns[inReport[key]]
  return timeKeys.has(key) ? inZone(heading, zoneMark(zone, now, language)) : heading
}

/** As releases before headed it; a column that they did not have is headed as now. */
function formerHeadingOf(key: ColumnKey, options: PlanOptions): string {
  const former: Readonly<Record<string, string | ((zone: string) => string)>> = texts[options.language].formerColumns
  const heading = former[key] ?? headingOf(key, options)
  return typeof heading === 'string' ? heading : heading(zoneLabel(options.zone, options.now))
}

type RowOfNumbers = readonly [NumberPlace, ...NumberPlace[]]

function byRow(cells: readonly NumberPlace[]): readonly RowOfNumbers[] {
  const rows: [NumberPlace, ...NumberPlace[]][] = []
  for (const place of cells) {
    const last = rows.at(-1)
    if (last?.[0].rowNumber === place.rowNumber) last.push(place)
    else rows.push([place])
  }
  return rows
}

function toRowNote(
  row: readonly NumberPlace[],
  known: KnownContainers,
  columns: readonly ValueColumn[],
  options: PlanOptions,
): Note {
  const numbers = row.map((place) => ({ text: place.text, note: toNote(place, known, columns, options) }))
  const [only, ...others] = numbers
  return only && others.length === 0 ? only.note : toLines(numbers, columns, options.language)
}

/** The colour of the row of a number; undefined for a known number. */
export function shadeOf({ text, isMistyped }: NumberPlace, { rows, links }: KnownContainers): Shade | undefined {
  if (rows.has(text) || links.has(text)) return undefined
  return isMistyped || !hasValidCheckDigit(text as ContainerNumber) ? 'mistyped' : 'unknown'
}

function toNote(
  place: NumberPlace,
  containers: KnownContainers,
  columns: readonly ValueColumn[],
  { language }: PlanOptions,
): Note {
  const { text, isMistyped } = place
  const known = { row: containers.rows.get(text), links: containers.links.get(text) }
  const shade = shadeOf(place, containers)
  if (shade === undefined) return { values: columns.map(({ value }) => value(known) ?? undefined), shade }
  const words = texts[language]
  const what = isMistyped ? words.mistyped : shade === 'mistyped' ? words.wrongDigit : words.unknown
  const numbers = containers.suggestions.get(text)
  return { values: [numbers ? words.perhaps(what, numbers.join(', ')) : what], shade }
}

/** The railway's state comes first: a stay at a terminal may be older. */
function stateOf({ row, links }: Known, { zone, language }: PlanOptions): string | undefined {
  const words = reportTexts[language]
  if (row) return [words.statuses[row.shown], noteOf(row, zone, words)].filter(Boolean).join(': ')
  if (links?.stay) return texts[language].onSite
  if (links?.departure) return texts[language].left
  return links?.train && texts[language].onList(links.train.code)
}

function trainOf({ row, links }: Known): string | undefined {
  return [links?.train?.code, row?.position.trainNumber].filter(Boolean).join(', ') || undefined
}

function asOfWall({ row, links }: Known, { zone }: PlanOptions): WallTime | undefined {
  const asOf = row?.position.asOf ?? (links?.stay ?? links?.departure)?.asOf
  return asOf && toWall(asOf, zone)
}

function terminalOf({ links }: Known, { language }: PlanOptions): string | undefined {
  const words = texts[language]
  const { stay, departure } = links ?? {}
  if (departure) {
    const { terminal, leftWall } = departure
    return leftWall === null ? words.left : words.leftAt(terminal ?? words.onSite, formatWallDate(leftWall))
  }
  if (!stay) return undefined
  const terminal = stay.terminal ?? words.onSite
  return stay.arrivedWall === null ? terminal : words.since(terminal, formatWallDate(stay.arrivedWall))
}
