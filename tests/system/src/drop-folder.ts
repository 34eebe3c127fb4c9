import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { aDislocationRow, aDislocationWorkbook, containerNumber, simulateFortnight } from '@atermtrack/testkit'
import { onTestFinished } from 'vitest'

export interface DroppedFile {
  readonly fileName: string
  readonly content: Buffer
  readonly mailedAt: Date
}

/** Makes an empty folder that is removed with the test. */
export async function openDropFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'atermtrack-inbox-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  return dir
}

/** Puts whole files into a drop folder, as a careful writer does. */
export async function drop(dir: string, files: readonly DroppedFile[]): Promise<void> {
  for (const { fileName, content, mailedAt } of files) {
    const partial = join(dir, `.${fileName}.part`)
    await writeFile(partial, content)
    await utimes(partial, mailedAt, mailedAt)
    await rename(partial, join(dir, fileName))
  }
}

/**
 * The newest `count` dislocations of a simulated fortnight that ends at `now`, oldest first, all with different bytes. The
 * simulation has its full scale, because the reports of a small one shrink at times to a doubtful size.
 */
export async function simulatedDislocations(count: number, now: Date): Promise<readonly DroppedFile[]> {
  const files: DroppedFile[] = []
  for await (const file of simulateFortnight({ now })) if (file.kind === 'dislocation') files.push(file)
  return files.slice(-count)
}

/** One dislocation formed at `stamp` about the containers `from` … `from + size - 1`. */
export async function aDislocation({
  stamp,
  size,
  from = 0,
}: {
  readonly stamp: Date
  readonly size: number
  readonly from?: number
}): Promise<DroppedFile> {
  const rows = Array.from({ length: size }, (_, n) =>
    aDislocationRow({ 'Номер контейнера': containerNumber(from + n) }),
  )
  const content = await aDislocationWorkbook({ rows, stamp })
  return { fileName: `103_${stamp.toISOString().replaceAll(/\D/g, '')}_${from}.xlsx`, content, mailedAt: stamp }
}
