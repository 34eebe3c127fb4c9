import { expect, test } from '@atermtrack/testkit'
import { aPerson, cli } from '../../cli.test-helper.ts'

test('shows what commands did, with codes and details as they are stored', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77)
  await cli('companies add Ромашка', env)
  await cli('people grant 77 viewer --company 1', env)
  const { code, text } = await cli('audit list --json', env)
  expect(code).toBe(0)
  const { tables } = JSON.parse(text) as { readonly tables: readonly unknown[][] }
  const [granted, added] = tables[0] ?? []
  expect(granted).toMatchObject({
    actor: null,
    action: 'access.granted',
    object: expect.stringMatching(/^person:\d+$/),
    object_name: 'Анна',
    details: '{"role":"viewer","companyId":1}',
    command: 'people grant',
  })
  expect(added).toMatchObject({ action: 'company.added', object: 'company:1', object_name: 'Ромашка', details: null })
  const found = (await cli('audit list --search ромаш', env)).text
  expect(found).toContain('company.added')
  expect(found).not.toContain('access.granted')
  expect(await cli('audit list --limit many', env)).toMatchObject({ code: 2 })
})

test('an erasure by a command names the command', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77)
  await cli('people erase 77 --yes', env)
  expect((await cli('audit list', env)).text).toMatch(/person\.erased +person:\d+ +people erase$/m)
})
