import { describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as companies from '../companies/companies.ts'
import * as dialogs from '../updates/dialogs.ts'
import * as leases from '../platform/leases.ts'
import * as people from './people.ts'
import * as personSettings from './person-settings.ts'

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

  test('is spoken to in the language they chose, whatever Telegram says', async ({ db }) => {
    const { id } = await aPerson(db)
    await personSettings.change(db, id, { chosenLanguage: 'en' })
    expect(await people.get(db, id)).toMatchObject({ language: 'en', chosenLanguage: 'en' })
    const { person } = await people.meet(db, { ...profile, firstName: 'Аня' }, 1)
    expect(person).toMatchObject({ firstName: 'Аня', language: 'en' })
    await personSettings.change(db, id, { chosenLanguage: null })
    expect((await people.meet(db, profile, 1)).person).toMatchObject({ language: 'ru', chosenLanguage: null })
  })

  test('has settings of which one is changed and the others stay', async ({ db }) => {
    const { id } = await aPerson(db)
    await personSettings.change(db, id, { zone: 'Asia/Omsk', quietFrom: '22:00', quietUntil: '08:00' })
    await personSettings.change(db, id, { hiddenCardParts: ['idle', 'train'] })
    const settings = { zone: 'Asia/Omsk', quietFrom: '22:00', quietUntil: '08:00', hiddenCardParts: ['idle', 'train'] }
    expect(await people.get(db, id)).toMatchObject(settings)
  })

  test('is let in or turned down once, by the first admin who decides', async ({ db }) => {
    const { id } = await aPerson(db)
    const [one, other] = await Promise.all([7, 8].map((telegramId) => people.ensure(db, { ...profile, telegramId })))
    expect(await people.turnDown(db, id, { decidedBy: one!.id })).toBeUndefined()
    expect(await people.findRequest(db, id)).toBeUndefined()
    expect(await people.requestAccess(db, id, 'Анна, Ромашка')).toBe(true)
    expect(await people.requestAccess(db, id, 'Анна')).toBe(false)
    expect(await people.findRequest(db, id)).toMatchObject({ about: 'Анна, Ромашка', decidedBy: undefined })
    const decisions = await Promise.all([
      people.letIn(db, id, { rights: { role: 'operator' }, decidedBy: one!.id }),
      people.turnDown(db, id, { decidedBy: other!.id }),
    ])
    const [winner, ...others] = decisions.filter((decision) => decision !== undefined)
    expect(others).toEqual([])
    expect(winner).toMatchObject(
      decisions[0] ? { access: 'granted', role: 'operator' } : { access: 'denied', role: null },
    )
    const request = await people.findRequest(db, id)
    expect(request?.decidedBy?.id).toBe(decisions[0] ? one!.id : other!.id)
  })

  test('may ask again a day after being turned down', async ({ db }) => {
    const { id } = await aPerson(db)
    await people.requestAccess(db, id, undefined)
    await people.turnDown(db, id, { decidedBy: id })
    expect(await people.requestAccess(db, id, undefined)).toBe(false)
    const decidedAt = sql<Date>`now() - interval '24 hours'`
    await db.updateTable('person').set({ accessDecidedAt: decidedAt }).where('id', '=', id).execute()
    expect(await people.requestAccess(db, id, undefined)).toBe(true)
  })

  test('has a company as a viewer only', async ({ db }) => {
    const { telegramId } = await aPerson(db)
    const company = await companies.insert(db, 'Ромашка')
    expect(await people.grant(db, telegramId, 'viewer', company!.id)).toMatchObject({ companyId: company!.id })
    expect(await people.grant(db, telegramId, 'operator', company!.id)).toMatchObject({ companyId: null })
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

test('an expired dialog of a private chat is closed once, and its person notified when it was not long ago', async ({
  db,
}) => {
  const { id: personId } = await aPerson(db)
  const options = { afterSeconds: 35, limit: 10 }
  const expired = async (chatId: number, minutesAgo: number) => {
    await dialogs.save(db, { chatId, personId, state: { kind: 'one' }, updateId: 1, minutes: -minutesAgo })
  }
  await expired(1, 1)
  await expired(2, 0)
  await expired(3, 25 * 60)
  await expired(-4, 1)
  const close = () => db.transaction().execute((tx) => dialogs.closeExpired(tx, options))
  const closed = await Promise.all([close(), close()])
  expect(closed.flat()).toEqual([{ chatId: 1, personId }])
  const left = await db.selectFrom('dialog').select('chatId').orderBy('chatId').execute()
  expect(left.map(({ chatId }) => chatId)).toEqual([-4, 2])
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
