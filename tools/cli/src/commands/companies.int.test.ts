import { companies } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { aPerson, auditOf, cli } from '../cli.test-helper.ts'

test('lists no companies while there are none, and shows nothing about a removed company', async ({
  db,
  databaseUrl,
}) => {
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli('companies list', env)).toEqual({ code: 0, text: '(none)' })
  await cli('companies add Ромашка', env)
  await companies.remove(db, 1)
  expect(await cli('companies list', env)).toEqual({ code: 0, text: '(none)' })
  expect(await cli('companies clients 1', env)).toEqual({ code: 1, text: 'failed: there is no company 1' })
})

test('only one of two that add one name at once succeeds, and only that one is in the audit', async ({
  db,
  databaseUrl,
}) => {
  const env = { DATABASE_URL: databaseUrl }
  const added = await Promise.all([cli('companies add Ромашка', env), cli('companies add РОМАШКА', env)])
  expect(added.map(({ code }) => code).toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(added.find(({ code }) => code === 1)?.text).toMatch(/^failed: there is a company "ромашка" already$/i)
  expect((await auditOf(db)).map(({ action }) => action)).toEqual(['company.added'])
})

test('a blank name is refused', async ({ db, databaseUrl }) => {
  expect(await cli('companies add \u00A0 \t', { DATABASE_URL: databaseUrl })).toMatchObject({ code: 2 })
  expect((await companies.list(db, { offset: 0, limit: 1 })).total).toBe(0)
})

test('a client is named by its name or its ИНН, and removed by its id', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await cli('companies add Ромашка', env)
  expect((await cli('companies clients 1 --add Василёк', env)).text).toMatch(/1 +Василёк/)
  expect((await cli('companies clients 1 --add 2536000001', env)).text).toMatch(/2 +2536000001/)
  expect(await cli('companies clients 1 --remove 3', env)).toEqual({
    code: 1,
    text: 'failed: company 1 has no client 3',
  })
  expect(await cli('companies clients 1 --remove nobody', env)).toMatchObject({ code: 2 })
  expect(await cli('companies clients 1 --add «-»', env)).toMatchObject({ code: 1 })
  expect((await cli('companies clients 1 --remove 1 --add Лютик', env)).text).not.toContain('Василёк')
  expect((await auditOf(db)).slice(1)).toEqual([
    { action: 'company.client_added', object: 'company:1', command: 'companies clients', details: { name: 'Василёк' } },
    {
      action: 'company.client_added',
      object: 'company:1',
      command: 'companies clients',
      details: { inn: '2536000001' },
    },
    { action: 'company.client_added', object: 'company:1', command: 'companies clients', details: { name: 'Лютик' } },
    {
      action: 'company.client_removed',
      object: 'company:1',
      command: 'companies clients',
      details: { name: 'Василёк' },
    },
  ])
})

test('a client of another company cannot be removed by its id', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await cli('companies add Ромашка', env)
  await cli('companies add Василёк', env)
  await cli('companies clients 1 --add 2536000001', env)
  expect(await cli('companies clients 2 --remove 1', env)).toMatchObject({ code: 1 })
  expect((await companies.listClients(db, 1, { offset: 0, limit: 9 })).total).toBe(1)
})

test('people of a removed company are listed as people who see nothing', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77)
  await cli('companies add Ромашка', env)
  await cli('people grant 77 viewer --company 1', env)
  await companies.remove(db, 1)
  expect((await cli('people list', env)).text).toMatch(/77 +Анна +anna +ru +granted +viewer +\(removed: sees nothing\)/)
})
