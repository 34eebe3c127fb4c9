import { broadcasts, type Db } from '@atermtrack/data'
import { toWall, zoneLabel } from '@atermtrack/domain'
import { escapeWhole, unreachedTexts as texts } from '@atermtrack/messages'
import { type SheetColumn, type TableValue, tableSheet, writeWorkbook } from '@atermtrack/workbook-writer'
import type { BuiltWorkbook, WorkbookRequest } from '../report/build-workbooks.ts'
import { reportFileName } from '../report/file-name.ts'

export interface UnreachedDependencies {
  readonly db: Db
  /** Zone of the times in the workbook. */
  readonly scheduleZone: string
}

/** More rows than a sheet comfortably holds; the caption says when it is cut. */
const mostRows = 100_000

type Words = (typeof texts)['ru']

interface Column extends SheetColumn {
  readonly value: (row: broadcasts.Unreached) => TableValue
}

/** Writes the workbook of those whom a broadcast did not reach, with the reason for each. */
export async function buildUnreached(
  { db, scheduleZone: zone }: UnreachedDependencies,
  { id, language, now }: WorkbookRequest['report'],
): Promise<BuiltWorkbook> {
  const words = texts[language]
  const found = await broadcasts.listUnreached(db, id, { limit: mostRows + 1 })
  const rows = found.slice(0, mostRows)
  const columns = columnsOf(words, zone, now)
  const sheet = tableSheet(
    words.sheet,
    columns.map(({ header, kind }) => ({ header, kind })),
    rows.map((row) => columns.map(({ value }) => value(row))),
  )
  const cut = found.length > mostRows ? [words.cut(mostRows)] : []
  return {
    kind: 'built',
    snapshot: undefined,
    letter: undefined,
    html: [`<b>${escapeWhole(words.caption(rows.length))}</b>`, ...cut.map(escapeWhole)].join('\n'),
    file: {
      fileName: reportFileName(words.title, undefined, toWall(now, zone)),
      content: await writeWorkbook([sheet]),
      rowCount: rows.length,
      missing: [],
      asOf: undefined,
    },
  }
}

function columnsOf({ columns, at, reasons }: Words, zone: string, now: Date): readonly Column[] {
  return [
    { header: columns.name, kind: 'text', value: ({ name }) => name ?? undefined },
    { header: columns.username, kind: 'text', value: ({ username }) => username ?? undefined },
    { header: columns.id, kind: 'text', value: ({ telegramId }) => String(telegramId) },
    { header: columns.company, kind: 'text', value: ({ company }) => company ?? undefined },
    { header: columns.reason, kind: 'text', value: ({ status }) => reasons[status as keyof Words['reasons']] },
    {
      header: at(zoneLabel(zone, now)),
      kind: 'dateTime',
      value: ({ finishedAt }) => (finishedAt ? toWall(finishedAt, zone) : undefined),
    },
    { header: columns.answer, kind: 'text', value: ({ error }) => error ?? undefined },
  ]
}
