import { createHash } from 'node:crypto'
import { type Cell, parseTrainRoster } from '@atermtrack/domain'
import { type SheetInfo, UnreadableWorkbook } from '@atermtrack/workbook-reader'
import type { DigestRequest } from '../workbook-digest.ts'
import { inSheet, type SheetReader } from './sheet-reader.ts'

/** A train has some 140 containers; a list of thousands is something else. */
const mostRows = 5_000

/** Reads the first roster of a workbook. */
export function createRosterReader({ fileName, isRoster }: DigestRequest): SheetReader {
  let rows: (readonly Cell[])[] | undefined
  let sheet: SheetInfo | undefined
  return {
    open({ info }) {
      if (rows) return undefined
      sheet = info
      const kept: (readonly Cell[])[] = []
      rows = kept
      return ({ rowNumber, cells }) => {
        if (rowNumber > mostRows)
          throw new UnreadableWorkbook('too_many_rows', `a roster of more than ${mostRows} rows`)
        // The parser counts rows from the first of the sheet, blank ones too.
        while (kept.length < rowNumber - 1) kept.push([])
        kept.push([...cells])
      }
    },
    digest() {
      const roster = parseTrainRoster({ fileName, sheets: [rows ?? []], isDeclared: isRoster })
      if (!roster || !sheet) throw new Error('no roster was read')
      const { trainCode, destination, entries, warnings, skippedCount, header } = roster
      return {
        kind: 'train_roster',
        sheet: sheet.name,
        stamp: undefined,
        reportNumber: '',
        missing: [],
        unknownColumns: header.unknown,
        rowCount: entries.length,
        namesParties: entries.some(({ client }) => client !== undefined),
        skippedCount,
        futureCount: 0,
        warnings: inSheet(sheet, warnings),
        contentHash: createHash('sha256').update(JSON.stringify({ trainCode, entries })).digest(),
        trainCode,
        destination,
        entries,
      }
    },
  }
}
