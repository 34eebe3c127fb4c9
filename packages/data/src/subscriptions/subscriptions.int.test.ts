import { expect, test } from '@atermtrack/testkit'
import * as people from '../people/people.ts'
import * as subscriptions from './subscriptions.ts'
import type { Db } from '../platform/client.ts'

test('a repeated update makes one subscription', async ({ db }) => {
  const subscription = await aSubscription(db)
  const first = await subscriptions.insert(db, subscription)
  expect(await subscriptions.insert(db, subscription)).toEqual(first)
})

test('a subscription is found, listed and removed by its owner only', async ({ db }) => {
  const subscription = await aSubscription(db)
  const { personId } = subscription
  const { id } = await subscriptions.insert(db, subscription)
  expect(await subscriptions.find(db, id, personId + 1)).toBeUndefined()
  expect(await subscriptions.remove(db, id, personId + 1)).toBeUndefined()
  expect(await subscriptions.list(db, personId, { offset: 0, limit: 5 })).toMatchObject({
    total: 1,
    rows: [{ id, size: 2 }],
  })
  expect(await subscriptions.remove(db, id, personId)).toBe('Список')
  expect(await subscriptions.find(db, id, personId)).toBeUndefined()
  expect(await subscriptions.list(db, personId, { offset: 0, limit: 5 })).toEqual({ total: 0, rows: [] })
})

async function aSubscription(db: Db): Promise<subscriptions.NewSubscription> {
  const profile = { telegramId: 1001, firstName: 'Анна', lastName: null, username: null, language: 'ru' } as const
  const { id: personId } = await people.ensure(db, profile)
  return {
    personId,
    name: 'Список',
    items: [{ container: 'MSKU6011672', orderNumber: '17' }, { container: 'CSQU3054383' }],
    slots: ['09:00'],
    zone: 'Asia/Vladivostok',
    nextDueAt: new Date('2025-09-02T23:00:00Z'),
    createdUpdateId: 7,
  }
}
