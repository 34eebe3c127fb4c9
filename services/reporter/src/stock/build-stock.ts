import { type Db, type FoundStock, stockBoxes, stockReports } from '@atermtrack/data'
import {
  actorOf,
  type Access,
  type FreeDays,
  formatWall,
  may,
  type StockFilter,
  toWall,
  zoneLabel,
} from '@atermtrack/domain'
import { aboutStock, escapeWhole, type Language, reportTexts, terminalsTexts } from '@atermtrack/messages'
import { writeWorkbook } from '@atermtrack/workbook-writer'
import type { BuiltWorkbook, WorkbookRequest } from '../report/build-workbooks.ts'
import { reportFileName } from '../report/file-name.ts'
import { stockSheet } from './stock-sheet.ts'

export interface StockDependencies {
  readonly db: Db
  /** Of the reader at this moment. */
  readonly access: Extract<Access, { kind: 'allowed' }>
  readonly scheduleZone: string
  /** Zone of a terminal's own times where its reports name none. */
  readonly terminalZone: string
  /** Storage at terminals without a charge. */
  readonly freeDays: readonly FreeDays[]
}

/** Writes what stands at a terminal now, or what came and left, as a workbook: the containers that fit the question, as far as its reader may see them. */
export async function buildStock(
  { db, access, scheduleZone, terminalZone, freeDays }: StockDependencies,
  report: WorkbookRequest['report'],
): Promise<BuiltWorkbook> {
  const { language, now } = report
  const filter = await stockReports.findFilter(db, report.id)
  const found = await stockBoxes.list(db, filter, { scope: access.scope, freeDays })
  const showsClients = may(actorOf(access, report.group ? 'group' : 'private'), 'read_train_clients')
  const words = terminalsTexts[language].workbook
  const about = aboutStock(filter, language)
  const heading = words.heading(about)
  const lines = captionLines(found, filter, { terminalZone, language })
  const sheet = stockSheet(
    found.boxes,
    { terminalZone, showsClients, showsStorage: freeDays.length > 0, side: filter.moved?.side },
    language,
  )
  return {
    kind: 'built',
    snapshot: undefined,
    html: [`<b>${escapeWhole(heading)}</b>`, ...lines.map(escapeWhole)].join('\n'),
    // Somebody has pressed a button in a chat, and gets the file there.
    letter: undefined,
    file: {
      fileName: reportFileName(words.title, about, toWall(now, scheduleZone)),
      content: await writeWorkbook([{ ...sheet, title: heading, lines }]),
      rowCount: found.boxes.length,
      missing: [],
      asOf: found.report?.asOf,
    },
  }
}

function captionLines(
  { boxes, report, isCut }: FoundStock,
  { moved }: StockFilter,
  { terminalZone, language }: { readonly terminalZone: string; readonly language: Language },
): readonly string[] {
  const { workbook: words } = terminalsTexts[language]
  const zone = report?.zone ?? terminalZone
  const found = moved ? words.movedFound[moved.side] : words.found
  const nothing = moved ? words.nothingMoved : words.nothing
  return [
    ...(report
      ? [reportTexts[language].asOf(formatWall(toWall(report.asOf, zone)), zoneLabel(zone, report.asOf))]
      : []),
    boxes.length === 0 ? nothing : found(boxes.length),
    ...(isCut ? [reportTexts[language].cut(stockBoxes.mostBoxes)] : []),
  ]
}
