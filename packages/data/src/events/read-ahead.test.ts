import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readAhead } from './read-ahead.ts'

test('reads the next batch while the caller works on the last, in their order', async () => {
  const said: string[] = []
  const read = async (batch: number) => {
    said.push(`begin ${batch}`)
    await nextTurn()
    return batch * 10
  }
  for await (const { batch, read: result } of readAhead([1, 2, 3], read)) said.push(`work ${batch} ${result}`)
  expect(said).toEqual(['begin 1', 'begin 2', 'work 1 10', 'begin 3', 'work 2 20', 'work 3 30'])
})

test('throws the error of a reading in its turn, and leaves nothing running behind a caller that stops', async () => {
  const worked: number[] = []
  const failing = async (batch: number) => {
    await nextTurn()
    if (batch === 2) throw new Error('no answer')
    return batch
  }
  const all = async () => {
    for await (const { batch } of readAhead([1, 2, 3], failing)) worked.push(batch)
  }
  await expect(all()).rejects.toThrow('no answer')
  expect(worked).toEqual([1])

  let running = 0
  const counted = async (batch: number) => {
    running += 1
    await nextTurn()
    await nextTurn()
    running -= 1
    return batch
  }
  for await (const { batch } of readAhead([1, 2, 3], counted)) if (batch === 1) break
  expect(running).toBe(0)
})

test('reads nothing without a batch', async () => {
  const found: unknown[] = []
  for await (const one of readAhead([], async () => 1)) found.push(one)
  expect(found).toEqual([])
})
