import { explainStatus, factsOf, type Mention, type PositionView, type ProvenanceRow } from '@atermtrack/data'
import { clipText, idleMinutes } from '@atermtrack/domain'
import {
  bold,
  escapeHtml,
  formatExact,
  kindName,
  type Language,
  lookupTexts,
  operationName,
  provenanceTexts as texts,
  reasonSentence,
  stationName,
  workbooksTexts,
} from '@atermtrack/messages'
import type { View } from '../../routing/view.ts'
import { countPages, pageRow } from '../../text/pages.ts'
import { openCard } from '../lookup/actions.ts'
import type { ViewSettings } from '../lookup/view-settings.ts'
import { openWorkbook } from '../workbooks/actions.ts'
import * as actions from './actions.ts'

/** With all names at their longest a page stays within one message. */
export const filesPerPage = 4
const rowsOfFile = 2
const numbersOfFile = 12
const longest = { fileName: 60, sheet: 31, name: 50, reason: 150 }

export interface ProvenancePlace {
  readonly container: string
  readonly list: number | undefined
  readonly page: number
}

interface Found {
  readonly position: PositionView | undefined
  readonly origin: FileRow | undefined
  readonly mentions: readonly Mention[]
  readonly total: number
  readonly page: number
}

interface FileRow {
  readonly id: number
  readonly fileName: string
  readonly sheet: string | null
  readonly rowNumber: number
}

interface Reader {
  readonly language: Language
  readonly settings: ViewSettings
  /** Zone of the times of files that name none. */
  readonly zone: string
}

/** Why the status of a container is what it is, and a page of the files that speak of it. */
export function provenanceView(
  { container, list }: Omit<ProvenancePlace, 'page'>,
  { position, origin, mentions, total, page }: Found,
  reader: Reader,
): View {
  const words = texts[reader.language]
  const pages = countPages(total, filesPerPage)
  return {
    html: [
      words.title(container),
      ...(position ? statusLines(position, reader) : [words.noPosition]),
      ...(origin ? [words.from(placeOf(origin, reader.language))] : []),
      '',
      total === 0 ? words.noFiles : words.files(total),
      ...mentions.flatMap((mention) => ['', ...mentionLines(mention, reader)]),
    ].join('\n'),
    keyboard: {
      inline_keyboard: [
        ...pageRow({ page, pages }, (target) => actions.showProvenance.data({ container, list, page: target })),
        mentions.map(({ id }) => openWorkbook.button(`📄 №${id}`, { workbookId: id })),
        ...(position ? [[openCard.button(words.backToCard, { container, list })]] : []),
      ].filter((row) => row.length > 0),
    },
  }
}

function statusLines(position: PositionView, { language, settings }: Reader): readonly string[] {
  const words = texts[language]
  const { rule, absence } = explainStatus(position, settings)
  const facts = factsOf(position, settings)
  const reason = words.rules[rule]({
    operation: escapeHtml(operationName(position.operation, language), longest.name),
    station: escapeHtml(stationName(position.station.name, language), longest.name),
    idleMinutes: idleMinutes({ operatedAt: position.operatedAt, stampAt: position.asOf }),
    standingAfterMinutes: settings.standingAfterMinutes,
  })
  const since = position.missingSince && formatExact(position.missingSince, { zone: position.zone, language })
  const status = words.state(lookupTexts[language].status[facts.status])
  if (absence === undefined) return [status, words.why(reason)]
  return [status, words.why(words.absences[absence](since ?? '')), words.before(reason)]
}

function mentionLines(mention: Mention, { language, zone }: Reader): readonly string[] {
  const words = texts[language]
  const { id, fileName, kind, status, reason, stamp, receivedAt, rows } = mention
  // The status says already what this reason says.
  const isSaid = reason === null || reason === 'older_stamp'
  const why = isSaid ? '' : `: ${escapeHtml(reasonSentence(reason, language, mention), longest.reason)}`
  const time = stamp
    ? words.formed(formatExact(stamp, { zone: mention.zone ?? zone, language }))
    : words.received(formatExact(receivedAt, { zone, language }))
  return [
    `📄 ${bold(clip(fileName))} №${id}`,
    `${kindName(kind, language)}, ${time}`,
    `${workbooksTexts[language].statuses[status]}${why}`,
    ...(rows === undefined ? [words.notKept] : rowLines(rows, mention, { language, zone })),
  ]
}

function rowLines(
  rows: readonly ProvenanceRow[],
  { zone: own }: Mention,
  { language, zone }: Pick<Reader, 'language' | 'zone'>,
): readonly string[] {
  const words = texts[language]
  const others = rows.slice(rowsOfFile).map(({ rowNumber }) => rowNumber)
  const lines = rows.slice(0, rowsOfFile).map(({ sheet, rowNumber, says }) => {
    const place = words.place(sheet === undefined ? undefined : escapeHtml(sheet, longest.sheet), rowNumber)
    return `• ${place}: ${saying(says, own ?? zone, language)}`
  })
  const rest = Math.max(0, others.length - numbersOfFile)
  return others.length === 0 ? lines : [...lines, words.moreRows(others.slice(0, numbersOfFile), rest)]
}

function saying(says: ProvenanceRow['says'], zone: string, language: Language): string {
  const words = texts[language]
  const name = (text: string) => escapeHtml(text, longest.name)
  if (says.kind === 'train') return words.inTrain(name(says.train))
  const time = says.at && formatExact(says.at, { zone, language })
  if (says.kind === 'operation') return [name(says.operation), name(says.station), time].filter(Boolean).join(', ')
  const terminal = says.terminal === undefined ? words.atUnnamedTerminal : words.atTerminal(name(says.terminal))
  return [terminal, time].filter(Boolean).join(', ')
}

function placeOf({ id, fileName, sheet, rowNumber }: FileRow, language: Language): string {
  const place = texts[language].place(sheet === null ? undefined : escapeHtml(sheet, longest.sheet), rowNumber)
  return `${bold(clip(fileName))} №${id}, ${place}`
}

function clip(fileName: string): string {
  return clipText(fileName, longest.fileName)
}
