import { failedAnswers } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { cli } from '../../cli.test-helper.ts'

test('shows what is behind a code, and the last failures without one', async ({ db, databaseUrl }) => {
  const error = { errorType: 'TypeError', message: 'out of order', stack: 'TypeError: out of order\n    at here' }
  await failedAnswers.insert(db, { reference: 'a1b2c3', updateId: 7, kind: 'command', name: 'why', ...error })
  const env = { DATABASE_URL: databaseUrl }
  const one = await cli('ref A1B2C3 --json', env)
  expect(one.code).toBe(0)
  expect(JSON.parse(one.text)).toMatchObject({
    messages: [expect.stringContaining('at here')],
    tables: [[{ code: 'a1b2c3', update: 7, kind: 'command', name: 'why', error: 'TypeError' }]],
  })
  expect(JSON.parse((await cli('ref --json', env)).text)).toMatchObject({ ok: true, messages: [] })
  expect(await cli('ref ffffff', env)).toMatchObject({ code: 1 })
  expect(await cli('ref zzz', env)).toMatchObject({ code: 2 })
})
