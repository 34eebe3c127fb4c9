import { buffer } from 'node:stream/consumers'
import { foreignEncoding, type ZipDirectory } from '@atermtrack/workbook-reader/package'
import { requireUtf8, toByteText } from './part-bytes.ts'

/** A whole part as a string of its bytes. Throws `NotPatchable` for a part of another encoding than UTF-8. */
export async function readPart(parts: ZipDirectory, path: string): Promise<string> {
  const bytes = await buffer(parts.read(path))
  requireUtf8(bytes)
  return toByteText(bytes)
}

/** The same; undefined for a part of another encoding. */
export async function readUtf8Part(parts: ZipDirectory, path: string): Promise<string | undefined> {
  const bytes = await buffer(parts.read(path))
  return foreignEncoding(bytes) === undefined ? toByteText(bytes) : undefined
}
