import { readFileSync } from 'node:fs'
import { corpusFiles, isAnswered, questionsIn, readingOf } from '@atermtrack/domain/corpus'
import type { Figure } from '../figures.ts'

const passes = 5

/** How many of the corpus' questions are read as expected, how many of them are answered, and how long reading one takes. */
export async function runQuestionsBench({
  print,
}: {
  readonly print: (line: string) => void
}): Promise<readonly Figure[]> {
  print('questions: reading the corpus')
  const source = new URL('../../../packages/domain/src/question/corpus/', import.meta.url)
  const questions = corpusFiles.flatMap((name) => questionsIn(readFileSync(new URL(name, source), 'utf8')))
  const readings = questions.map(([question, expected]) => ({ expected, read: readingOf(question) }))
  const asExpected = readings.filter(({ expected, read }) => expected === read).length
  const answered = readings.filter(({ read }) => isAnswered(read)).length
  const percent = (count: number) => Math.round((count * 1_000) / questions.length) / 10
  const startedAt = performance.now()
  for (let pass = 0; pass < passes; pass++) for (const [question] of questions) readingOf(question)
  const each = (performance.now() - startedAt) / (passes * questions.length)
  return [
    { name: 'questions: in the corpus', value: questions.length, unit: 'questions' },
    { name: 'questions: read as expected', value: percent(asExpected), unit: '%', expected: 100 },
    { name: 'questions: answered, and not turned back', value: percent(answered), unit: '%' },
    { name: 'questions: reading one', value: each, unit: 'ms' },
  ]
}
