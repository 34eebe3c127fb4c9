import { expect, test } from 'vitest'
import { createBatchWriter } from './batch-writes.ts'

test('items that come while a write runs join the next one', async () => {
  const writes: (readonly string[])[] = []
  let endFirst: () => void = () => undefined
  const first = new Promise<void>((resolve) => (endFirst = resolve))
  const add = createBatchWriter<string>((items) => {
    writes.push([...items])
    return writes.length === 1 ? first : Promise.resolve()
  })
  const one = add('a')
  await new Promise(setImmediate)
  const others = [add('b'), add('c')]
  expect(writes).toEqual([['a']])
  endFirst()
  await Promise.all([one, ...others])
  expect(writes).toEqual([['a'], ['b', 'c']])
})

test('a failed write is reported to the callers that added its items, and stops no other write', async () => {
  const add = createBatchWriter<string>(async ([item]) => {
    if (item === 'bad') throw new Error('no room')
  })
  const bad = add('bad')
  await expect(bad).rejects.toThrow('no room')
  await expect(add('good')).resolves.toBeUndefined()
})

test('a batch that is gathered waits for items that come a little later', async () => {
  const writes: (readonly string[])[] = []
  const write = async (items: readonly string[]) => void writes.push([...items])
  const add = createBatchWriter<string>(write, { gatherMs: 300 })
  const one = add('a')
  await new Promise(setImmediate)
  await Promise.all([one, add('b')])
  expect(writes).toEqual([['a', 'b']])
  await add('c')
  expect(writes).toEqual([['a', 'b'], ['c']])
})
