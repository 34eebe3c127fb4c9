import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aJobContext } from '../test/seed.ts'
import { createHousekeeping } from './housekeeping.ts'

const days = { updates: 14, reportContent: 90, lookups: 365 }

test('old rows go in as many batches as it takes', async ({ db }) => {
  await sql`insert into telegram_update (update_id, chat_id, payload, done_at)
    select n, 7, '{}', now() - interval '15 days' from generate_series(1, 10002) as n`.execute(db)
  await createHousekeeping({ db, days })({}, aJobContext())
  const rows = await db.selectFrom('telegramUpdate').select('updateId').execute()
  expect(rows).toEqual([{ updateId: 10_002 }])
})

test('a shutdown ends it between two batches', async ({ db }) => {
  const run = createHousekeeping({ db, days })(
    {},
    { ...aJobContext(), signal: AbortSignal.abort(new Error('shutdown')) },
  )
  await expect(run).rejects.toThrow('shutdown')
})
