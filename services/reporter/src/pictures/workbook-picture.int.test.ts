import { type Db, reports } from '@atermtrack/data'
import { createPictures, type Pictures } from '@atermtrack/pictures'
import { expect, test } from '@atermtrack/testkit'
import excel from 'exceljs'
import { build, type Place } from '../../test/build.ts'
import { aMomentAgo, aPerson, aPosition, aSubscription } from '../../test/seed.ts'

const containers = ['CSQU3054383', 'MSKU6011672'] as const
let updateId = 0

test('an answer about several containers holds a picture of where they are, one for a client does not', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  const { id: personId, telegramId: chatId } = await aPerson(db)
  await aPosition(db, { container: containers[0] })
  await aPosition(db, { container: containers[1], kmLeft: 5_400, station: 'ЧИТА I' })
  const ask = async (asked: { readonly containers: readonly string[]; readonly isForClient?: boolean }) => {
    updateId += 1
    const { id } = await reports.insertLookup(db, { personId, chatId, updateId, ...asked })
    await build(place, id)
    return picturesOf(await contentOf(db, id))
  }
  expect(await ask({ containers })).toEqual({ Все: 0, Сводка: 1 })
  expect(await ask({ containers: containers.slice(0, 1) })).toMatchObject({ Сводка: 0 })
  expect(Object.values(await ask({ containers, isForClient: true }))).toEqual([0])
})

test('a report of a subscription holds a picture when its owner has chosen so, and comes without one that cannot be drawn', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const place = { db, redisUrl, queuePrefix }
  for (const container of containers) await aPosition(db, { container })
  const pictures = createPictures()
  let drawn = 0
  const counted: Pictures = {
    draw: async (...asked) => {
      drawn += 1
      return pictures.draw(...asked)
    },
  }
  const broken: Pictures = { draw: async () => Promise.reject(new Error('the process ended with SIGKILL')) }
  expect(await buildSlot(place, { showsPicture: false, pictures: counted })).toMatchObject({ Сводка: 0 })
  expect(drawn).toBe(0)
  expect(await buildSlot(place, { showsPicture: true, pictures: counted })).toMatchObject({ Сводка: 1, Все: 0 })
  expect(drawn).toBe(1)
  expect(await buildSlot(place, { showsPicture: true, pictures: broken })).toMatchObject({ Сводка: 0 })
})

async function buildSlot(
  place: Place,
  { showsPicture, pictures }: { readonly showsPicture: boolean; readonly pictures: Pictures },
) {
  const { db } = place
  const { id: personId, telegramId: chatId } = await aPerson(db)
  const { plannedAt, slot, localDate } = aMomentAgo({ minutes: 1 })
  const { id } = await aSubscription(db, { personId, slots: [slot], nextDueAt: plannedAt, containers })
  await db.updateTable('subscription').set({ showsPicture }).where('id', '=', id).execute()
  const row = { subscriptionId: id, personId, chatId, name: 'Новосибирск', containers, localDate, slot, plannedAt }
  const [report] = await reports.insertSlots(db, [{ ...row, late: false }])
  await build({ ...place, pictures }, report!.id)
  return picturesOf(await contentOf(db, report!.id))
}

async function contentOf(db: Db, id: number): Promise<Buffer> {
  const { content } = await db.selectFrom('report').select('content').where('id', '=', id).executeTakeFirstOrThrow()
  return content!
}

/** How many pictures stand on each sheet. */
async function picturesOf(content: Buffer): Promise<Readonly<Record<string, number>>> {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(content as never)
  return Object.fromEntries(workbook.worksheets.map((sheet) => [sheet.name, sheet.getImages().length]))
}
