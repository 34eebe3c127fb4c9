import { expect, test } from 'vitest'
import { readWeekdays } from './read-weekdays.ts'

test.for([
  ['пн-пт', [1, 2, 3, 4, 5]],
  ['Пн, ср и пт', [1, 3, 5]],
  ['по будням', [1, 2, 3, 4, 5]],
  ['пт–пн', [1, 5, 6, 7]],
  ['Monday Tue', [1, 2]],
  ['ежедневно', [1, 2, 3, 4, 5, 6, 7]],
  ['суббота', [6]],
  ['09:00', undefined],
  ['', undefined],
  ['пн-пт-сб', undefined],
] as const)('reads «%s»', ([text, days]) => {
  expect(readWeekdays(text)).toEqual(days)
})
