import { expect, test } from 'vitest'
import { waitAtMost, withDeadline } from './deadline.ts'

const endless = new Promise<never>(() => undefined)
const { signal } = new AbortController()

test('work within its deadline gives its result, or its error', async () => {
  expect(await withDeadline(Promise.resolve(7), { ms: 60_000, signal })).toBe(7)
  await expect(withDeadline(Promise.reject(new Error('broken')), { ms: 60_000, signal })).rejects.toThrow('broken')
})

test('work beyond its deadline is given up', async () => {
  await expect(withDeadline(endless, { ms: 1, signal })).rejects.toThrow('no result within 1 ms')
})

test.each(['before', 'during'])('a signal that is aborted %s the work calls it off', async (when) => {
  const stop = new AbortController()
  if (when === 'before') stop.abort()
  else queueMicrotask(() => stop.abort())
  await expect(withDeadline(endless, { ms: 60_000, signal: stop.signal })).rejects.toThrow('called off')
})

test('waiting ends with the work or with its time', async () => {
  expect(await waitAtMost(60_000, Promise.resolve())).toBeUndefined()
  expect(await waitAtMost(1, endless)).toBeUndefined()
})
