import { expect, test } from 'vitest'
import { createProcessRoom } from './process-room.ts'

function piece() {
  let finish: () => void = () => undefined
  const done = new Promise<void>((resolve) => (finish = resolve))
  return { work: async () => done, finish: () => finish() }
}

/** Lets everything run that can. */
const flush = async () => new Promise((resolve) => setImmediate(resolve))

test('work that runs alone waits for the work before it and holds back the work behind it', async () => {
  const room = createProcessRoom()
  const events: string[] = []
  const [first, second, suspect, third] = [piece(), piece(), piece(), piece()]
  const run = (name: string, way: 'alone' | 'beside', { work }: ReturnType<typeof piece>) =>
    room[way](async () => {
      events.push(`${name} begins`)
      await work()
      events.push(`${name} ends`)
    })
  const all = [
    run('first', 'beside', first),
    run('second', 'beside', second),
    run('suspect', 'alone', suspect),
    run('third', 'beside', third),
  ]
  await flush()
  expect(events).toEqual(['first begins', 'second begins'])
  first.finish()
  await flush()
  expect(events.at(-1)).toBe('first ends')
  second.finish()
  await flush()
  expect(events.at(-1)).toBe('suspect begins')
  suspect.finish()
  third.finish()
  await Promise.all(all)
  expect(events.slice(-3)).toEqual(['suspect ends', 'third begins', 'third ends'])
})

test('failed work lets the next work in', async () => {
  const room = createProcessRoom()
  await expect(room.alone(async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await room.beside(async () => 'in')).toBe('in')
})
