import type { RowVisitor, SheetInfo, WorkbookVisitor } from './workbook-visitor.ts'

export interface PackagedSheet {
  readonly info: SheetInfo
  /** The path of its part in the package. */
  readonly path: string
}

export interface SheetReading<Context> {
  /** Parts that all sheets of the workbook need: shared strings, styles. */
  readonly readContext: () => Promise<Context>
  readonly scan: (path: string, visitRow: RowVisitor, context: Context) => Promise<void>
}

/** Reads the sheets that the visitor wants, in their order; the shared parts are read once, and not at all when none is wanted. */
export async function readSheets<Context>(
  sheets: readonly PackagedSheet[],
  visitor: WorkbookVisitor,
  { readContext, scan }: SheetReading<Context>,
): Promise<void> {
  let context: Promise<Context> | undefined
  for (const { info, path } of sheets) {
    const visitRow = visitor.sheet(info)
    if (!visitRow) continue
    context ??= readContext()
    await scan(path, visitRow, await context)
  }
}
