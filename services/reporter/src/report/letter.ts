import { forecastIn, formatWall, formatWallDate, type WallTime } from '@atermtrack/domain'
import { escapeHtml, escapeWhole, type Language, type ReportTexts, stationName } from '@atermtrack/messages'
import type { Caption } from './caption.ts'
import type { ReportData, TableRow } from './report-data.ts'
import { daysStill, forecastDay } from './row-facts.ts'
import { urgentDays, urgentOf } from './sheets/attention-sheet.ts'

/** A report as an e-mail, as text and as HTML with the key table. */
export interface Letter {
  readonly subject: string
  readonly text: string
  /** Undefined for a letter of text alone. */
  readonly html: string | undefined
}

/** A letter stays short: the workbook that goes along holds everything. */
const mostRows = 50
const mostUrgent = 20
const longestAlt = 1_000

/** Names the picture of a letter within its mail. */
export const mailPictureId = 'map'

const cellStyle = 'padding:4px 8px;border-bottom:1px solid #d9d9d9;text-align:left;vertical-align:top'

/** Composes the e-mail of a report. `planned` is the local time of its slot. */
export function composeLetter(
  data: ReportData,
  {
    caption,
    planned,
    zone,
    language,
    pictureText,
  }: {
    readonly caption: Caption
    readonly planned: WallTime
    readonly zone: string
    readonly language: Language
    /** The picture that goes along, in words; undefined where there is none. */
    readonly pictureText?: string | undefined
  },
  texts: ReportTexts,
): Letter {
  const { heading, lines } = caption
  const tables = [urgentTable(data, language, texts), keyTable(data, { zone, language }, texts)]
  const html = [
    `<div style="font-family:Calibri,Arial,sans-serif;font-size:15px;color:#000">`,
    `<h2 style="font-size:18px;margin:0 0 8px">${escapeWhole(heading)}</h2>`,
    `<p style="margin:0 0 12px">${lines.map(escapeWhole).join('<br>')}</p>`,
    ...(pictureText === undefined ? [] : [imageOf(pictureText)]),
    ...tables,
    `<p>${escapeHtml(texts.attached)}</p></div>`,
  ].join('\n')
  return {
    subject: texts.subject(heading, formatWall(planned)),
    text: [[heading, ...lines].join('\n'), texts.attached].join('\n\n'),
    html,
  }
}

/** Shows the words where a mail program shows no pictures. */
function imageOf(words: string): string {
  return `<p style="margin:0 0 12px"><img src="cid:${mailPictureId}" width="400" alt="${escapeHtml(words, longestAlt)}" style="max-width:100%;height:auto"></p>`
}

/** The HTML of a letter whose picture is not kept any more. */
export function withoutPicture(html: string): string {
  return html.replace(/<p [^>]*><img src="cid:map"[^>]*><\/p>\n?/, '')
}

function urgentTable(data: ReportData, language: Language, texts: ReportTexts): string {
  const urgent = urgentOf(data.rows)
  if (urgent.length === 0) return ''
  const { columns, attentionColumns, reasons, todo } = texts
  return tableOf(
    texts.sheets.attention,
    [columns.container, attentionColumns.reason, attentionColumns.days, columns.station, attentionColumns.todo],
    urgent
      .slice(0, mostUrgent)
      .map((one) => [
        one.row.position.container,
        reasons[one.attention.reason],
        numberText(urgentDays(one)),
        stationName(one.row.position.station.name, language),
        todo[one.attention.reason],
      ]),
    { all: urgent.length, texts },
  )
}

function keyTable(
  { rows }: ReportData,
  { zone, language }: { readonly zone: string; readonly language: Language },
  texts: ReportTexts,
): string {
  if (rows.length === 0) return ''
  const { columns, statuses } = texts
  const list: readonly (readonly [header: string, value: (row: TableRow) => string | undefined])[] = [
    [columns.container, ({ position }) => position.container],
    [columns.status, ({ shown }) => statuses[shown]],
    [columns.station, ({ position }) => stationName(position.station.name, language)],
    [columns.destination, ({ position: { destination } }) => destination && stationName(destination.name, language)],
    [columns.kmLeft, ({ position }) => numberText(position.kmLeft)],
    [columns.forecastDate, (row) => forecastText(row, zone)],
    [columns.daysStill, (row) => numberText(daysStill(row))],
    [columns.daysLate, ({ norm }) => (norm.kind === 'late' ? String(norm.days) : undefined)],
  ]
  return tableOf(
    texts.sheets.all,
    list.map(([header]) => header),
    rows.slice(0, mostRows).map((row) => list.map(([, value]) => value(row))),
    { all: rows.length, texts },
  )
}

function forecastText(row: TableRow, zone: string): string | undefined {
  const day = forecastIn(row.arrival) && forecastDay(row, zone)
  return day && formatWallDate(day as WallTime)
}

function numberText(value: number | null | undefined): string | undefined {
  return value === null || value === undefined ? undefined : String(value)
}

function tableOf(
  title: string,
  headers: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
  { all, texts }: { readonly all: number; readonly texts: ReportTexts },
): string {
  const cells = (tag: 'td' | 'th', values: readonly (string | undefined)[]) =>
    `<tr>${values.map((value) => `<${tag} style="${cellStyle}">${escapeHtml(value ?? '')}</${tag}>`).join('')}</tr>`
  const more = all > rows.length ? `<p>${escapeHtml(texts.more(all - rows.length))}</p>` : ''
  return `<h3 style="font-size:15px;margin:16px 0 4px">${escapeHtml(title)}</h3><table style="border-collapse:collapse;font-size:13px">${cells(
    'th',
    headers,
  )}${rows.map((row) => cells('td', row)).join('')}</table>${more}`
}
