import { expect, test } from 'vitest'
import { createOpenCalls } from './open-calls.ts'

test('no more calls than the bound begin while Telegram is silent', () => {
  const calls = createOpenCalls(2, () => 0)
  expect([calls.begin(), calls.begin(), calls.begin()].map((call) => call !== undefined)).toEqual([true, true, false])
})

test('an answer, or the end of a call, makes room', () => {
  const calls = createOpenCalls(2, () => 0)
  const [first, second] = [calls.begin(), calls.begin()]
  second?.end()
  expect(calls.begin()).toBeDefined()
  expect(calls.begin()).toBeUndefined()
  first?.answered()
  expect([calls.begin(), calls.begin(), calls.begin()].map((call) => call !== undefined)).toEqual([true, true, false])
})

test('beyond the bound one call a second begins, so that slow chats do not stop the others', () => {
  let now = 0
  const calls = createOpenCalls(1, () => now)
  const begun = [0, 500, 999, 1_000, 1_500, 2_000].filter((at) => {
    now = at
    return calls.begin() !== undefined
  })
  expect(begun).toEqual([0, 1_000, 2_000])
})
