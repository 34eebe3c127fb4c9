import { expect, test } from 'vitest'
import { createDepartures } from './departures.ts'

test('those who come together leave one after the other, the first at once', async () => {
  const turn = createDepartures(20)
  const startedAt = performance.now()
  const leftAt = await Promise.all([1, 2, 3, 4].map(async () => turn().then(() => performance.now() - startedAt)))
  expect(leftAt[0]).toBeLessThan(20)
  for (const [n, at] of leftAt.entries()) expect(at).toBeGreaterThanOrEqual(n * 20)
})
