import { expect, test } from 'vitest'
import { clipText } from './clean-text.ts'

test.for([
  ['four', 4, 'four'],
  ['fives', 4, 'fiv…'],
  // The half of a surrogate pair at the cut goes as well.
  ['ab😀cd', 4, 'ab…'],
] as const)('«%s» clipped to %s characters is «%s»', ([text, most, clipped]) => {
  expect(clipText(text, most)).toBe(clipped)
})
