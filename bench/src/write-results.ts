import { mkdir, writeFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Figure, ratioOf } from './figures.ts'
import type { BenchOptions } from './read-options.ts'

const folder = fileURLToPath(new URL('../results/', import.meta.url))

export interface Results {
  readonly startedAt: Date
  /** The load average of the minute before. */
  readonly loadBefore: number
  readonly options: BenchOptions
  readonly figures: readonly Figure[]
}

/** Writes the figures and what they were measured on as JSON, and returns the path of the dated file. */
export async function writeResults({ startedAt, loadBefore, options, figures }: Results): Promise<string> {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    loadBefore,
    memoryMb: Math.round(totalmem() / 1024 / 1024),
  }
  const withRatios = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) }))
  const text = `${JSON.stringify({ startedAt, ...options, machine, figures: withRatios }, undefined, 2)}\n`
  const path = join(folder, `${startedAt.toISOString().replaceAll(':', '-')}.json`)
  await mkdir(folder, { recursive: true })
  await writeFile(path, text)
  await writeFile(join(folder, 'latest.json'), text)
  return path
}
