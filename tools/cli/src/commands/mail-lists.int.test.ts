import { expect, test } from '@atermtrack/testkit'
import { auditOf, cli } from '../cli.test-helper.ts'

test('keeps address lists, and refuses what is no address, kind or train', async ({ db, databaseUrl }) => {
  const env = { DATABASE_URL: databaseUrl }
  expect(await cli('mail-lists add Выгрузка', env)).toEqual({ code: 0, text: 'list 1 is added' })
  expect(await cli('mail-lists change 1 --addresses a@b.example,c@d.example --trains k25-073', env)).toMatchObject({
    code: 0,
  })
  expect((await cli('mail-lists list', env)).text).toMatch(
    /1 +Выгрузка +a@b\.example, c@d\.example +unloaded +all +К25-073/u,
  )
  for (const bad of ['--addresses nobody', '--events lost', '--trains X'])
    expect(await cli(`mail-lists change 1 ${bad}`, env)).toMatchObject({ code: 2 })
  expect(await cli('mail-lists change 2 --trains К25-073', env)).toMatchObject({ code: 1 })
  expect(await cli('mail-lists remove 1', env)).toMatchObject({ code: 0 })
  expect(await cli('mail-lists list', env)).toEqual({ code: 0, text: '(none)' })
  expect((await auditOf(db)).map(({ action }) => action)).toEqual([
    'mail_list.added',
    'mail_list.changed',
    'mail_list.removed',
  ])
})
