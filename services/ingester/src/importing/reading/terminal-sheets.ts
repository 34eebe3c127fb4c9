import { encodeTerminalVisit } from '@atermtrack/data/staging'
import { createTerminalParser, findTerminalHeader, latestTime, terminalSheetKind } from '@atermtrack/domain'
import type { DigestRequest } from '../workbook-digest.ts'
import { createLineChunks } from './line-chunks.ts'
import type { SheetInfo } from '@atermtrack/workbook-reader'
import { inSheet, type SheetReader } from './sheet-reader.ts'
import { isParty } from './is-party.ts'
import { readTitles, type Titles } from './titles.ts'

/** Warnings of all sheets together that are kept in full. */
const warningsKept = 200

/** Reads all the sheets of a terminal report as one. */
export function createTerminalReader({ terminalZone: zone, fileName, receivedAt }: DigestRequest): SheetReader {
  const latest = latestTime(receivedAt)
  const chunks: Uint8Array[] = []
  const lines = createLineChunks('', (chunk) => chunks.push(chunk))
  const containers = new Set<string>()
  const sheets: { readonly info: SheetInfo; readonly parser: ReturnType<typeof createTerminalParser> }[] = []
  const missing = new Set<string>()
  const unknownColumns = new Set<string>()
  let titles: Titles | undefined
  let rowCount = 0
  let namesParties = false

  return {
    open({ info, rows: head }) {
      const header = findTerminalHeader(head.map(({ cells }) => cells))
      if (!header) return undefined
      const headerRow = head[header.headerRow - 1]?.rowNumber ?? 0
      titles ??= readTitles(head.slice(0, header.headerRow - 1), { fileName, zone })
      for (const label of header.missing) missing.add(label)
      for (const label of header.unknown) unknownColumns.add(label)
      const sheetKind = terminalSheetKind(info.name)
      const parser = createTerminalParser({ columns: header.columns, noteEnd: header.noteEnd, zone, sheetKind, latest })
      sheets.push({ info, parser })
      return ({ rowNumber, cells }) => {
        if (rowNumber <= headerRow || header.missing.length > 0) return
        const visit = parser.row(rowNumber, cells)
        if (!visit) return
        rowCount += 1
        namesParties ||= [visit.client, visit.shortName, visit.inn].some(isParty)
        containers.add(visit.container)
        lines.add(encodeTerminalVisit(visit, info.name))
      }
    },
    digest: () => ({
      kind: 'terminal_report',
      stamp: titles?.stamp,
      reportNumber: '',
      missing: [...missing],
      unknownColumns: [...unknownColumns],
      rowCount,
      namesParties,
      containers: [...containers],
      skippedCount: sheets.reduce((sum, { parser }) => sum + parser.skippedCount(), 0),
      futureCount: sheets.reduce((sum, { parser }) => sum + parser.futureCount(), 0),
      warnings: sheets.flatMap(({ info, parser }) => inSheet(info, parser.warnings)).slice(0, warningsKept),
      contentHash: lines.end(),
      chunks,
    }),
  }
}
