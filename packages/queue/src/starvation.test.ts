import { expect, test } from 'vitest'
import { createStarvationWatch, type QueueLook } from './starvation.ts'

const look = (atMs: number, values: Partial<QueueLook> = {}): QueueLook => ({
  atMs,
  isWaiting: true,
  started: 3,
  hasRoom: true,
  ...values,
})

test('jobs that wait while none is started make the worker starve', () => {
  const watch = createStarvationWatch()
  expect(watch.note(look(1_000))).toEqual({ waitingMs: 0, idleMs: 0 })
  expect(watch.note(look(6_000))).toEqual({ waitingMs: 5_000, idleMs: 5_000 })
  expect(watch.note(look(31_000))).toEqual({ waitingMs: 30_000, idleMs: 30_000 })
})

test.each([
  ['a job that is started', { started: 4 }],
  ['an empty, paused or paced queue', { isWaiting: false }],
])('%s restarts the count', (_what, values) => {
  const watch = createStarvationWatch()
  watch.note(look(0))
  expect(watch.note(look(60_000, values))).toEqual({ waitingMs: 0, idleMs: 0 })
  expect(watch.note(look(61_000, { started: 4 })).waitingMs).toBeLessThanOrEqual(1_000)
})

test('a worker without room is not idle, however long the jobs wait', () => {
  const watch = createStarvationWatch()
  watch.note(look(0))
  expect(watch.note(look(60_000, { hasRoom: false }))).toEqual({ waitingMs: 60_000, idleMs: 0 })
  expect(watch.note(look(65_000))).toEqual({ waitingMs: 65_000, idleMs: 0 })
  expect(watch.note(look(70_000))).toEqual({ waitingMs: 70_000, idleMs: 5_000 })
})

test('what happened while nothing could be seen does not count', () => {
  const watch = createStarvationWatch()
  watch.note(look(0))
  watch.reset()
  expect(watch.note(look(600_000))).toEqual({ waitingMs: 0, idleMs: 0 })
})
