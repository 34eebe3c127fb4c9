import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type Db, type Dump, openDump, type RestoredTable, sizeOfTables } from '@atermtrack/data'
import { makeFolder, nameOf, partialOf } from './backups-folder.ts'
import { fileOf, formatManifest, type Manifest, manifestFile, sumsFile } from './manifest.ts'

export interface WrittenBackup {
  readonly path: string
  readonly bytes: number
  readonly rows: number
}

/** Much faster than the level by default, and not much larger: most bytes are workbooks, which are compressed already. */
const compression = 3

/**
 * Writes a backup into a folder of its own. Its name appears when all of it is on the disk: half a backup is never taken for a whole one.
 */
export async function writeBackup(db: Db, folder: string, now: Date): Promise<WrittenBackup> {
  await makeFolder(folder)
  await refuseFullDisk(db, folder)
  const path = join(folder, nameOf(now))
  const partial = partialOf(path)
  await mkdir(partial, { mode: 0o700 })
  try {
    await using dump = await openDump(db)
    const written = await writeTables(dump, partial)
    const manifest = { ...dump.facts, createdAt: now, tables: written.map(({ table }) => table) } satisfies Manifest
    const described = await writeFile(partial, manifestFile, [formatManifest(manifest)])
    const files = [...written.map(({ file }) => file), described]
    const sums = files.map(({ name, sha256 }) => `${sha256}  ${name}\n`).join('')
    const summed = await writeFile(partial, sumsFile, [sums])
    await syncFolder(partial)
    await rename(partial, path)
    await syncFolder(folder)
    const bytes = [...files, summed].reduce((sum, file) => sum + file.bytes, 0)
    return { path, bytes, rows: written.reduce((sum, { table }) => sum + table.rows, 0) }
  } catch (error) {
    await rm(partial, { recursive: true, force: true })
    throw error
  }
}

/** A full disk would stop the database too, where both are on one. */
async function refuseFullDisk(db: Db, folder: string): Promise<void> {
  const needed = await sizeOfTables(db)
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free < needed) throw new Error(`a backup may take ${inMegabytes(needed)}, and ${inMegabytes(free)} are free`)
}

function inMegabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000)} MB`
}

interface WrittenFile {
  readonly name: string
  readonly bytes: number
  readonly sha256: string
}

async function writeTables(
  dump: Dump,
  partial: string,
): Promise<readonly { readonly table: RestoredTable; readonly file: WrittenFile }[]> {
  const written: { readonly table: RestoredTable; readonly file: WrittenFile }[] = []
  for (const table of dump.facts.tables) {
    const counter = countLines()
    const file = await writeFile(
      partial,
      fileOf(table),
      dump.read(table),
      counter.stream,
      createGzip({ level: compression }),
    )
    written.push({ table: { ...table, rows: counter.lines() }, file })
  }
  return written
}

/** Writes a file that only its owner reads, and leaves when it is on the disk. */
async function writeFile(
  folder: string,
  name: string,
  source: Iterable<string> | Readable,
  ...ways: readonly Transform[]
): Promise<WrittenFile> {
  const hash = createHash('sha256')
  let bytes = 0
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      bytes += chunk.length
      done(undefined, chunk)
    },
  })
  const target = createWriteStream(join(folder, name), { flags: 'wx', mode: 0o600, flush: true })
  await pipeline([Readable.from(source), ...ways, measure, target])
  return { name, bytes, sha256: hash.digest('hex') }
}

const newline = 10

/** Counts the rows of COPY, each of which is a line: line breaks in values are escaped. */
export function countLines() {
  let lines = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) lines += 1
      done(undefined, chunk)
    },
  })
  return { stream, lines: () => lines }
}

async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path)
  await folder.sync()
}
