import { expect, test } from 'vitest'
import { loads } from './fails-once.ts'

test('a file whose modules could not be loaded is loaded once more', () => {
  expect(loads).toBe('the second load')
})
