import { expect, test } from 'vitest'
import { createWindowLimiter } from './window-limiter.ts'

async function begun(turn: () => Promise<void>, calls: number): Promise<readonly number[]> {
  return Promise.all(Array.from({ length: calls }, async () => turn().then(() => performance.now())))
}

test('calls that come bunched begin in no window more often than they may', async () => {
  const turn = createWindowLimiter(3, 50)
  const times = await begun(turn, 10)
  const spans = times.slice(3).map((at, n) => at - times[n]!)
  // A timer may end a fraction of a millisecond early; the sender's window has ten milliseconds to spare.
  expect(Math.min(...spans)).toBeGreaterThanOrEqual(49)
})

test('calls below the limit begin at once', async () => {
  const turn = createWindowLimiter(3, 60_000)
  expect(await begun(turn, 3)).toHaveLength(3)
})
