import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { escapeWhole, annotationTexts as texts, type Language, reportTexts } from '@atermtrack/messages'
import { countRows, type ReportRow } from '../report/report-data.ts'
import type { AnnotationSummary } from './summary.ts'

export interface CaptionOptions {
  readonly language: Language
  /** Zone in which the railway's times are shown. */
  readonly zone: string
  /** Whole sentences about stale data. */
  readonly warnings: readonly string[]
  /** Whole sentences about what could not be kept. */
  readonly losses: readonly string[]
  /** Names of the files of an archive; none for a single file. */
  readonly files: readonly string[]
  /** Those that could not be completed, each with the reason. */
  readonly skipped: readonly string[]
  /** Added without headings to some sheet. */
  readonly bareColumns: readonly string[]
}

const longest = 1_024
const numbersShown = 5
const namesShown = 3

/** The result for a file as Telegram HTML of at most 1,024 characters: the most important lines stay. */
export function composeAnnotationCaption(summary: AnnotationSummary, options: CaptionOptions): string {
  const { language, losses, files, skipped, bareColumns, warnings } = options
  const words = texts[language]
  const { unknown, mistyped, sheets } = summary
  const lines = [
    `<b>${escapeWhole(headline(summary, language))}</b>`,
    ...asOfLine(summary, options),
    ...[...warnings, ...losses].map(escapeWhole),
    ...statusLines(summary.rows, language),
    ...(unknown.length > 0 ? [escapeWhole(words.unknownNumbers(unknown.length, listed(unknown, language)))] : []),
    ...(mistyped.length > 0 ? [escapeWhole(words.mistypedNumbers(mistyped.length, listed(mistyped, language)))] : []),
    ...(files.length > 0 ? [escapeWhole(words.files(firstOf(files, language)))] : []),
    ...(files.length === 0 && sheets.length > 1 ? [escapeWhole(words.sheets(firstOf(sheets, language)))] : []),
    ...(skipped.length > 0 ? [escapeWhole(words.skipped(firstOf(skipped, language)))] : []),
    ...(bareColumns.length > 0 ? [escapeWhole(words.headings(bareColumns.join(', ')))] : []),
  ]
  return withinLimit(lines).join('\n')
}

function headline({ found, unknown, mistyped }: AnnotationSummary, language: Language): string {
  const words = texts[language]
  return found === 0 ? words.noneFound : words.found(found, found + unknown.length + mistyped.length)
}

function asOfLine({ asOf }: AnnotationSummary, { language, zone }: CaptionOptions): string[] {
  return asOf ? [reportTexts[language].asOf(formatWall(toWall(asOf, zone)), zoneLabel(zone, asOf))] : []
}

function statusLines(rows: readonly ReportRow[], language: Language): string[] {
  return countRows(rows, ({ shown }) => shown).map(
    ([status, n]) => `• ${reportTexts[language].statuses[status]} — ${n}`,
  )
}

function listed(numbers: readonly string[], language: Language): string {
  const more = numbers.length - numbersShown
  return numbers.slice(0, numbersShown).join(', ') + (more > 0 ? texts[language].more(more) : '')
}

function firstOf(names: readonly string[], language: Language): string {
  const more = names.length - namesShown
  return names.slice(0, namesShown).join(', ') + (more > 0 ? texts[language].more(more) : '')
}

function withinLimit(lines: readonly string[]): readonly string[] {
  let left = longest
  return lines.filter((line) => {
    if (line.length + 1 > left) return false
    left -= line.length + 1
    return true
  })
}
