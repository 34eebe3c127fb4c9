import { expect, test } from 'vitest'
import { backoffMs, retry } from './retry.ts'

function failing(times: number) {
  const attempts: number[] = []
  const work = async () => {
    attempts.push(attempts.length)
    if (attempts.length <= times) throw new Error(`failure ${attempts.length}`)
    return 'done'
  }
  return { attempts, work }
}

const { signal } = new AbortController()

test('repeats until it succeeds', async () => {
  const { attempts, work } = failing(2)
  const waits: unknown[] = []
  const waitMs = (error: unknown, attempt: number) => {
    waits.push([(error as Error).message, attempt])
    return 0
  }
  expect(await retry(work, { waitMs, signal })).toBe('done')
  expect(attempts).toHaveLength(3)
  expect(waits).toEqual([
    ['failure 1', 0],
    ['failure 2', 1],
  ])
})

test('throws the last error when there is no further attempt', async () => {
  const { attempts, work } = failing(9)
  await expect(retry(work, { waitMs: (_error, attempt) => [0, 0][attempt], signal })).rejects.toThrow('failure 3')
  expect(attempts).toHaveLength(3)
})

test('the signal cuts the waiting, and the attempt after it is the last', async () => {
  const { attempts, work } = failing(9)
  const stop = new AbortController()
  const waitMs = () => {
    queueMicrotask(() => stop.abort())
    return 60_000
  }
  await expect(retry(work, { waitMs, signal: stop.signal })).rejects.toThrow('failure 2')
  expect(attempts).toHaveLength(2)
})

test('the wait doubles up to the longest', () => {
  expect([0, 1, 2, 9].map((attempt) => backoffMs(attempt, { longestMs: 30_000 }))).toEqual([
    1_000, 2_000, 4_000, 30_000,
  ])
})
