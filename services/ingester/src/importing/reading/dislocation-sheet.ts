// Not the whole package: a reader has no business with the database, whose client takes memory and long to load.
import { encodeDislocationRow } from '@atermtrack/data/staging'
import { createDislocationParser, type DislocationRow, latestTime, longBefore } from '@atermtrack/domain'
import type { DigestRequest, DislocationRows, AcceptLines } from '../workbook-digest.ts'
import { findDislocationLayout } from './find-layout.ts'
import { isParty } from './is-party.ts'
import { createLineChunks } from './line-chunks.ts'
import { inSheet, type Row, type SheetHead, type SheetReader } from './sheet-reader.ts'
import { readTitles } from './titles.ts'

/** Reads the first dislocation report of a workbook; its lines go out while it is read. */
export function createDislocationReader(request: DigestRequest, acceptLines: AcceptLines): SheetReader {
  let sheet: ReturnType<typeof openSheet> | undefined
  return {
    open(head) {
      if (sheet) return undefined
      sheet = openSheet(head, request, acceptLines)
      return sheet.row
    },
    digest() {
      if (!sheet) throw new Error('no dislocation report was read')
      return sheet.digest()
    },
  }
}

function openSheet(
  { info, rows: head }: SheetHead,
  { sourceZone: zone, fileName, receivedAt, profiles }: DigestRequest,
  acceptLines: AcceptLines,
) {
  const layout = findDislocationLayout(
    head.map(({ cells }) => cells),
    profiles,
  )
  if (!layout) throw new Error('the sheet is no dislocation report')
  const { header, profileId } = layout
  const headerRow = head[header.headerRow - 1]?.rowNumber ?? 0
  const titles = readTitles(head.slice(0, header.headerRow - 1), { fileName, zone })
  const times = { latest: latestTime(receivedAt), longAgo: longBefore(titles.stamp ?? receivedAt) }
  const { columns, scales } = header
  const parser = createDislocationParser({ columns, scales, zone, times })
  const lines = createLineChunks(titles.stampText, acceptLines)
  const containers = new Set<string>()
  let rowCount = 0
  let namesParties = false
  let previous = headerRow

  function row({ rowNumber, cells }: Row): void {
    if (rowNumber <= headerRow || header.missing.length > 0) return
    // The reader leaves blank rows out, and the parser must know of them: they end a merged block.
    if (rowNumber > previous + 1) parser.row(previous + 1, [])
    previous = rowNumber
    const read = parser.row(rowNumber, cells)
    if (!read) return
    rowCount += 1
    namesParties ||= partiesOf(read).some(isParty)
    containers.add(read.container)
    lines.add(encodeDislocationRow(read))
  }
  return {
    row,
    digest: (): DislocationRows => ({
      kind: 'dislocation',
      sheet: info.name,
      profileId,
      stamp: titles.stamp,
      reportNumber: titles.reportNumber,
      missing: header.missing,
      unknownColumns: header.unknown,
      rowCount,
      namesParties,
      containers: [...containers],
      skippedCount: parser.skippedCount(),
      futureCount: parser.futureCount(),
      warnings: inSheet(info, parser.warnings),
      contentHash: lines.end(),
    }),
  }
}

function partiesOf(row: DislocationRow) {
  const { consignor, consignorShort, consignorOkpo, consignorTgnl } = row
  const { consignee, consigneeShort, consigneeOkpo, consigneeTgnl } = row
  const consignors = [consignor, consignorShort, consignorOkpo, consignorTgnl]
  return [...consignors, consignee, consigneeShort, consigneeOkpo, consigneeTgnl]
}
