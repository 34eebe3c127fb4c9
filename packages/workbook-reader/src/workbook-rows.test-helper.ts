import type { Cell } from '@atermtrack/domain'
import { readWorkbook } from './read-workbook.ts'
import { defaultReadingLimits, type ReadingLimits } from './reading-limits.ts'
import { UnreadableWorkbook, type UnreadableReason } from './unreadable-workbook.ts'

export type SheetRows = Record<number, readonly Cell[]>

/** All sheets by name: rows by Excel number, without trailing blanks. */
export async function readAll(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<Map<string, SheetRows>> {
  const sheets = new Map<string, SheetRows>()
  const visitor = {
    sheet({ name }: { readonly name: string }) {
      const rows: SheetRows = {}
      sheets.set(name, rows)
      return (rowNumber: number, cells: readonly Cell[]) => {
        rows[rowNumber] = cells.slice(0, cells.findLastIndex((cell) => cell !== undefined) + 1)
      }
    },
  }
  await readWorkbook(bytes, visitor, { ...defaultReadingLimits, ...limits })
  return sheets
}

/** The rows of the first sheet. */
export async function readRows(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<SheetRows> {
  const [rows = {}] = (await readAll(bytes, limits)).values()
  return rows
}

/** The reason of the refusal; fails when the file was read. */
export async function reasonFor(bytes: Uint8Array, limits: Partial<ReadingLimits> = {}): Promise<UnreadableReason> {
  try {
    await readAll(bytes, limits)
  } catch (error) {
    if (error instanceof UnreadableWorkbook) return error.reason
    throw error
  }
  throw new Error('the file was read')
}
