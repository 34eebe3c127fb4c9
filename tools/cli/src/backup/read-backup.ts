import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Readable, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { readManifest } from './backups-folder.ts'
import { fileOf, type Manifest, manifestFile, sumsFile } from './manifest.ts'
import { countLines } from './write-backup.ts'

/** Reads every byte of a backup; throws with the file that is missing, changed or short. */
export async function verifyBackup(path: string): Promise<Manifest> {
  const sums = await readSums(path)
  for (const [name, sum] of sums) {
    if ((await hashOf(join(path, name))) !== sum) throw new Error(`${name} has changed since the backup was made`)
  }
  if (!sums.has(manifestFile)) throw new Error(`${sumsFile} does not name ${manifestFile}`)
  const manifest = await readManifest(path)
  for (const table of manifest.tables) {
    if (!sums.has(fileOf(table))) throw new Error(`${sumsFile} does not name ${fileOf(table)}`)
    const { stream, lines } = countLines()
    await pipeline(readTable(path, table), stream, intoNothing())
    if (lines() !== table.rows) throw new Error(`${fileOf(table)} has ${lines()} rows, not ${table.rows}`)
  }
  return manifest
}

/** The lines of COPY of a table. */
export function readTable(path: string, table: { readonly name: string }): Readable {
  const file = createReadStream(join(path, fileOf(table)))
  const lines = createGunzip()
  // Its error ends the reader of the lines.
  file.on('error', (error) => lines.destroy(error))
  return file.pipe(lines)
}

/** The checksums as `sha256sum -c` reads them. A name of a file of another folder is refused. */
async function readSums(path: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(path, sumsFile), 'utf8')
  const lines = text.split('\n').filter((line) => line !== '')
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) {2}([A-Za-z0-9_.]+)$/.exec(line) ?? []
      if (sum === undefined || name === undefined) throw new Error(`${sumsFile} cannot be read`)
      return [name, sum] as const
    }),
  )
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}

function intoNothing(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() })
}
