import { expect, test } from 'vitest'
import { createRefusalWatch } from './refusal-watch.ts'

const waitMs = 3_000

/** What the watch says to 429s of these chats at these moments. */
function verdicts(refusals: readonly (readonly [chatId: number, atMs: number])[]): readonly boolean[] {
  const watch = createRefusalWatch()
  return refusals.map(([chatId, atMs]) => watch.concernsAll({ chatId, atMs, waitMs }))
}

test('a 429 of one group is about that group', () => {
  expect(verdicts([0, 100, 200].map((at) => [-1, at]))).toEqual([false, false, false])
})

test('a 429 of a private chat is about the bot', () => {
  expect(verdicts([[7, 0]])).toEqual([true])
})

test('429s of three groups within ten seconds are about the bot', () => {
  const refusals = [-1, -2, -3].map((chat, n) => [chat, n * 4_999] as const)
  expect(verdicts(refusals)).toEqual([false, false, true])
})

test('429s of three groups in twenty seconds are not', () => {
  const refusals = [-1, -2, -3].map((chat, n) => [chat, n * 10_000] as const)
  expect(verdicts(refusals)).toEqual([false, false, false])
})

test('everything waits until the end of the longest wait', () => {
  const watch = createRefusalWatch()
  watch.concernsAll({ chatId: -1, atMs: 0, waitMs })
  expect(watch.restMs(0)).toBe(0)
  watch.concernsAll({ chatId: 7, atMs: 0, waitMs })
  watch.concernsAll({ chatId: 8, atMs: 100, waitMs: 500 })
  expect([1_000, 2_999, 3_000, 9_000].map((at) => watch.restMs(at))).toEqual([2_000, 1, 0, 0])
})
