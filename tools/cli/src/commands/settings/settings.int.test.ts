import { storedSettings } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { auditOf, cli } from '../../cli.test-helper.ts'

test('a setting is shown, changed, listed and reset', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  expect((await cli('settings get STALE_AFTER_HOURS', env)).text).toMatch(/STALE_AFTER_HOURS +6 +6/)
  expect(await cli('settings set STALE_AFTER_HOURS 8', env)).toEqual({ code: 0, text: 'STALE_AFTER_HOURS is now "8"' })
  expect(await cli('settings set STALE_AFTER_HOURS 8', env)).toEqual({ code: 0, text: 'STALE_AFTER_HOURS is "8"' })
  expect((await cli('settings list', env)).text).toMatch(/STALE_AFTER_HOURS +8 +6 +yes +settings set/)
  expect((await cli('settings set MAIL_POLL_MINUTES 5', env)).code).toBe(0)
  expect((await cli('settings reset STALE_AFTER_HOURS', env)).text).toBe('STALE_AFTER_HOURS is now "6"')
  const history = JSON.parse((await cli('settings history --name STALE_AFTER_HOURS --json', env)).text)
  expect(history).toMatchObject({
    ok: true,
    tables: [
      [
        { name: 'STALE_AFTER_HOURS', by: 'settings reset', before: '8', after: '(default)' },
        { name: 'STALE_AFTER_HOURS', by: 'settings set', before: '(default)', after: '8' },
      ],
    ],
  })
  expect(await auditOf(db)).toEqual([
    { action: 'setting.changed', object: 'setting:STALE_AFTER_HOURS', command: 'settings set', details: { to: '8' } },
    { action: 'setting.changed', object: 'setting:MAIL_POLL_MINUTES', command: 'settings set', details: { to: '5' } },
    { action: 'setting.reset', object: 'setting:STALE_AFTER_HOURS', command: 'settings reset', details: { from: '8' } },
  ])
})

test('wrong names and values are refused with the reason, and change nothing', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  const wrong = await cli('settings set STALE_AFTER_HOURS never', env)
  expect(wrong.code).toBe(2)
  expect(wrong.text).toContain('STALE_AFTER_HOURS: expected a whole number from 1 to 100000')
  expect((await cli('settings set BOT_TOKEN 1:abc', env)).code).toBe(2)
  expect((await cli('settings get', env)).code).toBe(2)
  expect((await cli('settings reset NO_SUCH_SETTING', env)).code).toBe(2)
  const risky = await cli('settings set DISLOCATION_SENDERS a@b.example, @rail.example', env)
  expect(risky).toEqual({
    code: 1,
    text: 'failed: DISLOCATION_SENDERS would be "a@b.example, @rail.example": add --yes if that is meant',
  })
  expect(await storedSettings.list(db)).toEqual([])
  expect((await cli('settings set --yes DISLOCATION_SENDERS a@b.example, @rail.example', env)).code).toBe(0)
  expect(await storedSettings.list(db)).toEqual([{ name: 'DISLOCATION_SENDERS', value: 'a@b.example, @rail.example' }])
})

test('what another release has stored is reported, and removed by its name', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  await db
    .insertInto('setting')
    .values([
      { name: 'SETTING_OF_NEXT_YEAR', value: '1' },
      { name: 'STANDING_AFTER_HOURS', value: 'a day' },
    ])
    .execute()
  const { text } = await cli('settings list', env)
  expect(text).toMatch(/STANDING_AFTER_HOURS +24 +24 .*the stored value "a day" does not fit this release/)
  expect(text).toContain('settings of another release, left alone: SETTING_OF_NEXT_YEAR')
  expect((await cli('settings reset SETTING_OF_NEXT_YEAR', env)).text).toBe('SETTING_OF_NEXT_YEAR is removed')
  expect((await cli('settings reset STANDING_AFTER_HOURS', env)).code).toBe(0)
  expect(await storedSettings.list(db)).toEqual([])
})

test.each(['list', 'get', 'set', 'reset', 'history'])('settings %s says how it is used', async (name) => {
  const { code, text } = await cli(`settings ${name} --help`)
  expect(code).toBe(0)
  expect(text).toContain(`settings ${name}`)
})
