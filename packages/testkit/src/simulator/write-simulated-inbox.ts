import { mkdir, readdir, rename, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FortnightOptions, simulateFortnight } from './simulate-fortnight.ts'

export interface SimulatedInboxOptions extends FortnightOptions {
  /** The drop folder; made when it does not exist. */
  readonly dir: string
}

const FRESH_MS = 2 * 3_600_000
const DISLOCATION_NAME = /^\d+_\d{8}_\d{4}\.xlsx$/

/**
 * Puts the fortnight's workbooks into a drop folder, their mtime being the mail time, and returns the names written.
 * A folder whose newest simulated dislocation is younger than 2 h is left alone; no file is ever replaced or deleted.
 */
export async function writeSimulatedInbox({ dir, ...options }: SimulatedInboxOptions): Promise<readonly string[]> {
  await mkdir(dir, { recursive: true })
  const present = new Set(await readdir(dir))
  if (await holdsFreshReport(dir, present, options.now)) return []
  const written: string[] = []
  for await (const { fileName, content, mailedAt } of simulateFortnight(options)) {
    if (present.has(fileName)) continue
    // A watcher of the folder must never see half a file, nor one with the wrong time.
    const partial = join(dir, `.${fileName}.part`)
    await writeFile(partial, content)
    await utimes(partial, mailedAt, mailedAt)
    await rename(partial, join(dir, fileName))
    written.push(fileName)
  }
  return written
}

async function holdsFreshReport(dir: string, names: ReadonlySet<string>, now: Date): Promise<boolean> {
  const reports = [...names].filter((name) => DISLOCATION_NAME.test(name))
  const times = await Promise.all(reports.map(async (name) => (await stat(join(dir, name))).mtimeMs))
  return times.some((mtimeMs) => now.getTime() - mtimeMs < FRESH_MS)
}
