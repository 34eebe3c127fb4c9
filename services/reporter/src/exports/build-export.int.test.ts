import { randomUUID } from 'node:crypto'
import { createJobRunner, type Db, exportReports, personalData } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { createProcessRoom, sendTelegram } from '@atermtrack/queue'
import { createPictures } from '@atermtrack/pictures'
import { expect, openPolicy, readLedger, recordQueues, test } from '@atermtrack/testkit'
import type { FileLimits } from '@atermtrack/workbook-writer'
import { defaultReadingSettings } from '@atermtrack/workbook-reader/settings'
import { read, utils } from '@e965/xlsx'
import { sql } from 'kysely'
import { aJobContext, aPerson } from '../../test/seed.ts'
import { createBuildReport } from '../build-report.ts'

const policy: AccessPolicy = { ...openPolicy, mode: 'approval' }
const settings = {
  sourceZone: 'Europe/Moscow',
  scheduleZone: 'Asia/Vladivostok',
  claimDays: 45,
  freeDays: [],
  terminalZone: 'Asia/Vladivostok',
  forecastMovedHours: 24,
}

async function build(db: Db, reportId: number, fileLimits?: FileLimits) {
  const { queues, take } = recordQueues()
  const run = createBuildReport({
    pictures: createPictures(),
    ...settings,
    db,
    policy,
    fileLimits,
    run: createJobRunner(db, { table: 'report', process: randomUUID(), room: createProcessRoom() }),
    queues,
    emailIsOn: false,
    emailCopies: [],
    staleAfterMinutes: 360,
    standingAfterMinutes: 1_440,
    reading: defaultReadingSettings,
  })
  await run({ reportId }, aJobContext())
  return take(sendTelegram)
}

async function askedBy(db: Db, role: 'admin' | 'operator' | 'viewer' | undefined, kind: 'audit' | 'people' = 'audit') {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const access = role === undefined ? 'none' : 'granted'
  await db
    .updateTable('person')
    .set({ role: role ?? null, access, firstName: 'Анна' })
    .where('id', '=', personId)
    .execute()
  const period = { from: undefined, until: undefined }
  const about = { kind, period, zone: 'Asia/Vladivostok', name: 'Выгрузка', updateId: personId }
  const { id } = await exportReports.insertAsked(db, { ...about, personId, chatId })
  return { id, personId }
}

async function fill(db: Db, rows: number): Promise<void> {
  await sql`insert into audit (action, object) select 'x', 'n:' || n from generate_series(1, ${rows}::integer) as n`.execute(
    db,
  )
}

async function stateOf(db: Db) {
  return db.selectFrom('report').select(['status', 'reason', 'fileName']).orderBy('id').execute()
}

test('an admin gets the file, for admins alone', async ({ db }) => {
  await fill(db, 3)
  const { id } = await askedBy(db, 'admin')
  expect(await build(db, id)).toHaveLength(1)
  expect(await stateOf(db)).toEqual([
    {
      status: 'built',
      reason: null,
      fileName: expect.stringMatching(/^Выгрузка Журнал \d\d\.\d\d\.\d{4} \d\d-\d\d\.xlsx$/),
    },
  ])
  const [delivery] = await readLedger(db)
  expect(delivery).toMatchObject({
    text: expect.stringContaining('<b>Выгрузка: Журнал</b>\nза всё время\nДни и время: МСК+7\n3 строки'),
  })
  expect(await db.selectFrom('delivery').select(['audience', 'kind']).execute()).toEqual([
    { audience: 'admin', kind: 'answer' },
  ])
  // A second job finds nothing to do.
  expect(await build(db, id)).toEqual([])
})

test('somebody who is no admin when it is built gets none', async ({ db }) => {
  for (const role of ['operator', 'viewer', undefined] as const) {
    const { id } = await askedBy(db, role)
    await build(db, id)
  }
  const skipped = { status: 'skipped', reason: 'access_denied', fileName: null }
  expect(await stateOf(db)).toEqual([skipped, skipped, skipped])
  expect(await db.selectFrom('delivery').select('id').where('reportId', 'is not', null).execute()).toEqual([])
})

test('rows that do not fit into one file come as several, each once', async ({ db }) => {
  await fill(db, 9_000)
  const { id } = await askedBy(db, 'admin')
  expect((await build(db, id, { sheetRows: 4_000, fileBytes: 60_000 })).length).toBeGreaterThan(1)
  const rows = await db.selectFrom('report').select(['fileName', 'content', 'status', 'partOf']).orderBy('id').execute()
  expect(rows.map(({ fileName }) => fileName)).toEqual(
    rows.map((_, n) => expect.stringContaining(`часть ${n + 1} из ${rows.length}`)),
  )
  expect(rows.map(({ partOf }) => partOf)).toEqual(rows.map((_, n) => (n === 0 ? null : id)))
  const objects = rows.flatMap(({ content }) => {
    const workbook = read(content)
    return workbook.SheetNames.flatMap((name) =>
      utils.sheet_to_json<string[]>(workbook.Sheets[name]!, { header: 1, range: 4 }).map((row) => row[4]),
    )
  })
  expect(objects).toEqual(Array.from({ length: 9_000 }, (_, n) => `n:${n + 1}`))
})

test('while one builds it, another job leaves it alone', async ({ db }) => {
  const { id } = await askedBy(db, 'admin')
  await db.transaction().execute(async (tx) => {
    expect(await exportReports.hold(tx, id)).toBe(true)
    expect(await build(db, id)).toEqual([])
  })
  expect(await build(db, id)).toHaveLength(1)
})

test('a file that has not left is built again without somebody who erased their data, one that has left is deleted', async ({
  db,
}) => {
  const { id } = await askedBy(db, 'admin', 'people')
  const { id: other } = await askedBy(db, 'admin', 'people')
  await build(db, id)
  await build(db, other)
  await db.updateTable('delivery').set({ status: 'sent' }).where('reportId', '=', other).execute()
  const { id: leaver } = await aPerson(db)
  await db.transaction().execute((tx) => personalData.erase(tx, leaver))
  const rows = await db.selectFrom('report').select(['status', 'content']).orderBy('id').execute()
  expect(rows).toEqual([
    { status: 'pending', content: null },
    { status: 'built', content: null },
  ])
  expect(await build(db, id)).toHaveLength(1)
})

test('the data of a person come on the same way, also to somebody without access', async ({ db }) => {
  const { id: personId, telegramId: chatId } = await aPerson(db, { access: 'denied' })
  const { id } = await exportReports.insertPersonalData(db, { personId, chatId, updateId: 5, zone: 'Asia/Omsk' })
  expect(await build(db, id)).toHaveLength(1)
  const [row] = await db.selectFrom('report').select(['fileName', 'content', 'status']).execute()
  expect(row).toMatchObject({ status: 'built', fileName: expect.stringMatching(/^Мои данные \d{4}-\d\d-\d\d\.json$/) })
  expect(JSON.parse(String(row?.content))).toMatchObject({
    access: { decision: 'denied' },
    profile: { telegramId: chatId },
  })
  expect(await db.selectFrom('delivery').select('audience').execute()).toEqual([{ audience: 'anybody' }])
})

test('a picture of statistics comes to an admin', async ({ db }) => {
  const { id: personId, telegramId: chatId } = await aPerson(db)
  await db.updateTable('person').set({ role: 'admin' }).execute()
  const about = { period: 'week', zone: 'Asia/Vladivostok', name: 'Статистика', updateId: 5 } as const
  const { id } = await exportReports.insertStatistics(db, { ...about, personId, chatId })
  expect(await build(db, id)).toHaveLength(1)
  const [row] = await db.selectFrom('report').select(['fileName', 'content', 'status']).execute()
  expect(row).toMatchObject({ status: 'built', fileName: expect.stringMatching(/^Статистика .*\.png$/) })
  expect(row?.content?.subarray(1, 4).toString()).toBe('PNG')
})
