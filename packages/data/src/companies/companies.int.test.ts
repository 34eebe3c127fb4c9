import { describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as people from '../people/people.ts'
import * as companies from './companies.ts'

const all = { offset: 0, limit: 100 }

describe('a name of a company', () => {
  test('belongs to one company, however it is written and however many insert it at once', async ({ db }) => {
    const attempts = ['Ромашка', 'РОМАШКА', 'ромашка'].map(async (name) => companies.insert(db, name))
    const inserted = (await Promise.all(attempts)).filter((company) => company !== undefined)
    expect(inserted).toHaveLength(1)
    expect((await companies.list(db, all)).rows).toHaveLength(1)
  })

  test('is free again when its company is removed, and the removed one stays removed', async ({ db }) => {
    const first = await aCompany(db, 'Ромашка')
    expect(await companies.remove(db, first)).toBe('Ромашка')
    expect(await companies.remove(db, first)).toBeUndefined()
    const second = await aCompany(db, 'Ромашка')
    expect(second).not.toBe(first)
    expect(await companies.find(db, first)).toBeUndefined()
    expect(await companies.find(db, second)).toMatchObject({ name: 'Ромашка' })
  })

  test('can change its letters, but not into the name of another company', async ({ db }) => {
    const id = await aCompany(db, 'Ромашка')
    await aCompany(db, 'Василёк')
    const gone = await aCompany(db, 'Лютик')
    await companies.remove(db, gone)
    expect(await companies.rename(db, id, 'РОМАШКА')).toBe(true)
    expect(await companies.rename(db, id, 'василёк')).toBe(false)
    expect(await companies.rename(db, id, 'Лютик')).toBe(true)
    expect(await companies.rename(db, gone, 'Мак')).toBe(false)
    expect(await companies.find(db, id)).toMatchObject({ name: 'Лютик' })
  })
})

describe('the list of companies', () => {
  test('is empty without a company', async ({ db }) => {
    expect(await companies.list(db, all)).toEqual({ total: 0, rows: [] })
  })

  test('comes in pages by name, with the number of all companies on each page', async ({ db }) => {
    for (const name of ['В', 'А', 'Б']) await aCompany(db, name)
    const page = async (offset: number) => {
      const { total, rows } = await companies.list(db, { offset, limit: 2 })
      return [total, ...rows.map(({ name }) => name)]
    }
    expect([await page(0), await page(2)]).toEqual([
      [3, 'А', 'Б'],
      [3, 'В'],
    ])
  })

  test('counts clients, and only the people who have access', async ({ db }) => {
    const id = await aCompany(db, 'Ромашка')
    const other = await aCompany(db, 'Василёк')
    await companies.addClient(db, id, { inn: '2536000001', name: null })
    await companies.addClient(db, id, { inn: null, name: 'Лютик' })
    for (const telegramId of [1, 2, 3]) await aViewer(db, telegramId, id)
    await db.updateTable('person').set({ access: 'denied' }).where('telegramId', '=', 3).execute()
    const { rows } = await companies.list(db, all)
    expect(rows.map(({ name, clients, people }) => [name, clients, people])).toEqual([
      ['Василёк', 0, 0],
      ['Ромашка', 2, 2],
    ])
    expect(await companies.find(db, other)).toMatchObject({ clients: 0, people: 0, isShared: false })
  })
})

test('a removed company cannot be shared', async ({ db }) => {
  const id = await aCompany(db, 'Ромашка')
  expect(await companies.setShared(db, id, true)).toBe(true)
  expect(await companies.find(db, id)).toMatchObject({ isShared: true })
  expect(await companies.setShared(db, id, false)).toBe(true)
  await companies.remove(db, id)
  expect(await companies.setShared(db, id, true)).toBe(false)
})

describe('a client of a company', () => {
  test('is added once, by several admins at once as well', async ({ db }) => {
    const id = await aCompany(db, 'Ромашка')
    const add = async () => companies.addClient(db, id, { inn: '2536000001', name: 'Лютик' })
    expect((await Promise.all([add(), add(), add()])).filter(Boolean)).toHaveLength(1)
    expect((await companies.listClients(db, id, all)).total).toBe(1)
  })

  test.for(['', '  ', '«»', '- . /'])('is not a name without a letter: "%s"', async (name, { db }) => {
    const id = await aCompany(db, 'Ромашка')
    expect(await companies.addClient(db, id, { inn: null, name })).toBe(false)
    expect(await companies.addClient(db, id, { inn: '2536000001', name })).toBe(true)
  })

  test('is a client of several companies, and each removes only its own', async ({ db }) => {
    const [one, other] = [await aCompany(db, 'Ромашка'), await aCompany(db, 'Василёк')]
    for (const id of [one, other]) await companies.addClient(db, id, { inn: '2536000001', name: null })
    const [client] = (await companies.listClients(db, one, all)).rows
    expect(await companies.findClient(db, other, client!.id)).toBeUndefined()
    expect(await companies.removeClient(db, other, client!.id)).toBeUndefined()
    expect(await companies.removeClient(db, one, client!.id)).toEqual({ inn: '2536000001', name: null })
    expect(await companies.removeClient(db, one, client!.id)).toBeUndefined()
    expect((await companies.listClients(db, other, all)).total).toBe(1)
  })

  test('is listed in the order of arrival, in pages', async ({ db }) => {
    const id = await aCompany(db, 'Ромашка')
    for (const name of ['Я', 'Б', 'А']) await companies.addClient(db, id, { inn: null, name })
    const { total, rows } = await companies.listClients(db, id, { offset: 1, limit: 2 })
    expect([total, ...rows.map(({ name }) => name)]).toEqual([3, 'Б', 'А'])
    expect(await companies.listClients(db, id, { offset: 3, limit: 2 })).toEqual({ total: 0, rows: [] })
  })
})

describe('a client that the files name', () => {
  test('stands once for all its spellings, with its ИНН, until the company has it', async ({ db }) => {
    const id = await aCompany(db, 'Экспедитор')
    await storeClients(db, ['ООО «Ромашка»', 'РОМАШКА, ООО', 'АО Василёк'], [['ООО «Ромашка»', '2536000001']])
    expect(await known(db, id)).toEqual([
      ['АО Василёк', null],
      ['ООО «Ромашка»', '2536000001'],
    ])
    await companies.addClient(db, id, { inn: '2536000001', name: null })
    expect(await known(db, id)).toEqual([['АО Василёк', null]])
    await companies.addClient(db, id, { inn: null, name: 'василёк' })
    expect(await known(db, id)).toEqual([])
  })

  test('of one name and two ИНН is two clients', async ({ db }) => {
    const id = await aCompany(db, 'Экспедитор')
    const named = [
      ['ООО Ромашка', '2536000001'],
      ['АО Ромашка', '2536000002'],
    ] as const
    await storeClients(
      db,
      named.map(([name]) => name),
      named,
    )
    expect(await known(db, id)).toEqual([
      ['АО Ромашка', '2536000002'],
      ['ООО Ромашка', '2536000001'],
    ])
    await companies.addClient(db, id, { inn: '2536000002', name: null })
    expect(await known(db, id)).toEqual([['ООО Ромашка', '2536000001']])
  })

  test('is found by a part of its name in any letters, and by the first digits of its ИНН', async ({ db }) => {
    const id = await aCompany(db, 'Экспедитор')
    await storeClients(db, ['ООО «Ромашка»', 'АО Василёк'], [['ООО «Ромашка»', '2536000001']])
    const names = async (search: string) => (await known(db, id, search)).map(([name]) => name)
    expect(await names('МАШ')).toEqual(['ООО «Ромашка»'])
    expect(await names('253')).toEqual(['ООО «Ромашка»'])
    expect(await names('600')).toEqual([])
    expect(await names('лютик')).toEqual([])
  })

  test('is not found by signs that stand for any letters elsewhere', async ({ db }) => {
    const id = await aCompany(db, 'Экспедитор')
    await storeClients(db, ['ООО «Ромашка»'], [])
    expect(await known(db, id, 'р%а_ка')).toEqual([])
  })

  test('is found by its id, and by no other', async ({ db }) => {
    const id = await aCompany(db, 'Экспедитор')
    await storeClients(db, ['ООО «Ромашка»'], [])
    const [client] = (await companies.listKnownClients(db, id, { ...all, search: undefined })).rows
    expect(await companies.findKnownClient(db, client!.spellingId)).toMatchObject({ name: 'ООО «Ромашка»', inn: null })
    expect(await companies.findKnownClient(db, client!.spellingId + 1)).toBeUndefined()
  })
})

async function aCompany(db: Db, name: string): Promise<number> {
  const company = await companies.insert(db, name)
  if (!company) throw new Error(`there is a company ${name}`)
  return company.id
}

async function aViewer(db: Db, telegramId: number, companyId: number): Promise<void> {
  await people.ensure(db, { telegramId, firstName: 'Анна', lastName: null, username: null, language: 'ru' })
  await people.grant(db, telegramId, 'viewer', companyId)
}

/** Stores what files have said so far: the spellings of clients, and the ИНН of some. */
async function storeClients(
  db: Db,
  spellings: readonly string[],
  inns: readonly (readonly [spelling: string, inn: string])[],
): Promise<void> {
  for (const spelling of spellings) {
    const { form } = await db
      .insertInto('clientSpelling')
      .values({ spelling })
      .returning('form')
      .executeTakeFirstOrThrow()
    const [, inn] = inns.find(([name]) => name === spelling) ?? []
    if (inn !== undefined)
      await db
        .insertInto('clientInn')
        .values({ form: form ?? '', inn })
        .execute()
  }
}

async function known(db: Db, companyId: number, search?: string): Promise<readonly (readonly (string | null)[])[]> {
  const { rows } = await companies.listKnownClients(db, companyId, { ...all, search })
  return rows.map(({ name, inn }) => [name, inn])
}
