import { containerNumber } from '@atermtrack/testkit'
import { expect, test } from 'vitest'
import { createQuestions } from './create-questions.ts'

const known = new Set(Array.from({ length: 5_000 }, (_, n) => containerNumber(n)))

test('asks in the shares that people ask in', () => {
  const next = createQuestions(known.size)
  const questions = Array.from({ length: 10_000 }, next)
  const lists = questions.filter(({ containers }) => containers.length > 1)
  const unknown = questions.filter(({ containers }) => containers.some((number) => !known.has(number)))
  expect(lists.length / questions.length).toBeCloseTo(0.25, 1)
  expect(unknown.length / questions.length).toBeCloseTo(0.05, 1)
  expect(unknown.every(({ containers }) => containers.length === 1)).toBe(true)
  expect(new Set(lists.map(({ containers }) => containers.length))).toEqual(new Set([2, 3, 4, 5, 6, 7, 8, 9, 10]))
})

test('asks the same in every run', () => {
  const [one, other] = [createQuestions(100), createQuestions(100)]
  expect(Array.from({ length: 50 }, one)).toEqual(Array.from({ length: 50 }, other))
})
