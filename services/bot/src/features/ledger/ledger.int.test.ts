import { type Db, deliveries, people } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'

async function aSentReport(db: Db): Promise<void> {
  const { id: personId } = await people.ensure(db, {
    telegramId: anna,
    firstName: 'Анна',
    lastName: null,
    username: null,
    language: 'ru',
  })
  const { rows } = await sql<{ id: number }>`
    insert into report (kind, person_id, chat_id, containers, planned_at, status, content, file_name, name, built_at, built_for)
    values ('slot', ${personId}, ${anna}, '{X}', now(), 'built', 'PK', 'x.xlsx', 'Новосибирск', now(), 'all') returning id`.execute(
    db,
  )
  await deliveries.insertForReport(db, { reportId: rows[0]!.id, kind: 'report', personId, chatId: anna, text: 'Отчёт' })
  await sql`update delivery set status = 'sent', attempts = 2, finished_at = now() - interval '1 hour'`.execute(db)
}

test('who has not got a report presses it, and the same file is queued once', async ({ db, redisUrl, queuePrefix }) => {
  await aSentReport(db)
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('не получил отчёт')
  expect((await person.waitForReply()).text).toContain('Ваши отчёты')
  const press = await person.press(({ text }) => text.startsWith('🔁 Новосибирск'))
  expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Присылаю тот же файл' })
  const rows = db.selectFrom('delivery').select(['status', 'attempts', 'text'])
  expect(await rows.execute()).toEqual([{ status: 'pending', attempts: 0, text: 'Отчёт' }])
  const again = await person.press(({ text }) => text.startsWith('🔁 Новосибирск'))
  expect(await person.waitForAnswer(again)).toMatchObject({ text: 'Он только что ушёл, подождите минуту' })
})

test('admins look at the ledger by state, others do not', async ({ db, redisUrl, queuePrefix }) => {
  await aSentReport(db)
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [anna] })
  const admin = sandbox.person(anna)
  await admin.say('/deliveries')
  expect((await admin.waitForReply()).text).toMatch(/✅ Анна, отчёт, «Новосибирск», попыток 2/u)
  await admin.press('Не ушли')
  expect((await admin.waitForReply()).text).toContain('Здесь пока ничего нет')
  const other = sandbox.person(anna + 1)
  await other.say('/deliveries')
  expect((await other.waitForReply()).text).not.toContain('Доставки')
})
