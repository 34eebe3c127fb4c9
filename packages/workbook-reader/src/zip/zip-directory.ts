import type { Entry } from 'yauzl'
import { UnreadableWorkbook } from '../unreadable-workbook.ts'
import { openZipEntries, type ZipLimits } from './zip-entries.ts'

/** The parts of a package by path, without a leading slash, in any letter case. */
export interface ZipDirectory {
  has(path: string): boolean
  /** Inflates a part chunk by chunk; the bytes of all reads together stay within the limits. */
  read(path: string): AsyncIterable<Buffer>
}

/** Opens a package held in memory and checks its directory. Throws `UnreadableWorkbook`. */
export async function openZipDirectory(file: Buffer, limits: ZipLimits): Promise<ZipDirectory> {
  const zip = await openZipEntries(file, limits)
  const parts = new Map<string, Entry>()
  for (const entry of zip.entries) {
    const path = entry.fileName.toLowerCase()
    if (parts.has(path)) throw new UnreadableWorkbook('damaged', `two parts named ${entry.fileName}`)
    parts.set(path, entry)
  }

  async function* read(path: string): AsyncGenerator<Buffer> {
    const entry = parts.get(path.toLowerCase())
    if (!entry) throw new UnreadableWorkbook('damaged', `no part ${path}`)
    yield* zip.read(entry)
  }

  return { has: (path) => parts.has(path.toLowerCase()), read }
}
