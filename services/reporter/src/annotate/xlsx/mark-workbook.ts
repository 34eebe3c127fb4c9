import { buffer } from 'node:stream/consumers'
import type { ReadingLimits } from '@atermtrack/workbook-reader'
import {
  changeEntries,
  findWorkbookPath,
  openZipDirectory,
  openZipEntries,
  packContent,
  readXlsxPackage,
  tokensOf,
  writeZip,
} from '@atermtrack/workbook-reader/package'
import type { PlacedColumn } from '../plan/place-columns.ts'
import { withMarks } from './parts/column-names.ts'
import { toBytes, toByteText } from './parts/part-bytes.ts'

/** Marks the columns that stand in a workbook of our own making, given for each of its sheets. */
export async function markWorkbook(
  bytes: Buffer,
  columns: readonly (readonly PlacedColumn[])[],
  readingLimits: ReadingLimits,
): Promise<Buffer> {
  // The limits were applied when the workbook was read.
  const limits = { ...readingLimits, maxUnpackedBytes: Infinity, maxRatio: Infinity }
  const parts = await openZipDirectory(bytes, limits)
  const { sheets } = await readXlsxPackage(parts, limits)
  const marked = sheets.map(({ info }, place) => ({ ...info, columns: columns[place] ?? [] }))
  const path = await findWorkbookPath(parts)
  const part = tokensOf(toByteText(await buffer(parts.read(path))))
  const content = await packContent(toBytes(withMarks(part, marked)))
  const zip = await openZipEntries(bytes, limits)
  return writeZip([...(await changeEntries(zip, { changed: new Map([[path.toLowerCase(), content]]) }))])
}
