import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { describeFailure } from './describe-failure.ts'

function failureOf(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

test('a path that is missing, taken or a folder is said in words', () => {
  expect(describeFailure(failureOf(() => readFileSync('/nowhere/x')))).toBe('there is no /nowhere/x')
  expect(describeFailure(Object.assign(new Error('EEXIST: …'), { code: 'EEXIST', path: '/a' }))).toBe(
    '/a exists already',
  )
})

test('an address where nothing listens is named', () => {
  const refused = { code: 'ECONNREFUSED', address: '127.0.0.1', port: 1 }
  expect(describeFailure(Object.assign(new Error('connect …'), refused))).toBe('nothing answers at 127.0.0.1:1')
})

test('other errors keep their own words', () => {
  expect(describeFailure(new Error('there is no company 9'))).toBe('there is no company 9')
  expect(describeFailure(Object.assign(new Error('odd'), { code: 'EODD', path: '/a' }))).toBe('odd')
  expect(describeFailure('x')).toBe('x')
})
