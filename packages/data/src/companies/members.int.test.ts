import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as people from '../people/people.ts'
import * as companies from './companies.ts'
import * as members from './members.ts'

const all = { offset: 0, limit: 100, companyId: undefined }

describe('the list of members', () => {
  test('holds only people who have access, by name, those of a removed company first', async ({ db }) => {
    const company = await aCompany(db, 'Ромашка')
    await aMember(db, 1, { firstName: 'Вера', role: 'admin' })
    await aMember(db, 2, { firstName: 'Анна', role: 'operator' })
    await aMember(db, 3, { firstName: 'Яна', role: 'viewer', companyId: company })
    await people.ensure(db, profile(4, 'Борис'))
    await companies.remove(db, company)
    const { total, rows } = await members.list(db, all)
    expect(total).toBe(3)
    expect(rows.map(({ firstName, role, isStranded }) => [firstName, role, isStranded])).toEqual([
      ['Яна', 'viewer', true],
      ['Анна', 'operator', false],
      ['Вера', 'admin', false],
    ])
  })

  test('of one company holds its people, in pages', async ({ db }) => {
    const company = await aCompany(db, 'Ромашка')
    const other = await aCompany(db, 'Василёк')
    for (const [n, firstName] of ['В', 'А', 'Б'].entries())
      await aMember(db, n + 1, { firstName, role: 'viewer', companyId: company })
    await aMember(db, 9, { firstName: 'Г', role: 'viewer', companyId: other })
    const page = await members.list(db, { offset: 1, limit: 2, companyId: company })
    expect([page.total, ...page.rows.map(({ firstName }) => firstName)]).toEqual([3, 'Б', 'В'])
    expect(page.rows.map(({ companyName }) => companyName)).toEqual(['Ромашка', 'Ромашка'])
    expect(await members.list(db, { offset: 0, limit: 2, companyId: other + 1 })).toEqual({ total: 0, rows: [] })
  })
})

describe('new rights of a member', () => {
  test('keep a company with a viewer only', async ({ db }) => {
    const company = await aCompany(db, 'Ромашка')
    const id = await aMember(db, 1, { role: 'viewer', companyId: company })
    expect(await members.assign(db, id, { role: 'operator' })).toBe(true)
    expect(await members.find(db, id)).toMatchObject({ role: 'operator', companyId: null, companyName: null })
    expect(await members.assign(db, id, { role: 'viewer', companyId: company })).toBe(true)
    expect(await members.find(db, id)).toMatchObject({ role: 'viewer', companyName: 'Ромашка' })
    expect(await members.assign(db, id, { role: 'viewer', companyId: null })).toBe(true)
    expect(await members.find(db, id)).toMatchObject({ companyId: null, isStranded: false })
  })

  test('do not let a person in who lost access meanwhile', async ({ db }) => {
    const admin = await aMember(db, 1, { role: 'admin' })
    const id = await aMember(db, 2, { role: 'viewer' })
    expect(await members.dismiss(db, id, { decidedBy: admin })).toBe(true)
    expect(await members.assign(db, id, { role: 'admin' })).toBe(false)
    expect(await members.find(db, id)).toBeUndefined()
    expect(await people.findByTelegramId(db, 2)).toMatchObject({ access: 'denied', role: 'viewer' })
  })
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
