import { type AskedPicture, companies, type Db, pictures } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { openPolicy, readLedger, test, expect, type Fixtures } from '@atermtrack/testkit'
import { withBuilder } from '../../test/build.ts'
import { aJobContext, aPerson, aPosition } from '../../test/seed.ts'

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

const [shown, hidden] = ['CSQU3054383', 'MSKU6011672'] as const
const approval: AccessPolicy = { ...openPolicy, mode: 'approval', unnamed: 'hidden' }
let updateId = 0

// Takes up to 60 s: draws four pictures, each in a thread that loads what it needs.
test('a picture shows what its reader may see when it is drawn, and is delivered once', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { person, companyId } = await aClientOf(db, shown)
  await aPosition(db, { container: hidden })
  const list = await ask(db, person, { picture: 'map', containers: [shown, hidden, 'TKRU4300003'] })
  await build(place, list)
  await build(place, list)
  expect(await reportsOf(db)).toEqual([
    { status: 'built', reason: null, rowCount: 1, builtFor: expect.stringContaining(String(companyId)), isPng: true },
  ])
  const [delivery, ...others] = await readLedger(db)
  expect(others).toEqual([])
  expect(delivery).toMatchObject({ status: 'pending', chatId: person.telegramId, kind: 'answer' })
  const [{ text }] = (await db.selectFrom('delivery').select('text').execute()) as [{ text: string }]
  expect(text).toContain('Селятино: в пути 1')
  expect(text).toContain('В дислокации не видны: 2')
})

test('of a container that the reader may not see there is a word instead of a picture', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { person } = await aClientOf(db, shown)
  await aPosition(db, { container: hidden })
  for (const picture of ['route', 'pace'] as const)
    await build(place, await ask(db, person, { picture, containers: [hidden] }))
  await build(place, await ask(db, person, { picture: 'train_route', trainCode: 'К26-001' }))
  expect(new Set((await reportsOf(db)).map(({ status, reason, isPng }) => `${status} ${reason} ${isPng}`))).toEqual(
    new Set(['skipped nothing_to_draw null']),
  )
  const notices = await db.selectFrom('delivery').select('notice').execute()
  expect(notices.map(({ notice }) => notice)).toContainEqual({ kind: 'picture_empty', params: { name: hidden } })
  // The same container, seen.
  await build(place, await ask(db, person, { picture: 'route', containers: [shown] }))
  expect((await reportsOf(db)).at(-1)).toMatchObject({ status: 'built', isPng: true })
})

test('the containers of a company are for those who manage companies', async ({ db, redisUrl, queuePrefix }) => {
  const place = { db, redisUrl, queuePrefix }
  const { companyId } = await aClientOf(db, shown)
  await aPosition(db, { container: hidden })
  const admin = await aPerson(db)
  await db.updateTable('person').set({ role: 'admin' }).where('id', '=', admin.id).execute()
  const viewer = await aPerson(db)
  await db.updateTable('person').set({ role: 'viewer' }).where('id', '=', viewer.id).execute()
  for (const person of [admin, viewer]) {
    await build(place, await ask(db, person, { picture: 'map', companyId, name: 'Ромашка' }))
  }
  expect((await reportsOf(db)).map(({ status, reason, rowCount }) => [status, reason, rowCount])).toEqual([
    ['built', null, 1],
    ['skipped', 'access_denied', null],
  ])
})

/** Somebody of a company whose only client is the consignee of a container. */
async function aClientOf(db: Db, container: string) {
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'Ромашка' })
    .returning('id')
    .executeTakeFirstOrThrow()
  const person = await aPerson(db)
  await db.updateTable('person').set({ role: 'viewer', companyId }).where('id', '=', person.id).execute()
  await db.insertInto('clientSpelling').values({ spelling: 'ООО «РОМАШКА»' }).execute()
  await aPosition(db, { container, consignee: 'ООО «РОМАШКА»' })
  await companies.addClient(db, companyId, { name: 'ООО «РОМАШКА»', inn: null })
  return { person, companyId }
}

async function ask(
  db: Db,
  { id: personId, telegramId: chatId }: { readonly id: number; readonly telegramId: number },
  asked: Pick<AskedPicture, 'picture' | 'name' | 'containers' | 'trainCode' | 'companyId'>,
): Promise<number> {
  updateId += 1
  const { id } = await pictures.insert(db, { personId, chatId, updateId, zone: 'Asia/Vladivostok', ...asked })
  return id
}

async function build(place: Place, reportId: number): Promise<void> {
  await withBuilder({ ...place, policy: approval }, (run) => run({ reportId }, aJobContext()))
}

async function reportsOf(db: Db) {
  const rows = await db
    .selectFrom('report')
    .select(['status', 'reason', 'rowCount', 'builtFor', 'content'])
    .orderBy('id')
    .execute()
  return rows.map(({ content, ...row }) => ({ ...row, isPng: content && content.subarray(1, 4).toString() === 'PNG' }))
}
