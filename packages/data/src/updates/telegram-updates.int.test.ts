import { describe, expect, openPolicy, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as deliveries from '../deliveries/deliveries.ts'
import * as people from '../people/people.ts'
import * as lookups from './lookups.ts'
import * as telegramUpdates from './telegram-updates.ts'

const seconds = 15

describe('claiming updates', () => {
  test('claims the oldest open one of each chat, also when ids start over', async ({ db }) => {
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
    const all = claims.flatMap((claimed) => ids(claimed))
    expect(new Set(all).size).toBe(all.length)
  })

  test('counts, and an update that was released can be claimed at once', async ({ db }) => {
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

describe('storing and claiming at once', () => {
  const terms = { holder: 'a', limit: 10, seconds }

  test('claims the first of each chat, with its content, and leaves the others open', async ({ db }) => {
    const stored = await telegramUpdates.insertClaimed(
      db,
      updates([
        [1, 1],
        [2, 1],
        [3, 2],
      ]),
      terms,
    )
    expect(stored).toEqual({
      claimed: [1, 3].map((updateId) => ({
        updateId,
        chatId: updateId === 1 ? 1 : 2,
        payload: { text: `text ${updateId}` },
        claims: 1,
        answeringAt: null,
        placeholderId: null,
        answers: null,
      })),
      left: 1,
    })
    expect(await telegramUpdates.claim(db, { holder: 'b', limit: 10, seconds })).toEqual([])
    expect(await begin(db, 'a')).toBe('now')
    await telegramUpdates.finishMany(db, [
      { updateId: 1, outcome: 'handled' },
      { updateId: 3, outcome: 'ignored' },
    ])
    expect(ids(await telegramUpdates.claim(db, { holder: 'b', limit: 10, seconds }))).toEqual([2])
  })

  test('waits behind open ones of a chat, and claims no more than there is room for', async ({ db }) => {
    await store(db, [[1, 1]])
    const stored = await telegramUpdates.insertClaimed(
      db,
      updates([
        [2, 1],
        [3, 2],
        [4, 3],
      ]),
      { ...terms, limit: 1 },
    )
    expect(ids(stored.claimed)).toEqual([3])
    expect(stored.left).toBe(2)
    expect(ids(await telegramUpdates.claim(db, { holder: 'b', limit: 10, seconds }))).toEqual([1, 4])
  })

  test('neither stores nor claims one that was seen before', async ({ db }) => {
    await telegramUpdates.insertClaimed(
      db,
      updates([
        [1, 1],
        [2, 2],
      ]),
      terms,
    )
    await telegramUpdates.finish(db, 2, 'handled')
    const again = await telegramUpdates.insertClaimed(
      db,
      updates([
        [1, 1],
        [2, 2],
      ]),
      { ...terms, holder: 'b' },
    )
    expect(again).toEqual({ claimed: [], left: 0 })
    expect(await begin(db, 'b')).toBe('lost')
  })

  test('hands on text as PostgreSQL holds it', async ({ db }) => {
    const payload = { text: 'a\0b\uD800c \\u0000' }
    const { claimed } = await telegramUpdates.insertClaimed(db, [{ updateId: 1, chatId: 1, payload }], terms)
    expect(claimed).toMatchObject([{ payload: { text: 'abc \\u0000' } }])
  })
})

test('answering begins once, and only for who holds the claim', async ({ db }) => {
  await store(db, [[1, 1]])
  await telegramUpdates.claim(db, { holder: 'a', limit: 1, seconds })
  expect(await begin(db, 'b')).toBe('lost')
  expect(await begin(db, 'a')).toBe('now')
  expect(await begin(db, 'a')).toBe('lost')
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

function updates(pairs: readonly (readonly [updateId: number, chatId: number])[]) {
  return pairs.map(([updateId, chatId]) => ({ updateId, chatId, payload: { text: `text ${updateId}` } }))
}

function ids(claimed: readonly telegramUpdates.ClaimedUpdate[]): readonly number[] {
  return claimed.map(({ updateId }) => updateId).sort((a, b) => a - b)
}

test('the rest of an answer keeps the later ones of its chat behind it, in their order', async ({ db }) => {
  await store(db, [
    [1, 1],
    [2, 1],
    [3, 2],
  ])
  const asked = { askedBy: 1, askedAt: undefined, audience: 'member', builtFor: 'all' } as const
  const row = { chatId: 1, threadId: undefined, markup: undefined, editsMessageId: undefined }
  const pending = { ...row, status: 'pending', error: undefined, errorCode: undefined } as const
  const queued = await deliveries.insertAnswers(db, { updateId: 1, ...asked }, [
    { ...pending, text: 'one' },
    { ...pending, text: 'two' },
  ])
  await telegramUpdates.finish(db, 1, 'handled')
  await telegramUpdates.claim(db, { holder: 'a', limit: 9, seconds })
  expect(await begin(db, 'a', 2)).toBe('later')
  expect(await begin(db, 'a', 3)).toBe('now')
  const [first, second] = queued.map(({ id }) => id)
  const terms = { holder: 'a', policy: openPolicy }
  expect(await deliveries.claim(db, second!, terms)).toMatchObject({ kind: 'not_before' })
  expect(await deliveries.claim(db, first!, terms)).toMatchObject({ kind: 'claimed' })
  await deliveries.recordOutcome(db, first!, { status: 'sent' }, { holder: 'a' })
  await deliveries.claim(db, second!, terms)
  const { notBefore } = await db
    .selectFrom('delivery')
    .select('notBefore')
    .where('id', '=', second!)
    .executeTakeFirstOrThrow()
  expect(notBefore).not.toBeNull()
})

test('answers are kept while they leave, and forgotten with the end', async ({ db }) => {
  await store(db, [[1, 1]])
  await telegramUpdates.claim(db, { holder: 'a', limit: 1, seconds: 0 })
  await db
    .updateTable('telegramUpdate')
    .set({ claimedUntil: new Date(Date.now() + 60_000) })
    .execute()
  const answers = [{ method: 'sendMessage', payload: { text: 'a' } }]
  expect(await telegramUpdates.beginAnswering(db, 1, { holder: 'a', answers })).toBe('now')
  await db
    .updateTable('telegramUpdate')
    .set({ claimedUntil: new Date(0) })
    .execute()
  expect(await telegramUpdates.claim(db, { holder: 'b', limit: 1, seconds })).toMatchObject([{ answers }])
  await telegramUpdates.finish(db, 1, 'unknown')
  const row = await db.selectFrom('telegramUpdate').select('answers').executeTakeFirst()
  expect(row).toEqual({ answers: null })
})

test('a question is recorded with the mark that its effects are committed, and not without it', async ({ db }) => {
  const profile = { telegramId: 1001, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  const asked = { containers: ['MSKU6011627'], wagons: [], waybills: ['ЭФ 038927', '"'], mistyped: ['null', '{}'] }
  const question = { personId, updateId: 1, asked, found: 1 }
  await store(db, [[1, 1]])
  const terms = { answers: undefined, question }
  await telegramUpdates.claim(db, { holder: 'a', limit: 1, seconds })
  expect(await telegramUpdates.beginAnswering(db, 1, { ...terms, holder: 'b' })).toBe('lost')
  expect(await lookups.find(db, 1, personId)).toBeUndefined()
  expect(await telegramUpdates.beginAnswering(db, 1, { ...terms, holder: 'a' })).toBe('now')
  expect(await lookups.find(db, 1, personId)).toEqual(asked)
})

async function begin(db: Db, holder: string, updateId = 1) {
  return telegramUpdates.beginAnswering(db, updateId, { holder, answers: undefined })
}
