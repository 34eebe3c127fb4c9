import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { startInterval } from './interval.ts'
import { createWake } from './wake.ts'

const logger = pino({ level: 'silent' })

/** Work that reports each run, and ends it when the test says so. */
function aWork() {
  const begun = createWake()
  let finish: (error?: Error) => void = () => undefined
  const signals: AbortSignal[] = []
  const work = (signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      signals.push(signal)
      finish = (error) => (error ? reject(error) : resolve())
      begun.wake()
    })
  return { work, signals, begun: () => begun.wait(60_000), finish: (error?: Error) => finish(error) }
}

test('runs at once, and again when it is woken, also after a failure', async () => {
  const { work, signals, begun, finish } = aWork()
  const wake = createWake()
  const interval = startInterval(work, { what: 'work', everyMs: 60_000, logger, wake })
  await begun()
  finish(new Error('out of order'))
  wake.wake()
  await begun()
  expect(signals).toHaveLength(2)
  finish()
  await interval[Symbol.asyncDispose]()
  expect(signals).toHaveLength(2)
})

test('runs again after its time', async () => {
  const { work, signals, begun, finish } = aWork()
  const interval = startInterval(work, { what: 'work', everyMs: 1, logger })
  await begun()
  finish()
  await begun()
  finish()
  await interval[Symbol.asyncDispose]()
  expect(signals.length).toBeGreaterThan(1)
})

test('its end aborts the run and waits for it', async () => {
  const { work, signals, begun, finish } = aWork()
  const interval = startInterval(work, { what: 'work', everyMs: 60_000, logger })
  await begun()
  let isEnded = false
  const ending = interval[Symbol.asyncDispose]().then(() => (isEnded = true))
  await nextTurn()
  expect([signals[0]?.aborted, isEnded]).toEqual([true, false])
  finish()
  await ending
  expect(isEnded).toBe(true)
})
