import { companies, type Db, people, subscriptionItems, subscriptions, subscriptionTargets } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'

// 12:00 in Vladivostok, a Tuesday.
const now = () => new Date('2025-09-02T02:00:00Z')
const [first, second] = ['MSKU6011672', 'CSQU3054383'] as const

async function meet(person: PersonHandle): Promise<void> {
  await person.say('/menu')
  await person.waitForReply()
}

async function tap(person: PersonHandle, button: string): Promise<string> {
  await person.press(button)
  return (await person.waitForReply()).text ?? ''
}

/** Waits for a message that comes by itself or beside others. */
async function awaitText(person: PersonHandle, text: string): Promise<void> {
  await waitUntil(() => person.messages().some((message) => message.text?.includes(text)), { what: text })
}

async function tell(person: PersonHandle, text: string): Promise<string> {
  await person.say(text)
  return (await person.waitForReply()).text ?? ''
}

async function aSubscription(db: Db, telegramId: number, name = 'Список'): Promise<number> {
  const person = await waitUntil(() => people.findByTelegramId(db, telegramId), { what: 'the person' })
  const { id } = await subscriptions.insert(db, {
    personId: person.id,
    name,
    items: [{ container: first, orderNumber: '17' }],
    slots: ['09:00'],
    zone: 'Asia/Vladivostok',
    nextDueAt: new Date('2025-09-02T23:00:00Z'),
    createdUpdateId: 900_000 + Math.floor(Math.random() * 90_000),
  })
  return id
}

async function open(person: PersonHandle, id: number): Promise<void> {
  await person.pressData(`v1:sub-view:${id}`, person.messages().at(-1)!)
  await person.waitForReply()
}

describe('a subscription is edited in place', () => {
  test('its list, name, times, days and pause', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    const id = await aSubscription(db, anna)
    await open(person, id)
    expect(await tap(person, '📋 Список: 1')).toContain(`${first} — заказ 17`)
    expect(await tap(person, '➕ Добавить')).toContain('Пришлите номера')
    await person.say(`${second} заказ 18, мебель`)
    await awaitText(person, 'Добавлено: 1 контейнер, всего в списке 2')
    await awaitText(person, `${second} — заказ 18, мебель`)
    expect(await tap(person, `✖️ ${first}`)).not.toContain(first)
    expect(await tap(person, `↩️ Вернуть ${first}`)).toContain(`${first} — заказ 17`)
    expect(await tap(person, `✖️ ${first}`)).not.toContain(first)
    expect((await subscriptionItems.listContainers(db, [id])).get(id)).toEqual([second])

    await tap(person, '‹ Назад')
    await tap(person, '✏️ Название')
    expect(await tell(person, 'Новая & важная')).toContain('Новая & важная')
    await tap(person, '⏰ Когда')
    expect(await tap(person, '09:00 + 16:00')).toContain('Каждый день: 09:00, 16:00')
    expect(await tap(person, 'По будням')).toContain('По будням: 09:00, 16:00')
    expect(await tap(person, '✅ вт')).toContain('Следующий отчёт: 03.09.2025 09:00')
    await tap(person, '‹ Назад')
    await tap(person, '⏸ Пауза')
    expect(await tap(person, '3 дня')).toContain('⏸ На паузе до 05.09.2025')
    const paused = await subscriptions.find(db, id, (await people.findByTelegramId(db, anna))!.id)
    expect(paused?.nextDueAt).toEqual(new Date('2025-09-04T23:00:00Z'))
    expect(await tap(person, '▶️ Возобновить')).toContain('Следующий отчёт: 03.09.2025 09:00')
    await tap(person, '⚙️ Настройки')
    await tap(person, '⬜ Только когда что-то изменилось')
    await tap(person, '‹ Назад')
    await tap(person, '🔔 События')
    await tap(person, 'Сводкой')
    await tap(person, '⬜ отправлен')
    const row = await db.selectFrom('subscription').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      name: 'Новая & важная',
      onlyChanges: true,
      eventTiming: 'digest',
      digestSlots: ['09:00', '18:00'],
      eventKinds: expect.arrayContaining(['departed', 'abandoned']),
      weekdays: [1, 3, 4, 5],
    })
  })

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
    await tap(person, '🔢 Свой порядок')
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

  test('its subject; a copy; deletion is taken back', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    await storeTrain(db, { code: 'К25-073', destination: 'Селятино', entries: [{ container: first }] })
    const id = await aSubscription(db, anna)
    await open(person, id)
    await tap(person, '🎯 О чём')
    await tap(person, '🚂 Поезд')
    expect(await tell(person, 'К25-999')).toContain('Такого поезда я не знаю')
    expect(await tell(person, 'поезд 25-073')).toContain('Поезд К25-073')
    expect(await tap(person, '📑 Копия')).toContain('Список (копия)')
    await tap(person, '🗑 Удалить')
    expect(await tap(person, 'Да, удалить «Список (копия)»')).toContain('Мои подписки: 1')
    expect(await tap(person, '↩️ Вернуть')).toContain('Мои подписки: 2')
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

test('its times follow the zone of its person, unless it has one of its own', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await meet(person)
  const id = await aSubscription(db, anna)
  const own = await aSubscription(db, anna, 'Другой')
  await db.updateTable('subscription').set({ zone: 'Asia/Omsk' }).where('id', '=', own).execute()
  await person.pressData('v1:set-zone:Moscow', person.messages().at(-1)!)
  await person.waitForReply()
  expect(await db.selectFrom('subscription').select(['id', 'zone', 'nextDueAt']).orderBy('id').execute()).toEqual([
    { id, zone: 'Europe/Moscow', nextDueAt: new Date('2025-09-02T06:00:00Z') },
    { id: own, zone: 'Asia/Omsk', nextDueAt: new Date('2025-09-02T23:00:00Z') },
  ])
})

describe('a half-made subscription', () => {
  test('survives a press of the menu as a draft', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await tell(person, '/subscriptions')
    await tap(person, '➕ Создать')
    await tell(person, 'Партия')
    await tell(person, `${first} заказ 5`)
    await person.say('⚙️ Настройки')
    await awaitText(person, 'Подписка «Партия» не закончена. Сохранить черновик?')
    await awaitText(person, 'Часовой пояс')
    expect(await tell(person, '/subscriptions')).toContain('Подписок пока нет')
    expect(await tap(person, '📝 Черновик «Партия»')).toContain('всего в списке 1')
    await tap(person, 'Дальше →')
    await tap(person, '09:00')
    expect(await tap(person, '✅ Сохранить')).toContain('создана')
    expect(await db.selectFrom('subscriptionItem').select(['container', 'orderNumber']).execute()).toEqual([
      { container: first, orderNumber: '5' },
    ])
    expect(await db.selectFrom('subscriptionDraft').select('personId').execute()).toEqual([])
  })

  test('is thrown away by /cancel, and nothing is asked where nothing was entered', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    for (const texts of [['Партия', '/cancel'], ['/help']]) {
      await tell(person, '/subscriptions')
      await tap(person, '➕ Создать')
      for (const text of texts) await tell(person, text)
      expect(await db.selectFrom('subscriptionDraft').select('personId').execute()).toEqual([])
    }
  })
})

describe('a subscription begins with a button', () => {
  test('under the answer to a question in words', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await storePositions(db, [aPosition({ container: first, station: { name: 'ЧИТА I', code: '947005' } })])
    await tell(person, 'что стоит в Чите')
    await tap(person, '🔔 Подписаться')
    await tap(person, 'Назвать «что стоит в Чите»')
    await tap(person, '16:00')
    expect(await tap(person, '✅ Сохранить')).toContain('«что стоит в Чите»'.slice(1, -1))
    expect(await db.selectFrom('subscription').select(['subject', 'subjectText', 'slots']).execute()).toEqual([
      { subject: 'question', subjectText: 'что стоит в Чите', slots: ['16:00'] },
    ])
  })

  test('under a list of numbers', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await storePositions(db, [aPosition({ container: first }), aPosition({ container: second })])
    await tell(person, `${first} ${second}`)
    await tap(person, '🔔 Подписаться')
    expect(await tell(person, 'Два')).toContain('всего в списке 2')
  })
})

describe('a report out of turn', () => {
  test('is rehearsed, or taken from the past, by a phrase and a button', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    expect(await tell(person, 'пришли как завтра в 09:00')).toContain('Подписок у вас пока нет')
    const id = await aSubscription(db, anna)
    expect(await tell(person, 'Пришли как завтра в 09:00')).toContain('как он придёт')
    expect(await tell(person, 'отчёт за 12 августа 09:00')).toContain('Собираю отчёт за это время')
    await aSubscription(db, anna, 'Другой')
    expect(await tell(person, 'отчёт за 13 августа')).toContain('По какой подписке')
    await person.press('Другой')
    await waitUntil(async () => (await listReports(db)).length === 3, { what: 'three reports' })
    expect(await listReports(db)).toEqual([
      {
        kind: 'rehearsal',
        subscriptionId: id,
        stateAt: null,
        plannedAt: new Date('2025-09-02T23:00:00Z'),
        containers: [first],
      },
      {
        kind: 'on_demand',
        subscriptionId: id,
        stateAt: new Date('2025-08-11T23:00:00Z'),
        plannedAt: new Date('2025-08-11T23:00:00Z'),
        containers: [first],
      },
      expect.objectContaining({ stateAt: new Date('2025-08-12T23:00:00Z') }),
    ])
  })

  test('is forced by an admin for some or all, and never twice', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, adminChatIds: [anna] })
    const admin = sandbox.person(anna)
    await meet(admin)
    const id = await aSubscription(db, anna)
    await aSubscription(db, anna, 'Другой')
    expect(await tell(admin, '/force_reports')).toContain('Подписок: 2')
    await tap(admin, '✍️ По номерам')
    expect(await tell(admin, String(id))).toContain('Подписок: 1')
    expect(await tap(admin, 'Да, отправить')).toContain('Отправляю: 1 из 1')
    await tell(admin, '/force_reports')
    await tap(admin, 'Всем: 2')
    expect(await tap(admin, 'Да, отправить')).toContain('Отправляю: 1 из 2')
    const rows = await db.selectFrom('report').select(['kind', 'localDate', 'slot', 'late']).execute()
    const forced = { kind: 'slot', localDate: '2025-09-02', slot: '09:00', late: true }
    expect(rows).toEqual([forced, forced])
  })
})

describe('others get a subscription', () => {
  test('a colleague who accepts, and says no later', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const [owner, colleague] = [sandbox.person(anna), sandbox.person(boris)]
    for (const person of [owner, colleague]) await meet(person)
    await db.updateTable('person').set({ username: 'boris_b' }).where('telegramId', '=', boris).execute()
    const id = await aSubscription(db, anna)
    await open(owner, id)
    await tap(owner, '👥 Кому ещё')
    await tap(owner, '➕ Коллега')
    expect(await tell(owner, '@nobody_here')).toContain('Если этот человек пользуется ботом')
    await tap(owner, '➕ Коллега')
    expect(await tell(owner, '@Boris_B')).toContain('Если этот человек пользуется ботом')
    const ledger = (chatId: number) => readLedger(db, { chatId })
    expect(await ledger(boris)).toMatchObject([{ text: expect.stringContaining('хочет присылать вам отчёты') }])
    const [target] = await subscriptionTargets.list(db, id)
    expect(target).toMatchObject({ isAccepted: false })
    await colleague.pressData(`v1:sub-accept:${target!.id}`, colleague.messages().at(-1)!)
    expect((await colleague.waitForReply()).text).toContain('будут приходить вам')
    expect(await ledger(anna)).toMatchObject([{ text: expect.stringContaining('получает отчёты') }])
    expect(await subscriptionTargets.list(db, id)).toMatchObject([{ isAccepted: true }])
    expect(await tap(colleague, 'Больше не присылать')).toContain('приходить не будут')
    expect(await subscriptionTargets.list(db, id)).toEqual([])
  })

  test('a group in which the owner asks for it', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const owner = sandbox.person(anna)
    await meet(owner)
    const id = await aSubscription(db, anna)
    const { id: chatId } = sandbox.group({ title: 'Смена', members: [anna], supergroup: true })
    await letGroupIn(db, chatId)
    await owner.say('/report_here', { chatId, threadId: 77 })
    const question = await owner.waitForReply({ chatId })
    expect(question.text).toContain('Какую подписку присылать сюда')
    await owner.pressData(`v1:sub-here:${id}`, question)
    expect((await owner.waitForReply({ chatId })).text).toContain('теперь приходят и сюда')
    expect(await subscriptionTargets.list(db, id)).toMatchObject([{ isAccepted: true, personId: null, threadId: 77 }])
  })
})

function listReports(db: Db) {
  return db
    .selectFrom('report')
    .select(['kind', 'subscriptionId', 'stateAt', 'plannedAt', 'containers'])
    .orderBy('id')
    .execute()
}
