import { expect, test } from 'vitest'
import { createRateLimiter } from './rate-limiter.ts'

/** Timers of the platform may go off this much early. */
const earlyMs = 1

test('calls that come together leave one after the other', async () => {
  const turn = createRateLimiter(20)
  const startedAt = performance.now()
  const leftAt = await Promise.all([0, 1, 2, 3].map(async () => turn().then(() => performance.now() - startedAt)))
  for (const [n, at] of leftAt.entries()) expect(at).toBeGreaterThanOrEqual(n * 20 - earlyMs)
})

test('a call that comes alone leaves at once', async () => {
  const turn = createRateLimiter(60_000)
  expect(await turn()).toBeUndefined()
})
