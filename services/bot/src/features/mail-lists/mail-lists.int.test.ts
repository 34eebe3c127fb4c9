import { type Db, mailLists } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

async function auditOf(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('audit').select('action').orderBy('id').execute()
  return rows.flatMap(({ action }) => (action.startsWith('mail_list.') ? [action] : []))
}

test('an admin makes a list, changes it, tries it and removes it', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [anna] })
  const admin = sandbox.person(anna)
  const press = async (text: string) => {
    await admin.press(text)
    return (await admin.waitForReply()).text
  }
  const say = async (text: string) => {
    await admin.say(text)
    return (await admin.waitForReply()).text
  }
  expect(await say('/mail_lists')).toContain('Списков почты пока нет')
  expect(await press('➕ Новый список')).toContain('Как назвать список?')
  expect(await say('Выгрузка <1>')).toContain('Пришлите все адреса')
  expect(await say('a@b.example, nobody')).toContain('nobody — не адрес e-mail')
  const card = await say('a@b.example\nc@d.example')
  expect(card).toContain('Выгрузка <1>')
  expect(card).toContain('Адреса: a@b.example, c@d.example\nСобытия: выгружен\nКлиенты: все\nПоезда: все')

  await press('🔔 События')
  await press('◻️ брошен')
  await press('✅ выгружен')
  const last = await admin.press('✅ брошен')
  expect(await admin.waitForAnswer(last)).toMatchObject({ text: 'Нужно хотя бы одно событие' })
  expect(await press('‹ Назад')).toContain('События: брошен')
  await press('🚂 Поезда')
  expect(await say('k25-073')).toContain('Поезда: К25-073')
  await press('🚂 Поезда')
  expect(await press('🚂 Все поезда')).toContain('Поезда: все')

  const test = await admin.press('✉️ Проверочное письмо')
  expect(await admin.waitForAnswer(test)).toMatchObject({ text: 'Отправляю письмо на 2 адреса' })
  const again = await admin.press('✉️ Проверочное письмо')
  expect(await admin.waitForAnswer(again)).toMatchObject({ text: expect.stringContaining('подождите десять минут') })
  const mails = await db.selectFrom('delivery').select(['address', 'subject']).where('channel', '=', 'email').execute()
  expect(mails.map(({ address, subject }) => `${address} ${subject}`)).toEqual([
    'a@b.example Выгрузка <1>: проверка',
    'c@d.example Выгрузка <1>: проверка',
  ])

  expect(await press('🗑 Удалить')).toContain('Удалить список Выгрузка <1>?')
  expect(await press('Да, удалить')).toContain('Списков почты пока нет')
  expect(await mailLists.list(db)).toEqual([])
  const changes = Array.from({ length: 5 }, () => 'mail_list.changed')
  expect(await auditOf(db)).toEqual(['mail_list.added', ...changes, 'mail_list.tested', 'mail_list.removed'])
})

test('nobody else sees or changes the lists', async ({ db, redisUrl, queuePrefix }) => {
  const list = await mailLists.insert(db, 'Выгрузка')
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [anna] })
  const other = sandbox.person(boris)
  await other.say('/mail_lists')
  const reply = await other.waitForReply()
  expect(reply.text).not.toContain('почты')
  const press = await other.pressData(`v1:ml-remove-yes:${list!.id}`, reply)
  expect((await other.waitForAnswer(press)).text).not.toContain('удалён')
  expect(await mailLists.list(db)).toHaveLength(1)
})
