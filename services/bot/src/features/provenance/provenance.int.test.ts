import { type Db, storedRows } from '@atermtrack/data'
import { encodeDislocationRow } from '@atermtrack/data/staging'
import type { DislocationRow, WallTime } from '@atermtrack/domain'
import { expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'

const box = 'MSKU6011672'
const now = () => new Date('2025-09-02T06:00:00Z')

/** Keeps rows of the newest dislocation report that say the same of the box, as an import does. */
async function keepRows(
  db: Db,
  rowNumbers: readonly number[],
  operation = 'Отправление <b>со станции</b>',
): Promise<void> {
  const { id } = await db
    .updateTable('workbook')
    .set({ containers: [box], sheet: 'Лист <1>' })
    .where(
      'id',
      '=',
      db
        .selectFrom('workbook')
        .select(({ fn }) => fn.max('id').as('id'))
        .where('kind', '=', 'dislocation'),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  const store = storedRows.openRowStore()
  for (const rowNumber of rowNumbers) {
    const row = {
      rowNumber,
      container: box,
      operatedAt: new Date('2025-09-02T03:30:00Z'),
      operatedWall: '2025-09-02T06:30:00' as WallTime,
      operation,
      operationStation: { name: 'ЧИТА I', code: '940006' },
    }
    await store.add(Buffer.from(encodeDislocationRow(row as unknown as DislocationRow)))
  }
  await storedRows.insertRows(db, id, await store.finish())
}

test('shows an admin the rows behind a card, why the status is what it is, and leads to each file', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [aPosition({ container: box })])
  await keepRows(db, [45, ...Array.from({ length: 30 }, (_, index) => index + 100)])
  await storeVisits(db, [aVisit({ container: box })])
  await storeTrain(db, { code: 'К25-073', entries: [{ container: box }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris], now })
  const admin = sandbox.person(boris)
  await admin.say(box)
  await admin.waitForReply()
  await admin.press('🔎 Что бот видит')
  const { text } = await admin.waitForReply()
  expect(text).toContain('Состояние: 🚂 в пути')
  expect(text).toContain('от операции до времени отчёта прошло 1 ч 30 мин, не больше 1 сут')
  expect(text).toContain('Положение взято отсюда: report.xlsx №1, лист «Лист <1>», строка 1')
  expect(text).toContain('3 файла говорят о нём')
  expect(text).toContain('• лист «Лист <1>», строка 45: Отправление <b>со станции</b>, ЧИТА I, 02.09.2025 06:30 (МСК)')
  expect(text).toMatch(/ещё строки: 101, 102, .*, 112 и ещё 17/)
  expect(text).toContain('отчёт на 02.09.2025 08:00 (МСК)')
  expect(text).toContain('• лист «Containers», строка 2: на терминале A-Terminal, 01.09.2025 13:00')
  expect(text).toContain('• строка 2: в списке поезда К25-073')
  await admin.press('📄 №2')
  expect((await admin.waitForReply()).text).toContain('A-Terminal.xlsx №2')
})

test('pages through many files, and says what is undone or no longer kept', async ({ db, redisUrl, queuePrefix }) => {
  for (let hour = 0; hour < 6; hour += 1) {
    const asOf = new Date(Date.UTC(2025, 8, 2, hour))
    await db.deleteFrom('position').execute()
    await storePositions(
      db,
      [aPosition({ container: box, asOf, wagon: String(hour) })].map((one) => ({ ...one })),
    )
    await db
      .updateTable('workbook')
      .set({ containers: [box] })
      .where('stamp', '=', asOf)
      .execute()
  }
  await db.updateTable('workbook').set({ status: 'quarantined', reason: 'undone' }).where('id', '=', 6).execute()
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris], now })
  const admin = sandbox.person(boris)
  await admin.say('/why msku 601167-2')
  const first = await admin.waitForReply()
  expect(first.text).toContain('6 файлов говорят о нём')
  expect(first.text).toContain('🛑 ждёт решения: импорт отменён администратором')
  expect(first.text).toContain('строки этого файла больше не хранятся')
  expect(first.text).toContain('№3')
  await admin.press('›')
  const second = await admin.waitForReply()
  expect(second.text).toMatch(/№2[^]*№1/)
  expect(second.text).not.toContain('№3')
})

test('asks for a number, and has no place for others', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition({ container: box })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris], now })
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await admin.say('/why')
  expect((await admin.waitForReply()).text).toContain('Пришлите номер контейнера')
  await admin.say('<b>нет</b>')
  expect((await admin.waitForReply()).text).toContain('Это не номер контейнера')
  await admin.say('TGHU1234567')
  expect((await admin.waitForReply()).text).toContain('Ни в одном прочитанном файле его нет')
  await other.say(box)
  expect(JSON.stringify((await other.waitForReply()).reply_markup)).not.toContain('Что бот видит')
  await other.say(`/why ${box}`)
  expect((await other.waitForReply()).text).toContain('Такой команды я не знаю')
})
