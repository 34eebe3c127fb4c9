import { expect, test } from 'vitest'
import { readOptions } from './read-options.ts'

test('runs every bench unless some are named', () => {
  expect(readOptions([])).toEqual({
    benches: ['import', 'mail', 'events', 'lookup', 'reports', 'broadcast', 'export', 'pictures', 'questions'],
    isQuick: false,
  })
  expect(readOptions(['lookup', '--quick'])).toEqual({ benches: ['lookup'], isQuick: true })
})

test('refuses what it does not know', () => {
  expect(() => readOptions(['--fast'])).toThrow(
    'no bench "--fast": there are import, mail, events, lookup, reports, broadcast, export, pictures, questions, and --quick',
  )
})
