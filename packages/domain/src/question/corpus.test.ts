import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findTrainCodes } from '../values/train-code.ts'
import { readRegisterQuestion } from '../register/read-register.ts'
import { filterLine } from './filter-line.test-helper.ts'
import { knownStations } from './known-stations.test-helper.ts'
import { readChanges } from './read-changes.ts'
import { readFilter, readPartly, readUnknownPlace } from './read-filter.ts'
import { readNumbers, readTail } from './read-numbers.ts'
import { readSmallTalk } from './read-small-talk.ts'

/** A Sunday. */
const knowledge = { directory: knownStations, today: '2026-11-22' }

/** How a message is read, in a line; the readers are asked in the order in which the bot asks them. */
function readingOf(text: string): string {
  const { containers, corrected, wagons, waybills, mistyped } = readNumbers(text)
  const numbers = [...containers, ...wagons, ...waybills]
  if (numbers.length > 0) return [...numbers, ...corrected.map(({ written }) => `for ${written}`)].join(' ')
  const tail = readTail(text)
  if (mistyped.length > 0) return tail === undefined ? `mistyped ${mistyped.join(' ')}` : `tail ${tail}`
  const changes = readChanges(text, knowledge)
  if (changes) return `changes since ${changes.since}`
  if (readRegisterQuestion(text, knowledge.today)) return 'register'
  const talk = readSmallTalk(text)
  if (talk !== undefined) return `talk ${talk}`
  const reading = readFilter(text, knowledge)
  if (reading) return withUnread(filterLine(reading.filter), reading.unread)
  const [train] = findTrainCodes(text)
  if (train !== undefined) return `train ${train}`
  if (tail !== undefined) return `tail ${tail}`
  const place = readUnknownPlace(text, knowledge)
  if (place !== undefined) return `unknown ${place}`
  const partly = readPartly(text, knowledge)
  return partly ? withUnread(`partly ${filterLine(partly.filter)}`, partly.unread) : 'nothing'
}

function withUnread(line: string, unread: readonly string[]): string {
  return unread.length === 0 ? line : `${line} ? ${unread.join(' ')}`
}

/** Questions as people ask them, each with the expected reading behind a tabulator. */
function questionsIn(file: string): readonly (readonly [question: string, reading: string])[] {
  return readFileSync(new URL(`./corpus/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t'))
    .map(([question = '', reading = '']) => [question, reading])
}

const russian = questionsIn('questions.ru.tsv')
const english = questionsIn('questions.en.tsv')

describe.each([
  ['Russian', russian],
  ['English', english],
] as const)('a question in %s', (_, questions) => {
  test.each(questions)('%s: %s', (question, reading) => {
    expect(readingOf(question)).toBe(reading)
  })
})

test('the corpus holds at least 300 different questions', () => {
  expect(new Set([...russian, ...english].map(([question]) => question)).size).toBeGreaterThanOrEqual(300)
})
