import { expect, test } from 'vitest'
import { createStatementNames, planEachTime } from './statement-names.ts'

test('names a statement that has come often enough, and then always the same', () => {
  const nameOf = createStatementNames({ after: 3 })
  expect([1, 2, 3, 4].map(() => nameOf('select 1'))).toEqual([undefined, undefined, 's1', 's1'])
  expect([1, 2, 3].map(() => nameOf('select 2'))).toEqual([undefined, undefined, 's2'])
})

test('gives no more names than are allowed, and keeps those that it gave', () => {
  const nameOf = createStatementNames({ most: 2, after: 1 })
  expect(['a', 'b', 'c', 'a'].map((text) => nameOf(text))).toEqual(['s1', 's2', undefined, 's1'])
})

test('forgets what came once when too much of it came', () => {
  const nameOf = createStatementNames({ most: 2, after: 2 })
  const texts = ['a', 'b', 'c', 'a', 'a']
  expect(texts.map((text) => nameOf(text))).toEqual([undefined, undefined, undefined, undefined, 's1'])
})

test('names nothing that is to be planned each time', () => {
  const nameOf = createStatementNames({ after: 1 })
  expect(nameOf(`\n${planEachTime} select 1`)).toBeUndefined()
})
