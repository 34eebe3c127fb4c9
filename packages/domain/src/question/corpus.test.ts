import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { corpusFiles, isAnswered, questionsIn, readingOf } from './corpus/index.ts'

const files = corpusFiles.map(
  (name) => [name, questionsIn(readFileSync(new URL(`./corpus/${name}`, import.meta.url), 'utf8'))] as const,
)
const all = files.flatMap(([, questions]) => questions)

describe.each(files)('a question of %s', (_, questions) => {
  test.each(questions)('%s: %s', (question, reading) => {
    expect(readingOf(question)).toBe(reading)
  })
})

test('the corpus holds at least 300 different questions, and most of them are answered', () => {
  expect(new Set(all.map(([question]) => question)).size).toBeGreaterThanOrEqual(300)
  expect(all.filter(([, reading]) => isAnswered(reading)).length / all.length).toBeGreaterThan(0.85)
})
