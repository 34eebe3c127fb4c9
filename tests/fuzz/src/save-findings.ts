import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Finding } from './outcome.ts'

const mostShown = 1_000
const folder = fileURLToPath(new URL('../../../var/fuzz/', import.meta.url))

/** Keeps the mutants of each finding with the reason beside them, and returns lines that list them. */
export async function saveFindings(findings: readonly Finding[], seed: number): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true })
  const lines: string[] = []
  for (const { what, suspects } of findings) {
    lines.push(`\nbroken: ${what.slice(0, mostShown)}`)
    for (const { number, kind, fileName, steps, bytes } of suspects) {
      const file = `${folder}${seed}-${number}.${kind}`
      await writeFile(file, bytes)
      await writeFile(`${file}.txt`, `seed ${seed}, number ${number}: ${fileName}\n${steps.join(', ')}\n\n${what}\n`)
      lines.push(`  ${file} (${steps.join(', ')})`)
    }
  }
  return lines
}
