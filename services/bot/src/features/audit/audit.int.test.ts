import { audit, companies, members, people, personalData } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

test('shows who did what to whom, finds entries, and keeps those of a person whose data are erased', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await other.say('/menu')
  await other.waitForReply()
  const person = await people.findByTelegramId(db, anna)
  await members.assign(db, person!.id, { role: 'viewer', companyId: null })
  const company = await companies.insert(db, 'Ромашка <b>')
  await audit.insert(db, {
    command: 'people grant',
    action: 'access.granted',
    object: `person:${person!.id}`,
    details: { role: 'viewer', companyId: company!.id },
  })
  await audit.insert(db, {
    actorId: person!.id,
    updateId: 77,
    action: 'company.added',
    object: `company:${company!.id}`,
    details: { people: 2 },
  })

  await admin.say('/audit')
  const { text } = await admin.waitForReply()
  expect(text).toMatch(/Анна: компания добавлена\nкомпания «Ромашка <b>» · людей: 2 · сообщение 77/)
  expect(text).toMatch(
    /командная строка \(people grant\): доступ выдан\nАнна · роль: наблюдатель, компания: Ромашка <b>$/m,
  )

  await admin.say('ромаш')
  const found = (await admin.waitForReply()).text
  expect(found).toContain('компания добавлена')
  expect(found).not.toContain('доступ выдан')
  await admin.say('Доступы выданы')
  const granted = (await admin.waitForReply()).text
  expect(granted).toContain('Анна · роль')
  expect(granted).not.toContain('компания добавлена')
  await admin.say(`компания № ${company!.id}`)
  const byNumber = (await admin.waitForReply()).text
  expect(byNumber).toContain('компания добавлена')
  expect(byNumber).not.toContain('доступ выдан')
  await admin.say('такого нет')
  expect((await admin.waitForReply()).text).toContain('Ничего не нашлось.')
  await admin.press('Показать всё')
  expect((await admin.waitForReply()).text).toContain('доступ выдан')

  await db.updateTable('audit').set({ actorId: null }).execute()
  await admin.say('company.added')
  expect((await admin.waitForReply()).text).toContain('человек, чьи данные стёрты: компания добавлена')

  await db.transaction().execute((tx) => personalData.erase(tx, person!.id))
  await admin.say('доступ')
  const nameless = (await admin.waitForReply()).text
  expect(nameless).toContain(`человек № ${person!.id}, данные стёрты · роль: наблюдатель`)
  expect(nameless).not.toContain('Анна')
})

test('pages through entries, newest first', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  for (let id = 1; id <= 12; id += 1) {
    await audit.insert(db, { action: 'mail.retried', object: `mail:${id}` })
  }
  const admin = sandbox.person(boris)
  await admin.say('/audit')
  const first = (await admin.waitForReply()).text
  expect(first).toContain('письмо № 12')
  expect(first).not.toContain('письмо № 2\n')
  await admin.press('›')
  const second = (await admin.waitForReply()).text
  expect(second).toContain('письмо № 1\n')
  expect(second).not.toContain('письмо № 12')
})

test('the admin menu opens each section, and has no place in the keyboard of others', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
  const [admin, other] = [sandbox.person(boris), sandbox.person(anna)]
  await other.say('/menu')
  expect(JSON.stringify((await other.waitForReply()).reply_markup ?? {})).not.toContain('Управление')
  await other.say('🛠 Управление')
  expect((await other.waitForReply()).text).toContain('Такой команды я не знаю')
  await admin.say('🛠 Управление')
  expect((await admin.waitForReply()).text).toContain('Что открыть?')
  await admin.press('Журнал: кто, что и когда сделал')
  expect((await admin.waitForReply()).text).toContain('Журнал действий')
})
