import { createHash } from 'node:crypto'
import { annotations, type Db, storedFiles, workbooks } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aJobContext, aPerson, aPosition } from '../test/seed.ts'
import { createHousekeeping } from './housekeeping.ts'

const days = {
  updates: 14,
  reportContent: 90,
  lookups: 365,
  deliveries: 180,
  events: 365,
  originals: 180,
  refusedOriginals: 30,
}

test('old rows go in as many batches as it takes', async ({ db }) => {
  await sql`insert into telegram_update (update_id, chat_id, payload, done_at)
    select n, 7, '{}', now() - interval '15 days' from generate_series(1, 10002) as n`.execute(db)
  await createHousekeeping({ db, days, scheduleZone: 'Asia/Vladivostok' })({}, aJobContext())
  const rows = await db.selectFrom('telegramUpdate').select('updateId').execute()
  expect(rows).toEqual([{ updateId: 10_002 }])
})

test('events that became known and happened long ago go, those that a detection can still reach stay', async ({
  db,
}) => {
  await aPosition(db, { container: 'CSQU3054383' })
  const { stamp } = await db
    .selectFrom('workbook')
    .select('stamp')
    .where('stamp', 'is not', null)
    .executeTakeFirstOrThrow()
  await sql`insert into event (container, kind, identity, happened_at, detected_at)
    select 'CSQU3054383', 'departed', days::text, ${stamp}::timestamptz - make_interval(days => days), now() - interval '400 days'
    from unnest(array[1, 100, 130]) as days`.execute(db)
  await createHousekeeping({ db, days, scheduleZone: 'Asia/Vladivostok' })({}, aJobContext())
  const kept = await db.selectFrom('event').select('identity').orderBy('id').execute()
  expect(kept.map(({ identity }) => identity)).toEqual(['1', '100'])
})

test('arrivals that no import has stored are filled in', async ({ db }) => {
  await aPosition(db, { container: 'CSQU3054383', station: 'СЕЛЯТИНО' })
  await aPosition(db, { container: 'MSKU6011672' })
  await createHousekeeping({ db, days, scheduleZone: 'Asia/Vladivostok' })({}, aJobContext())
  const stored = await db.selectFrom('position').select(['operatedAt', 'arrivedAt']).orderBy('container').execute()
  expect(stored.map(({ arrivedAt }) => arrivedAt)).toEqual([stored[0]?.operatedAt, null])
})

test('parties of containers that no import has resolved are stored', async ({ db }) => {
  await aPosition(db, { container: 'CSQU3054383' })
  await db.deleteFrom('containerParty').execute()
  await createHousekeeping({ db, days, scheduleZone: 'Asia/Vladivostok' })({}, aJobContext())
  const stored = await db.selectFrom('containerParty').select(['container', 'partyId', 'isLive']).execute()
  expect(stored).toEqual([{ container: 'CSQU3054383', partyId: 0, isLive: true }])
})

test('a shutdown ends it between two batches', async ({ db }) => {
  const run = createHousekeeping({ db, days, scheduleZone: 'Asia/Vladivostok' })(
    {},
    { ...aJobContext(), signal: AbortSignal.abort(new Error('shutdown')) },
  )
  await expect(run).rejects.toThrow('shutdown')
})

test('files that were completed for people go with their reports, unless they came in as reports too', async ({
  db,
}) => {
  const [old, imported, fresh] = ['old', 'imported', 'fresh'].map((text) => Buffer.from(text))
  for (const content of [old!, imported!, fresh!]) await aCompletedFile(db, content)
  const arrival = { origin: 'telegram', fileName: 'a.xlsx', receivedAt: new Date(), ...fileOf(imported!) } as const
  await workbooks.insert(db, arrival)
  await db
    .updateTable('report')
    .set({ createdAt: new Date(Date.now() - 91 * 86_400_000) })
    .where('name', '!=', 'fresh')
    .execute()
  await createHousekeeping({ db, days, scheduleZone: 'Asia/Vladivostok' })({}, aJobContext())
  const kept = await db.selectFrom('blob').select('content').execute()
  expect(kept.map(({ content }) => String(content)).toSorted()).toEqual(['fresh', 'imported'])
})

function fileOf(content: Buffer) {
  return { content, sha256: createHash('sha256').update(content).digest() }
}

async function aCompletedFile(db: Db, content: Buffer): Promise<void> {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const file = fileOf(content)
  await storedFiles.store(db, file)
  await annotations.insert(db, { personId, chatId, fileName: String(content), sha256: file.sha256 })
  await db.updateTable('report').set({ status: 'built' }).execute()
}
