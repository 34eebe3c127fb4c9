import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Finding } from './outcome.ts'

const folder = fileURLToPath(new URL('../../../var/fuzz/', import.meta.url))

/** Keeps the mutants of each finding with the reason beside them, and returns a line for each file. */
export async function saveFindings(findings: readonly Finding[], seed: number): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const lines: string[] = []
  for (const { what, suspects } of findings) {
    if (suspects.length === 0) lines.push(`broken: ${what}`)
    for (const { number, kind, fileName, steps, bytes } of suspects) {
      const file = `${folder}${seed}-${number}.${kind}`
      await writeFile(file, bytes)
      await writeFile(`${file}.txt`, `seed ${seed}, number ${number}: ${fileName}\n${steps.join(', ')}\n\n${what}\n`)
      lines.push(`broken: ${what.split('\n')[0]}\n  ${file} (${steps.join(', ')})`)
    }
  }
  return lines
}
