import { emailAddresses, people } from '@atermtrack/data'
import { expect, readLedger, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

test('mails the own proved addresses of the admin, and nobody else', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const admin = sandbox.person(boris)
  await admin.say('/checks')
  const menu = await admin.waitForReply()
  expect(menu.text).toContain('Проверки')
  const none = await admin.press('✉️ Письмо на мои адреса')
  expect(await admin.waitForAnswer(none)).toMatchObject({ text: 'У вас нет подтверждённого адреса: /email' })
  const person = await people.findByTelegramId(db, boris)
  const address = { personId: person!.id, address: 'boris@example.com', verifiedAt: new Date() }
  await db.insertInto('emailAddress').values(address).execute()
  expect(await emailAddresses.listReceiving(db, person!.id)).toHaveLength(1)
  const pressed = await admin.press('✉️ Письмо на мои адреса')
  expect(await admin.waitForAnswer(pressed)).toMatchObject({ text: 'Отправляю на 1 адрес' })
  const mails = await db
    .selectFrom('delivery')
    .select(['subject', 'text', 'personId', 'channel'])
    .where('channel', '=', 'email')
    .execute()
  expect(mails).toEqual([
    { channel: 'email', personId: person!.id, subject: 'Проверка почты', text: expect.stringContaining('проверочное') },
  ])
})

test('sends an example of an event to the admin alone, marked as a test', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition({ container: 'TGHU1234567' })])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const admin = sandbox.person(boris)
  await admin.say('/checks')
  await admin.waitForReply()
  const pressed = await admin.press('🔔 Событие мне')
  await admin.waitForAnswer(pressed)
  expect(await readLedger(db)).toEqual([
    expect.objectContaining({ chatId: boris, text: expect.stringMatching(/^🧪 Проверка\n\n[^]*TGHU1234567/) }),
  ])
})

test('drafts a broadcast whose audience is admins, which leaves when it is confirmed', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await other.say('/menu')
  await other.waitForReply()
  await admin.say('/checks')
  await admin.waitForReply()
  await admin.press('📣 Рассылка администраторам')
  const preview = await admin.waitForReply()
  expect(preview.text).toContain('Это проверочная рассылка')
  const panel = await admin.waitForReply({ after: preview })
  expect(JSON.stringify(panel.reply_markup)).toMatch(/Отправить.*1/)
  const stored = await db.selectFrom('broadcast').select(['audience', 'status']).execute()
  expect(stored).toEqual([{ audience: { kind: 'role', role: 'admin' }, status: 'draft' }])
})

test('orders a workbook of the reports of all subscribers', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await admin.say('/checks')
  const menu = await admin.waitForReply()
  expect(await admin.waitForAnswer(await admin.press('📚 Отчёты всех подписчиков'))).toMatchObject({
    text: 'Действующих подписок пока нет',
  })
  const { id: personId } = await db.selectFrom('person').select('id').executeTakeFirstOrThrow()
  await db
    .insertInto('subscription')
    .values({ personId, name: 'Склад', slots: ['09:00'], zone: 'Europe/Moscow', nextDueAt: new Date() })
    .execute()
  expect(await admin.waitForAnswer(await admin.press('📚 Отчёты всех подписчиков'))).toMatchObject({
    text: expect.stringContaining('Готовлю книгу'),
  })
  expect(await db.selectFrom('report').select(['kind', 'exportKind', 'chatId', 'status']).execute()).toEqual([
    { kind: 'export', exportKind: 'subscriber_reports', chatId: boris, status: 'pending' },
  ])
  expect(await db.selectFrom('audit').select(['action', 'object']).execute()).toEqual([
    { action: 'export.ordered', object: 'export:subscriber_reports' },
  ])
  await other.say('/start')
  await other.waitForReply()
  const pressed = await other.pressData('v1:check-subscribers', other.messages().at(-1)!)
  expect(await other.waitForAnswer(pressed)).toMatchObject({ text: 'Кнопка устарела' })
  expect(menu.text).toContain('Проверки')
})

test('has no place for others, and offers their own report to admins', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await other.say('/checks')
  expect((await other.waitForReply()).text).toContain('Такой команды я не знаю')
  await admin.say('/admin')
  const menu = JSON.stringify((await admin.waitForReply()).reply_markup)
  for (const section of ['Здоровье', 'Проверки', 'Ошибки', 'Что бот видит']) expect(menu).toContain(section)
  await admin.say('/checks')
  await admin.waitForReply()
  await admin.press('📄 Мой отчёт, как он придёт')
  expect((await admin.waitForReply()).text).toContain('подписк')
})
