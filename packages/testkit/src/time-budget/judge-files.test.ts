import { expect, test } from 'vitest'
import { type FileTime, findOverBudget, formatSlowest, readDeclaredTime } from './judge-files.ts'

const file = (changes: Partial<FileTime> = {}): FileTime => ({
  path: 'a.test.ts',
  ms: 2_000,
  budgetSeconds: 2,
  slowness: 1,
  source: '',
  ...changes,
})

test('a file within its budget passes, one beyond it is named', () => {
  expect(findOverBudget([file(), file({ path: 'b.test.ts', ms: 2_001 })])).toEqual([
    'b.test.ts took 2.0 s; its budget is 2 s',
  ])
})

test('a busy machine extends the budget in proportion', () => {
  expect(findOverBudget([file({ ms: 5_000, slowness: 2.5 })])).toEqual([])
  expect(findOverBudget([file({ ms: 6_000, slowness: 2.5 })])).toEqual([
    'a.test.ts took 6.0 s; its budget is 2 s, extended 2.5 times on this busy machine',
  ])
})

test('a file that declares a reason gets the time that it declares, and no more', () => {
  const source = "import { test } from 'vitest'\n\n// Takes up to 40 s: waits out the limits of production.\n"
  expect(readDeclaredTime(source)).toEqual({ seconds: 40, reason: 'waits out the limits of production.' })
  expect(findOverBudget([file({ ms: 39_000, source })])).toEqual([])
  expect(findOverBudget([file({ ms: 41_000, source })])).toEqual(['a.test.ts took 41.0 s; its budget is 40 s'])
})

test('a declaration without a reason or in the middle of a line does not count', () => {
  expect(readDeclaredTime('// Takes up to 40 s:\ncode')).toBeUndefined()
  expect(readDeclaredTime('const x = 1 // Takes up to 40 s: so it is')).toBeUndefined()
})

test('the slowest files come first, as many as asked for', () => {
  const files = [file({ path: 'a', ms: 1_000 }), file({ path: 'b', ms: 12_345 }), file({ path: 'c', ms: 3_000 })]
  expect(formatSlowest(files, 2)).toBe('  12.3 s  b\n   3.0 s  c')
})
