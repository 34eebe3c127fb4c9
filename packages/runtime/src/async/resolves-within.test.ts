import { afterEach, expect, test, vi } from 'vitest'
import { resolvesWithin } from './resolves-within.ts'

afterEach(() => vi.useRealTimers())

test('says whether work ends in time, and leaves no timer behind', async () => {
  vi.useFakeTimers()
  expect(await resolvesWithin(Promise.resolve('done'), 1_000)).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
  const isInTime = resolvesWithin(new Promise(() => undefined), 1_000)
  await vi.advanceTimersByTimeAsync(1_000)
  expect(await isInTime).toBe(false)
})

test('passes a failure on', async () => {
  await expect(resolvesWithin(Promise.reject(new Error('no end')), 1_000)).rejects.toThrow('no end')
})
