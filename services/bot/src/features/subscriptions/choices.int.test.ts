import { companies, type Db, people, subscriptionItems, subscriptions } from '@atermtrack/data'
import { describe, expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'
import {
  aSubscription,
  awaitText,
  first,
  listReports,
  meet,
  now,
  open,
  second,
  tap,
  tell,
} from './editing.test-helper.ts'

describe('a subscription is edited in place', () => {
  test('its list, of which removed numbers come back together with what was written about them', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    const id = await aSubscription(db, anna)
    await subscriptionItems.add(db, id, [{ container: second, note: 'мебель' }])
    await open(person, id)
    await tap(person, '📋 Список: 2')
    await tap(person, '➖ Убрать списком')
    await person.say(`${first}, ${second}`)
    await awaitText(person, 'Список пуст')
    await awaitText(person, 'Убрано из списка: 2 контейнера')
    const press = await person.press('↩️ Вернуть')
    expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Снова в списке: 2 контейнера' })
    await awaitText(person, `${first} — заказ 17\n${second} — мебель`)
    expect((await subscriptionItems.listContainers(db, [id])).get(id)).toEqual([first, second])
  })

  test('its columns: ready choices, one by one, and by their names in order', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    const id = await aSubscription(db, anna)
    const stored = async () =>
      (await subscriptions.find(db, id, (await people.findByTelegramId(db, anna))!.id))!.columns
    await open(person, id)
    await tap(person, '⚙️ Настройки')
    expect(await tap(person, '🧾 Колонки')).toContain('В отчёте 29 колонок:\nКонтейнер · Заказ · Ваша заметка · Клиент')
    await tap(person, '✅ Заказ')
    expect(await tap(person, '✅ Ваша заметка')).toContain('В отчёте 27 колонок:\nКонтейнер · Клиент')
    await tap(person, '›')
    expect(await tap(person, '✅ Срок доставки')).toContain('В отчёте 26 колонок')
    expect(await tap(person, 'Для печати')).toContain('В отчёте 13 колонок')
    expect(await stored()).toContain('forecastDate')
    expect(await tap(person, '🔢 Порядок')).toContain('Контейнер · Заказ · Ваша заметка · Клиент')
    expect(await tap(person, '⬆️ Клиент')).toContain('Контейнер · Заказ · Клиент · Ваша заметка')
    expect((await stored())!.slice(0, 4)).toEqual(['container', 'order', 'client', 'ownNote'])
    await tap(person, '✏️ Написать по порядку')
    expect(await tell(person, 'Клиент, цвет, прогноз')).toContain('подходит к нескольким: цвет, прогноз')
    expect(await tell(person, 'Осталось, км, станция; Клиент\nприбыл')).toContain(
      'В отчёте 5 колонок:\nКонтейнер · Осталось, км · Станция операции · Клиент · Прибыл',
    )
    expect(await stored()).toEqual(['container', 'kmLeft', 'station', 'client', 'arrivedAt'])
    const press = await person.press('👁 Как придёт')
    expect(await person.waitForAnswer(press)).toMatchObject({ text: expect.stringContaining('Готовлю отчёт') })
    expect(await listReports(db)).toMatchObject([{ kind: 'rehearsal', subscriptionId: id }])
    await tap(person, '‹ Назад')
    expect(await tap(person, '‹ Назад')).toContain('Колонки: свои, 5')
    expect(await tap(person, '📑 Копия')).toContain('Колонки: свои, 5')
    await tap(person, '⚙️ Настройки')
    await tap(person, '🧾 Колонки')
    expect(await tap(person, 'Обычные')).toContain('В отчёте 29 колонок')
    expect(await stored()).toEqual(['container', 'kmLeft', 'station', 'client', 'arrivedAt'])
  })
})

describe('the company or the client of a subscription', () => {
  const other = 'TKRU4300003'

  async function someClients(db: Db): Promise<{ readonly companyId: number }> {
    await storePositions(
      db,
      [first, second, other].map((container) => aPosition({ container })),
    )
    await storeTrain(db, {
      code: 'К25-073',
      entries: [first, second].map((container) => ({ container, client: 'Альфа' })),
    })
    await storeTrain(db, { code: 'К25-074', entries: [{ container: other, client: 'Бета' }] })
    const company = await companies.insert(db, 'Ромашка')
    await db.transaction().execute((tx) => companies.addClient(tx, company!.id, { inn: null, name: 'Альфа' }))
    return { companyId: company!.id }
  }

  test('is chosen by those who see everything, for a new one and an old one', async ({ db, redisUrl, queuePrefix }) => {
    const { companyId } = await someClients(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await tell(person, '/subscriptions')
    await tap(person, '➕ Создать')
    await tell(person, 'По компании')
    expect(await tap(person, '🌐 Всё, что мне видно')).toContain('По какой компании')
    expect(await tell(person, 'Ромашка')).toContain('По какой компании')
    expect(await tap(person, '🏢 Ромашка')).toContain('Контейнеры компании «Ромашка». Сейчас это 2 контейнера.')
    expect(await tap(person, '09:00')).toContain('Контейнеры компании «Ромашка»')
    expect(await tap(person, '✅ Сохранить')).toContain('создана')
    const subjects = () => db.selectFrom('subscription').select(['subject', 'subjectText', 'companyId']).execute()
    expect(await subjects()).toEqual([{ subject: 'company', subjectText: null, companyId }])

    const { id } = await db.selectFrom('subscription').select('id').executeTakeFirstOrThrow()
    await open(person, id)
    await tap(person, '🎯 О чём')
    expect(await tap(person, '🤝 Клиент')).toContain('Выберите клиента')
    expect(await tap(person, 'Бета')).toContain('Клиент: Бета')
    expect(await subjects()).toEqual([{ subject: 'client', subjectText: 'Бета', companyId: null }])
    expect(await db.selectFrom('dialog').select('state').execute()).toEqual([])
    await tap(person, '🎯 О чём')
    await tap(person, '🌐 Всё, что мне видно')
    expect(await tap(person, '🏢 Ромашка')).toContain('Контейнеры компании «Ромашка»')
    await companies.remove(db, companyId)
    await open(person, id)
    expect(person.messages().at(-1)?.text).toContain('⚠️ Компания удалена')
  })

  test('is not offered to the people of a company, who choose among their own clients', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { companyId } = await someClients(db)
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    const id = await aSubscription(db, anna)
    const rights = { access: 'granted', role: 'viewer', companyId } as const
    await db.updateTable('person').set(rights).where('telegramId', '=', anna).execute()
    await open(person, id)
    await tap(person, '🎯 О чём')
    await tap(person, '🤝 Клиент')
    const asked = person.messages().at(-1)!
    const labels = asked.reply_markup?.inline_keyboard.flat().map(({ text }) => text)
    expect(labels).toEqual(['Альфа'])
    const { id: foreign } = await db
      .selectFrom('party')
      .select('id')
      .where('form', 'like', '%бета%')
      .executeTakeFirstOrThrow()
    for (const data of [`v1:sub-client:${id}:${foreign}`, `v1:sub-company:${id}:${companyId}`]) {
      const press = await person.pressData(data, asked)
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    }
    await tap(person, 'Альфа')
    await tap(person, '🎯 О чём')
    expect(await tap(person, '🌐 Всё, что мне видно')).toContain('Всё, что вам видно')
  })
})
