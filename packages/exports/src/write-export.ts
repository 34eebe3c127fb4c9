import { type Db, type ExportAsk, type ExportValue, listExportRows } from '@atermtrack/data'
import { exportColumns, type ExportColumnType, zoneLabel } from '@atermtrack/domain'
import { type AuditReader, dayText, exportTexts, type Language } from '@atermtrack/messages'
import {
  type ColumnKind,
  type FileLimits,
  type SheetColumn,
  type StreamedFile,
  streamWorkbooks,
  type TableValue,
} from '@atermtrack/workbook-writer'
import { createAuditCell, isAuditPart } from './audit-cells.ts'

export interface ExportReading {
  readonly language: Language
  /** The moment whose offset names the zone. */
  readonly now: Date
}

/** An export in words: its title, its days, and the zone in which they and all times are meant. */
export interface ExportAbout {
  readonly title: string
  readonly days: string
  readonly times: string
}

export function describeExport(
  { kind, period, zone }: Pick<ExportAsk, 'kind' | 'period' | 'zone'>,
  { language, now }: ExportReading,
): ExportAbout {
  const words = exportTexts[language]
  return {
    title: words.title(words.kinds[kind]),
    days: words.days(period.from && dayText(period.from, language), period.until && dayText(period.until, language)),
    times: words.times(zoneLabel(zone, now)),
  }
}

/**
 * Writes an export as workbooks, one after the other; usually there is one. Needs a transaction, from which the rows are read while they are
 * written: memory does not grow with their number.
 */
export function writeExport(
  tx: Db,
  ask: ExportAsk,
  reading: ExportReading,
  limits?: FileLimits,
): AsyncGenerator<StreamedFile, undefined> {
  const { language } = reading
  const { title, days, times } = describeExport(ask, reading)
  const types = Object.entries<ExportColumnType>(exportColumns[ask.kind])
  const headings: Readonly<Record<string, string>> = exportTexts[language].columns[ask.kind]
  const columns = types.map(([name, type]): SheetColumn => ({ header: headings[name] ?? name, kind: kindOf(type) }))
  const sheet = { name: exportTexts[language].kinds[ask.kind], title, lines: [days, times], columns }
  const batches = toCells(
    listExportRows(tx, ask),
    types.map(([, type]) => createCell(type, { language, zone: ask.zone })),
  )
  return streamWorkbooks({ ...sheet, batches }, limits)
}

async function* toCells(
  batches: AsyncIterable<readonly (readonly ExportValue[])[]>,
  cells: readonly ((value: ExportValue) => TableValue)[],
): AsyncGenerator<readonly (readonly TableValue[])[]> {
  for await (const rows of batches) yield rows.map((row) => cells.map((toCell, place) => toCell(row[place])))
}

function kindOf(type: ExportColumnType): ColumnKind {
  if (type === 'moment') return 'dateTime'
  return type === 'integer' || type === 'date' ? type : 'text'
}

function createCell(type: ExportColumnType, reader: AuditReader): (value: ExportValue) => TableValue {
  if (type === 'integer') return (value) => (typeof value === 'number' ? value : undefined)
  if (type === 'text' || type === 'date' || type === 'moment') return plainCell
  if (isAuditPart(type)) return createAuditCell(type, reader)
  const words: Readonly<Record<string, string>> = exportTexts[reader.language].words[type]
  return (value) => {
    if (value === undefined) return undefined
    const code = String(value)
    return Object.hasOwn(words, code) ? words[code] : code
  }
}

function plainCell(value: ExportValue): TableValue {
  return typeof value === 'boolean' ? String(value) : value
}
