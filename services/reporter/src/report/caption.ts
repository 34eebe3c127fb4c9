import { formatWall, toWall, zoneLabel } from '@atermtrack/domain'
import { escapeWhole, type ReportTexts } from '@atermtrack/messages'
import { countRows, type ReportData } from './report-data.ts'

export interface Caption {
  /** Telegram HTML, at most 1,024 characters as shown. */
  readonly html: string
  /** The same for an e-mail. */
  readonly plain: string
}

export interface CaptionFacts {
  readonly name: string | undefined
  readonly zone: string
  readonly notes: readonly string[]
}

const longest = 1_024
const numbersShown = 5

/** Says what the workbook holds and how old it is, and warns the reader. */
export function composeCaption(data: ReportData, { name, zone, notes }: CaptionFacts, texts: ReportTexts): Caption {
  const { rows, unseen, missing, asOf } = data
  const found = rows.length + unseen.length
  const lines = [
    ...(asOf ? [texts.asOf(formatWall(toWall(asOf, zone)), zoneLabel(zone, asOf))] : []),
    found === 0 ? texts.noData : texts.found(found, found + missing.length),
    ...notes,
    ...countRows(rows, ({ status }) => status).map(([status, n]) => `• ${texts.statuses[status]} — ${n}`),
    ...(unseen.length > 0 ? [`• ${texts.unseen} — ${unseen.length}`] : []),
    ...(missing.length === 0
      ? []
      : [texts.missing(missing.slice(0, numbersShown).join(', '), missing.length - numbersShown)]),
  ]
  const heading = texts.heading(name)
  const shown = cut(heading, longest - lines.join('\n').length - 1)
  return {
    html: [`<b>${escapeWhole(shown)}</b>`, ...lines.map(escapeWhole)].join('\n'),
    plain: [heading, ...lines].join('\n'),
  }
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return `${text.slice(0, length - 1).replace(/\p{Cs}/gu, '')}…`
}
