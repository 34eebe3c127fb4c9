import type { ContainerTies } from '@atermtrack/data'
import { type ContainerNumber, formatWallDate, hasValidCheckDigit, toWall, zoneLabel } from '@atermtrack/domain'
import { annotationTexts as texts, languages, type Language, reportTexts } from '@atermtrack/messages'
import type { PictureRow } from '../../report/picture.ts'
import { arrivedWall, forecastDay, idleHours, noteOf } from '../../report/row-facts.ts'
import type { TableValue } from '../../report/to-cell.ts'
import type { KnownContainers } from '../known-containers.ts'
import { toLines } from './number-lines.ts'
import type { OwnSet } from './own-columns.ts'
import type { AnnotationPlan, Note, NumberPlace, NumberSheet, Shade, StatusColumn } from './plan.ts'

export interface PlanOptions {
  readonly language: Language
  /** In which the railway's times are shown. */
  readonly zone: string
  readonly now: Date
}

interface Known {
  readonly row: PictureRow | undefined
  readonly ties: ContainerTies | undefined
}

interface ValueColumn extends StatusColumn {
  readonly value: (known: Known) => TableValue | null
}

/** Bold letters are wider, and the button of a filter covers the end of a heading. */
const besideHeading = 3

/** What goes beside each row with numbers of a file: the same numbers have the same note wherever they stand. */
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
    columns: columns.map(({ header, kind, width }) => ({
      header,
      kind,
      width: Math.max(width, header.length + besideHeading),
    })),
    notes,
    sheets: sheets.map(({ index, column, headerRow, own, cells }) => ({
      index,
      column,
      headerRow,
      own,
      rows: byRow(cells).map((row) => [row[0].rowNumber, noteOf(row)] as const),
    })),
  }
}

/** The columns that are put into a file, in each language: by them an earlier annotation is known. */
export function ownSets(options: Omit<PlanOptions, 'language'>): readonly OwnSet[] {
  return languages.map((language) =>
    valueColumns({ ...options, language }).map(({ header, kind, isLater }) => ({
      header,
      kind,
      ...(isLater && { isLater }),
    })),
  )
}

function valueColumns({ language, zone, now }: PlanOptions): readonly ValueColumn[] {
  const words = texts[language]
  const { columns } = words
  const label = zoneLabel(zone, now)
  return [
    { header: columns.state, kind: 'text', width: 28, value: (known) => stateOf(known, zone, language) },
    { header: columns.station, kind: 'text', width: 22, value: ({ row }) => row?.position.station.name },
    { header: columns.road, kind: 'text', width: 18, value: ({ row }) => row?.position.roadName },
    { header: columns.operation, kind: 'text', width: 30, value: ({ row }) => row?.position.operation },
    {
      header: columns.operatedAt(label),
      kind: 'dateTime',
      width: 17,
      value: ({ row }) => row && toWall(row.position.operatedAt, zone),
    },
    {
      header: columns.idleHours,
      kind: 'decimal',
      width: 9,
      value: ({ row }) => row && idleHours(row),
    },
    { header: columns.kmLeft, kind: 'integer', width: 10, value: ({ row }) => row?.position.kmLeft },
    {
      header: columns.arrival,
      kind: 'date',
      width: 12,
      value: ({ row }) => row && forecastDay(row, zone),
    },
    {
      header: columns.arrivedAt(label),
      kind: 'dateTime',
      width: 17,
      isLater: true,
      value: ({ row }) => row && arrivedWall(row, zone),
    },
    { header: columns.train, kind: 'text', width: 14, value: trainOf },
    { header: columns.wagon, kind: 'text', width: 11, value: ({ row }) => row?.position.wagon },
    { header: columns.terminal, kind: 'text', width: 24, value: (known) => terminalOf(known, language) },
    {
      header: columns.asOf(label),
      kind: 'dateTime',
      width: 17,
      value: ({ row, ties }) => {
        const asOf = row?.position.asOf ?? ties?.stay?.asOf
        return asOf && toWall(asOf, zone)
      },
    },
  ]
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

/** How the row of a number is coloured; undefined for one of which something is known. */
export function shadeOf({ text, isMistyped }: NumberPlace, { rows, ties }: KnownContainers): Shade | undefined {
  if (rows.has(text) || ties.has(text)) return undefined
  return isMistyped || !hasValidCheckDigit(text as ContainerNumber) ? 'mistyped' : 'unknown'
}

function toNote(
  place: NumberPlace,
  containers: KnownContainers,
  columns: readonly ValueColumn[],
  { language }: PlanOptions,
): Note {
  const { text, isMistyped } = place
  const known = { row: containers.rows.get(text), ties: containers.ties.get(text) }
  const shade = shadeOf(place, containers)
  if (shade === undefined) return { values: columns.map(({ value }) => value(known) ?? undefined), shade }
  const words = texts[language]
  const what = isMistyped ? words.mistyped : shade === 'mistyped' ? words.wrongDigit : words.unknown
  const numbers = containers.suggestions.get(text)
  return { values: [numbers ? words.perhaps(what, numbers.join(', ')) : what], shade }
}

/** The railway's word comes first: a stay at a terminal may be older. */
function stateOf({ row, ties }: Known, zone: string, language: Language): string | undefined {
  const words = reportTexts[language]
  if (row) return [words.statuses[row.status], noteOf(row, zone, words)].filter(Boolean).join(': ')
  if (ties?.stay) return texts[language].onSite
  return ties?.train && texts[language].onList(ties.train.code)
}

function trainOf({ row, ties }: Known): string | undefined {
  return [ties?.train?.code, row?.position.trainNumber].filter(Boolean).join(', ') || undefined
}

function terminalOf({ ties }: Known, language: Language): string | undefined {
  const stay = ties?.stay
  if (!stay) return undefined
  const words = texts[language]
  const terminal = stay.terminal ?? words.onSite
  return stay.arrivedWall === null ? terminal : words.since(terminal, formatWallDate(stay.arrivedWall))
}
