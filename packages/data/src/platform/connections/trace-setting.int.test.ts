import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as deliveries from '../../deliveries/deliveries.ts'
import * as pendingRows from '../../housekeeping/pending-rows.ts'
import { openDb } from '../client.ts'

const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const message = { kind: 'alert', chatId: 7, text: 'x' } as const

test('a row keeps the trace that its transaction names, and rows after it on the same connection keep none', async ({
  db,
  databaseUrl,
}) => {
  await using single = openDb({ url: databaseUrl, poolSize: 1 })
  const traced = await single.transaction().execute(async (tx) => {
    await sql.raw(`set local atermtrack.trace = '${trace}'`).execute(tx)
    return deliveries.insertMessage(tx, message)
  })
  const other = await deliveries.insertMessage(single, message)
  await sql`update delivery set enqueued_at = now() - interval '2 min'`.execute(db)
  expect(await pendingRows.claim(db, 'send-telegram', { seconds: 60, limit: 10 })).toEqual([
    { id: traced.id, kind: 'alert', trace },
    { id: other.id, kind: 'alert', trace: null },
  ])
})
