import { expect, test } from 'vitest'
import { readSentAt } from './read-sent-at.ts'

const asked = {
  now: new Date('2025-09-02T06:00:00Z'),
  zone: 'Europe/Moscow',
  sentAt: new Date('2025-08-27T11:15:00Z'),
}

test.each([
  ['28.08.2025', '2025-08-28T11:15:00Z'],
  [' 28.08.25 ', '2025-08-28T11:15:00Z'],
  ['28.08.2025 09:30', '2025-08-28T06:30:00Z'],
  ['28.08', '2025-08-28T11:15:00Z'],
  ['2025-08-28', '2025-08-28T11:15:00Z'],
  ['вчера', '2025-09-01T11:15:00Z'],
  // The time of the day is still to come.
  ['сегодня', '2025-09-02T06:00:00Z'],
  ['02.09.2025 09:00', '2025-09-02T06:00:00Z'],
])('the date %s is read', (text, at) => {
  expect(readSentAt(text, asked)).toEqual(new Date(at))
})

test.each(['', 'завтра', '03.09.2025', '02.09.2025 09:01', '31.02.2025', '28.08.1925', 'К25-073', '0'.repeat(90)])(
  'the date %s is not',
  (text) => {
    expect(readSentAt(text, asked)).toBeUndefined()
  },
)
