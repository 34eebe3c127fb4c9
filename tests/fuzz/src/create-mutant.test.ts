import { createHash } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type FileKind, loadCorpus, type SeedFile } from './corpus.ts'
import { createMutant } from './create-mutant.ts'

// Takes up to 6 s: loads whole files of every kind.

const kinds: readonly FileKind[] = ['xlsx', 'xlsb', 'ods', 'xls', 'xml', 'html', 'csv', 'zip', 'eml']
const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
let corpus: readonly SeedFile[]
beforeAll(async () => {
  corpus = await loadCorpus()
})

test('knows a whole file of every kind, and always the same ones', async () => {
  expect(new Set(corpus.map(({ kind }) => kind))).toEqual(new Set(kinds))
  const again = await loadCorpus()
  expect(again.map(({ bytes }) => hashOf(bytes))).toEqual(corpus.map(({ bytes }) => hashOf(bytes)))
})

test.each(kinds)('makes the same %s again from the same seed and number, another from any other', (kind) => {
  const hashes = (seed: number) =>
    Array.from({ length: 6 }, (_, number) => {
      const { bytes, steps } = createMutant(corpus, { seed, number, kinds: [kind] })
      return `${steps.join()} ${hashOf(bytes)}`
    })
  const once = hashes(7)
  expect(hashes(7)).toEqual(once)
  expect(hashes(8)).not.toEqual(once)
  expect(new Set(once).size).toBeGreaterThan(3)
})

test('leaves the files of the corpus as they are', () => {
  const before = corpus.map(({ bytes }) => hashOf(bytes))
  for (let number = 0; number < 30; number += 1) createMutant(corpus, { seed: 3, number, kinds })
  expect(corpus.map(({ bytes }) => hashOf(bytes))).toEqual(before)
})

test('keeps mutants between one byte and 6 MB', () => {
  const sizes = Array.from({ length: 40 }, (_, number) => createMutant(corpus, { seed: 5, number, kinds }).bytes.length)
  expect(Math.min(...sizes)).toBeGreaterThan(0)
  expect(Math.max(...sizes)).toBeLessThanOrEqual(6_000_000)
})
