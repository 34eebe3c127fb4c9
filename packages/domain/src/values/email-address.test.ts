import { expect, test } from 'vitest'
import { parseEmailAddress } from './email-address.ts'

test.for(['anna@example.com', 'a.b+c@mail.example.ru', ' anna@example.com '])('%s is an address', (text) => {
  expect(parseEmailAddress(text)).toBe(text.trim())
})

test.for([
  'anna',
  'anna@localhost',
  'anna@example.com, eve@example.com',
  'Анна <anna@example.com>',
  'anna@example.com\r\nBcc: x@y.z',
  `${'a'.repeat(65)}@example.com`,
])('%j is none', (text) => {
  expect(parseEmailAddress(text)).toBeUndefined()
})
