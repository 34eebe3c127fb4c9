import { people } from '@atermtrack/data'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { aPerson, auditOf, cli } from '../cli.test-helper.ts'

test('lists nobody while nobody has written', async ({ databaseUrl }) => {
  expect(await cli('people list', { DATABASE_URL: databaseUrl })).toEqual({ code: 0, text: '(none)' })
})

test('lists people as JSON with typed cells, and a failure as well', async ({ db, databaseUrl }) => {
  await aPerson(db, 77, 'operator')
  const env = { DATABASE_URL: databaseUrl }
  const { code, text } = await cli('people list --json', env)
  expect(code).toBe(0)
  expect(JSON.parse(text)).toMatchObject({
    ok: true,
    tables: [[{ telegram_id: 77, name: 'Анна', role: 'operator', company: null, unreachable_since: null }]],
  })
  const failed = await cli('people grant 78 admin --json', env)
  expect(failed.code).toBe(1)
  expect(JSON.parse(failed.text)).toMatchObject({ ok: false, error: 'nobody with id 78 has written to the bot' })
})

test('each command explains itself', async () => {
  const { code, text } = await cli('people grant --help')
  expect(code).toBe(0)
  expect(text).toMatch(/^npm run cli --\n {2}people grant <telegram id> <role>/)
  expect(text).not.toContain('people erase')
})

test('a person without access is listed without a role, and one who blocked the bot with the time', async ({
  db,
  databaseUrl,
}) => {
  await aPerson(db, 77)
  await people.markUnreachable(db, 77, 'blocked')
  expect((await cli('people list', { DATABASE_URL: databaseUrl })).text).toMatch(
    /77 +Анна +anna +ru +none +\d{4}-\d\d-\d\d \d\d:\d\d$/,
  )
})

test('a grant that cannot be made changes nothing and is not in the audit', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77)
  expect(await cli('people grant 78 admin', env)).toEqual({
    code: 1,
    text: 'failed: nobody with id 78 has written to the bot',
  })
  expect(await cli('people grant 77 viewer --company 9', env)).toEqual({
    code: 1,
    text: 'failed: there is no company 9',
  })
  expect(await cli('people grant 77 viewer --company nine', env)).toMatchObject({ code: 2 })
  expect(await cli('people grant -77 admin', env)).toMatchObject({ code: 2 })
  expect(await people.findByTelegramId(db, 77)).toMatchObject({ access: 'none', role: null })
  expect(await auditOf(db)).toEqual([])
})

test('a later grant replaces the role and the company of the one before', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77)
  await cli('companies add Ромашка', env)
  await cli('people grant 77 viewer --company 1', env)
  await cli('people grant 77 admin', env)
  expect(await people.findByTelegramId(db, 77)).toMatchObject({ role: 'admin', companyId: null })
  expect((await auditOf(db)).slice(1).map(({ details }) => details)).toEqual([
    { role: 'viewer', companyId: 1 },
    { role: 'admin' },
  ])
  expect((await readLedger(db, { chatId: 77 })).map(({ text }) => text)).toEqual([
    expect.stringContaining('ваша компания: <b>Ромашка</b>'),
    expect.stringContaining('Ваши права изменились: вы администратор'),
  ])
})

test('somebody is shown out, and who waits for an answer gets it', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77, 'operator')
  await aPerson(db, 78)
  await db.updateTable('person').set({ access: 'requested' }).where('telegramId', '=', 78).execute()
  expect(await cli('people dismiss 77', env)).toEqual({ code: 0, text: '77 has no access any more' })
  expect(await cli('people dismiss 77', env)).toEqual({ code: 1, text: 'failed: 77 has no access' })
  expect(await cli('people dismiss 78', env)).toMatchObject({ code: 0 })
  expect(await cli('people dismiss 79', env)).toMatchObject({ code: 1 })
  expect((await people.findByTelegramId(db, 77))?.access).toBe('denied')
  expect((await auditOf(db)).map(({ action, command }) => [action, command])).toEqual([
    ['access.taken', 'people dismiss'],
    ['access.denied', 'people dismiss'],
  ])
  expect((await readLedger(db, { chatId: 77 })).length).toBe(0)
  expect((await readLedger(db, { chatId: 78 }))[0]?.text).toContain('администратор не открыл вам доступ')
})

test('only one of two that erase somebody at once succeeds, and the other reports that there is nobody', async ({
  db,
  databaseUrl,
}) => {
  const env = { DATABASE_URL: databaseUrl }
  await aPerson(db, 77, 'operator')
  const erased = await Promise.all([cli('people erase 77 --yes', env), cli('people erase 77 --yes', env)])
  expect(erased.map(({ code }) => code)).toContain(0)
  expect(await people.findByTelegramId(db, 77)).toBeUndefined()
  expect(await cli('people list', env)).toEqual({ code: 0, text: '(none)' })
})
