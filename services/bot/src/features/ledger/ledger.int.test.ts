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
  const rows = db.selectFrom('delivery').select(['status', 'attempts', 'text']).orderBy('id')
  expect(await rows.execute()).toEqual([
    { status: 'sent', attempts: 2, text: 'Отчёт' },
    { status: 'pending', attempts: 0, text: 'Отчёт' },
  ])
  const again = await person.press(({ text }) => text.startsWith('🔁 Новосибирск'))
  expect(await person.waitForAnswer(again)).toMatchObject({ text: 'Он только что ушёл, подождите минуту' })
})

test('a report that went by e-mail goes there again by its own button', async ({ db, redisUrl, queuePrefix }) => {
  await aSentReport(db)
  await sql`insert into email_address (person_id, address, verified_at) select id, 'a@b.example', now() from person`.execute(
    db,
  )
  await sql`insert into delivery (channel, kind, person_id, email_address_id, report_id, text, status, finished_at)
    select 'email', 'report', person_id, email_address.id, report.id, 'Таблица', 'sent', now() - interval '1 hour'
    from report join email_address using (person_id)`.execute(db)
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('Не пришло письмо')
  expect((await person.waitForReply()).text).toContain('📧 — ещё раз на почту')
  const press = await person.press('📧 На почту')
  expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Отправляю тот же файл на почту' })
  const rows = db.selectFrom('delivery').select(['channel', 'status', 'text']).where('repeatsId', 'is not', null)
  expect(await rows.execute()).toEqual([{ channel: 'email', status: 'pending', text: 'Таблица' }])
})

test('admins look at the ledger by state, others do not', async ({ db, redisUrl, queuePrefix }) => {
  await aSentReport(db)
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [anna] })
  const admin = sandbox.person(anna)
  await admin.say('/deliveries')
  expect((await admin.waitForReply()).text).toMatch(/✅ Анна, отчёт, «Новосибирск», попыток 2/u)
  const to = { kind: 'answer', audience: 'anybody', text: 'x' } as const
  await db.insertInto('chatGroup').values({ chatId: -1_005, title: 'Логистика <b>' }).execute()
  for (const chatId of [anna, -1_005, -1_006]) await deliveries.insertMessage(db, { ...to, chatId })
  await admin.say('/deliveries')
  const named = (await admin.waitForReply()).text ?? ''
  expect(named).toMatch(/чат -1006, ответ.*\n.*Логистика <b>, ответ.*\n.*Анна, ответ/u)
  await admin.press('Не ушли')
  expect((await admin.waitForReply()).text).toContain('Здесь пока ничего нет')
  const other = sandbox.person(anna + 1)
  await other.say('/deliveries')
  expect((await other.waitForReply()).text).not.toContain('Доставки')
})
