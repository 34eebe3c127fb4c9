import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from './client.ts'
import * as telegramUpdates from './telegram-updates.ts'

const seconds = 15

describe('claiming updates', () => {
  test('takes the oldest open one of each chat, also when ids start anew', async ({ db }) => {
    await store(db, [
      [901, 1],
      [902, 1],
      [903, 2],
      [5, 1],
    ])
    const first = await telegramUpdates.claim(db, { holder: 'a', limit: 10, seconds })
    expect(ids(first)).toEqual([901, 903])
    expect(await telegramUpdates.claim(db, { holder: 'b', limit: 10, seconds })).toEqual([])
    await telegramUpdates.finish(db, 901, 'handled')
    expect(ids(await telegramUpdates.claim(db, { holder: 'b', limit: 10, seconds }))).toEqual([902])
    await telegramUpdates.finish(db, 902, 'handled')
    expect(ids(await telegramUpdates.claim(db, { holder: 'b', limit: 10, seconds }))).toEqual([5])
  })

  test('gives an update to one of many that ask at once', async ({ db }) => {
    await store(
      db,
      Array.from({ length: 20 }, (_, index) => [index + 1, index + 1] as const),
    )
    const claims = await Promise.all(
      Array.from({ length: 5 }, (_, index) => telegramUpdates.claim(db, { holder: `h${index}`, limit: 10, seconds })),
    )
    const taken = claims.flatMap((claimed) => ids(claimed))
    expect(new Set(taken).size).toBe(taken.length)
  })

  test('counts, and a claim that was handed back can be taken at once', async ({ db }) => {
    await store(db, [[1, 1]])
    await telegramUpdates.claim(db, { holder: 'a', limit: 1, seconds })
    await telegramUpdates.release(db, [1], { holder: 'b', afterMs: 0 })
    expect(await telegramUpdates.claim(db, { holder: 'b', limit: 1, seconds })).toEqual([])
    await telegramUpdates.release(db, [1], { holder: 'a', afterMs: 0 })
    expect(await telegramUpdates.claim(db, { holder: 'b', limit: 1, seconds })).toMatchObject([
      { updateId: 1, claims: 2 },
    ])
  })
})

test('answering begins once, and only for who holds the claim', async ({ db }) => {
  await store(db, [[1, 1]])
  await telegramUpdates.claim(db, { holder: 'a', limit: 1, seconds })
  expect(await telegramUpdates.beginAnswering(db, 1, 'b')).toBe(false)
  expect(await telegramUpdates.beginAnswering(db, 1, 'a')).toBe(true)
  expect(await telegramUpdates.beginAnswering(db, 1, 'a')).toBe(false)
  await telegramUpdates.release(db, [1], { holder: 'a', afterMs: 0 })
  expect(await telegramUpdates.claim(db, { holder: 'b', limit: 1, seconds })).toEqual([])
})

test('text that PostgreSQL does not hold refuses no batch', async ({ db }) => {
  const text = 'a\0b\uD800c \\u0000'
  await telegramUpdates.insertMany(db, [{ updateId: 1, chatId: 1, payload: { text } }])
  const [claimed] = await telegramUpdates.claim(db, { holder: 'a', limit: 1, seconds })
  expect(claimed?.payload).toEqual({ text: 'abc \\u0000' })
})

async function store(db: Db, updates: readonly (readonly [updateId: number, chatId: number])[]): Promise<void> {
  await telegramUpdates.insertMany(
    db,
    updates.map(([updateId, chatId]) => ({ updateId, chatId, payload: {} })),
  )
}

function ids(claimed: readonly telegramUpdates.ClaimedUpdate[]): readonly number[] {
  return claimed.map(({ updateId }) => updateId).sort((a, b) => a - b)
}
