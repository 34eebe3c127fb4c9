import { expect, test } from 'vitest'
import { probe } from './probe.ts'

test('reports how a check ended, and waits for none beyond its limit', async () => {
  const never = new Promise<string>(() => undefined)
  const broken = new Error('connection refused')
  const [well, failed, silent] = await Promise.all([
    probe(async () => 'answer', 1_000),
    probe(async () => Promise.reject(broken), 1_000),
    probe(async () => never, 30),
  ])
  expect(well).toMatchObject({ state: 'ok', value: 'answer' })
  expect(failed).toMatchObject({ state: 'failed', error: broken })
  expect(silent).toEqual({ state: 'no answer', ms: 30 })
})
