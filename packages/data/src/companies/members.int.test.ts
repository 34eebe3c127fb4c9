import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as peopleList from '../people/overview/people-list.ts'
import * as people from '../people/people.ts'
import * as companies from './companies.ts'
import * as members from './members.ts'

describe('new rights of a member', () => {
  test('keep a company with a viewer only', async ({ db }) => {
    const company = await aCompany(db, 'Ромашка')
    const id = await aMember(db, 1, { role: 'viewer', companyId: company })
    expect(await members.assign(db, id, { role: 'operator' })).toBe(true)
    expect(await peopleList.find(db, id)).toMatchObject({ role: 'operator', companyId: null, companyName: null })
    expect(await members.assign(db, id, { role: 'viewer', companyId: company })).toBe(true)
    expect(await peopleList.find(db, id)).toMatchObject({ role: 'viewer', companyName: 'Ромашка' })
    expect(await members.assign(db, id, { role: 'viewer', companyId: null })).toBe(true)
    expect(await peopleList.find(db, id)).toMatchObject({ companyId: null, isCompanyRemoved: false })
  })

  test('do not let a person in who lost access meanwhile', async ({ db }) => {
    const admin = await aMember(db, 1, { role: 'admin' })
    const id = await aMember(db, 2, { role: 'viewer' })
    expect(await members.dismiss(db, id, { decidedBy: admin })).toBe(true)
    expect(await members.assign(db, id, { role: 'admin' })).toBe(false)
    expect(await people.findByTelegramId(db, 2)).toMatchObject({ access: 'denied', role: 'viewer' })
  })
})

test('somebody who is out is let in once, by the first of two admins', async ({ db }) => {
  const [one, other] = [await aMember(db, 1, { role: 'admin' }), await aMember(db, 2, { role: 'admin' })]
  const { id } = await people.ensure(db, profile(3))
  const lets = [one, other].map((decidedBy) => members.letIn(db, id, { rights: { role: 'operator' }, decidedBy }))
  expect((await Promise.all(lets)).filter(Boolean)).toHaveLength(1)
  expect(await peopleList.find(db, id)).toMatchObject({ access: 'granted', role: 'operator' })
})

test('two admins who dismiss each other at once do not leave the bot without any', async ({ db }) => {
  const pair = [await aMember(db, 1, { role: 'admin' }), await aMember(db, 2, { role: 'admin' })] as const
  const dismiss = async (adminId: number, personId: number) =>
    db.transaction().execute(async (tx) => {
      const mayGoOn = await members.lockForChange(tx, { adminId, personId, adminChatIds: [] })
      return mayGoOn && members.dismiss(tx, personId, { decidedBy: adminId })
    })
  const done = await Promise.all([dismiss(pair[0], pair[1]), dismiss(pair[1], pair[0])])
  expect(done.filter(Boolean)).toHaveLength(1)
  const admins = await db.selectFrom('person').select('id').where('access', '=', 'granted').execute()
  expect(admins).toHaveLength(1)
})

test('one of two admins who dismiss a member at once decides', async ({ db }) => {
  const [one, other] = [await aMember(db, 1, { role: 'admin' }), await aMember(db, 2, { role: 'admin' })]
  const id = await aMember(db, 3, { role: 'operator' })
  const decisions = await Promise.all([one, other].map(async (decidedBy) => members.dismiss(db, id, { decidedBy })))
  expect(decisions.filter(Boolean)).toHaveLength(1)
  const { accessDecidedBy } = await db
    .selectFrom('person')
    .select('accessDecidedBy')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  expect(accessDecidedBy).toBe(decisions[0] ? one : other)
})

function profile(telegramId: number, firstName = 'Анна') {
  return { telegramId, firstName, lastName: null, username: null, language: 'ru' } as const
}

interface Membership {
  readonly firstName?: string
  readonly role: 'admin' | 'operator' | 'viewer'
  readonly companyId?: number
}

async function aMember(db: Db, telegramId: number, { firstName, role, companyId }: Membership): Promise<number> {
  await people.ensure(db, profile(telegramId, firstName))
  const person = await people.grant(db, telegramId, role, companyId ?? null)
  if (!person) throw new Error(`nobody has the id ${telegramId}`)
  return person.id
}

async function aCompany(db: Db, name: string): Promise<number> {
  const company = await companies.insert(db, name)
  if (!company) throw new Error(`there is a company ${name}`)
  return company.id
}
