import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from './client.ts'
import * as dialogs from './dialogs.ts'
import * as leases from './leases.ts'
import * as people from './people.ts'

describe('a person', () => {
  test('is added once by updates that come at once, and keeps up with their names', async ({ db }) => {
    const [one, other] = await Promise.all([aPerson(db), aPerson(db)])
    expect(one.id).toBe(other.id)
    const { person } = await people.meet(db, { ...profile, firstName: 'Аня', language: 'en' }, 1)
    expect(person).toMatchObject({ id: one.id, firstName: 'Аня', language: 'en', access: 'none' })
  })

  test('has an id of more than 32 bits', async ({ db }) => {
    const telegramId = 2 ** 51 + 1
    await people.ensure(db, { ...profile, telegramId })
    expect(await people.findByTelegramId(db, telegramId)).toMatchObject({ telegramId })
  })

  test('is let in or turned down once, whoever is first', async ({ db }) => {
    const { id } = await aPerson(db)
    const admins = await Promise.all([7, 8].map((telegramId) => people.ensure(db, { ...profile, telegramId })))
    expect(await people.decideAccess(db, id, { access: 'granted', decidedBy: admins[0]!.id })).toBeUndefined()
    expect(await people.requestAccess(db, id)).toBe(true)
    expect(await people.requestAccess(db, id)).toBe(false)
    expect(await people.findAccessDecision(db, id)).toBeUndefined()
    const decisions = await Promise.all([
      people.decideAccess(db, id, { access: 'granted', decidedBy: admins[0]!.id }),
      people.decideAccess(db, id, { access: 'denied', decidedBy: admins[1]!.id }),
    ])
    const winner = decisions.find((decision) => decision !== undefined)
    expect(decisions.filter((decision) => decision !== undefined)).toHaveLength(1)
    expect(winner?.role).toBe(winner?.access === 'granted' ? 'viewer' : null)
    expect(await people.findAccessDecision(db, id)).toMatchObject({ access: winner?.access })
  })

  test('keeps the first moment of being unreachable', async ({ db }) => {
    const { telegramId } = await aPerson(db)
    await people.markUnreachable(db, telegramId, 'blocked')
    const first = (await people.findByTelegramId(db, telegramId))?.unreachableSince
    await people.markUnreachable(db, telegramId, 'chat not found')
    expect((await people.findByTelegramId(db, telegramId))?.unreachableSince).toEqual(first)
    await people.markReachable(db, telegramId)
    expect((await people.findByTelegramId(db, telegramId))?.unreachableSince).toBeNull()
  })
})

test('a dialog belongs to a chat, moves on, expires and is forgotten after a day', async ({ db }) => {
  const { id: personId } = await aPerson(db)
  const dialogIn = async (chatId: number) => (await people.meet(db, profile, chatId)).dialog
  const step = { chatId: 1, personId, updateId: 1, minutes: 30 }
  await dialogs.save(db, { ...step, state: { kind: 'one' } })
  await dialogs.save(db, { ...step, state: { kind: 'two', list: ['a'] } })
  expect(await dialogIn(1)).toEqual({ state: { kind: 'two', list: ['a'] }, expired: false })
  expect(await dialogIn(2)).toBeUndefined()
  await dialogs.save(db, { ...step, state: { kind: 'two' }, minutes: -1 })
  expect(await dialogIn(1)).toMatchObject({ expired: true })
  await dialogs.save(db, { ...step, state: { kind: 'two' }, minutes: -24 * 60 - 1 })
  expect(await dialogIn(1)).toBeUndefined()
})

test('a lease has one holder until it is given up or lapses', async ({ db }) => {
  const ask = (holder: string) => leases.hold(db, 'poller', { holder, seconds: 15 })
  const answers = await Promise.all(['a', 'b', 'c'].map(ask))
  expect(answers.filter(Boolean)).toHaveLength(1)
  const holder = ['a', 'b', 'c'][answers.indexOf(true)]!
  expect(await ask(holder)).toBe(true)
  await leases.release(db, 'poller', 'somebody else')
  expect(await ask('d')).toBe(false)
  await db
    .updateTable('lease')
    .set({ expiresAt: new Date(0) })
    .execute()
  expect(await ask('d')).toBe(true)
  expect(await ask(holder)).toBe(false)
})

const profile = { telegramId: 1001, firstName: 'Анна', lastName: null, username: 'anna', language: 'ru' } as const

async function aPerson(db: Db): Promise<people.Person> {
  return people.ensure(db, profile)
}
