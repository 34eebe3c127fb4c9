import { buffer } from 'node:stream/consumers'
import type { ZipDirectory } from '@atermtrack/workbook-reader/package'
import { requireUtf8, toByteText } from './part-bytes.ts'

/** A whole part as a string of its bytes. */
export async function readPart(parts: ZipDirectory, path: string): Promise<string> {
  const bytes = await buffer(parts.read(path))
  requireUtf8(bytes)
  return toByteText(bytes)
}
