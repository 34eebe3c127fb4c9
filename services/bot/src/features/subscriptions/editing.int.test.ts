import { people, subscriptionItems, subscriptions, subscriptionTargets } from '@atermtrack/data'
import { describe, expect, readLedger, test, waitUntil } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'
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
    expect(await tap(person, '✅ вт')).toContain('Следующий отчёт: завтра 09:00 МСК+7 (3 сентября)')
    await tap(person, '‹ Назад')
    await tap(person, '⏸ Пауза')
    expect(await tap(person, '3 дня')).toContain('⏸ На паузе до 5 сентября')
    const paused = await subscriptions.find(db, id, (await people.findByTelegramId(db, anna))!.id)
    expect(paused?.nextDueAt).toEqual(new Date('2025-09-04T23:00:00Z'))
    expect(await tap(person, '▶️ Возобновить')).toContain('Следующий отчёт: завтра 09:00 МСК+7 (3 сентября)')
    await tap(person, '⚙️ Настройки')
    await tap(person, '⬜ Только когда что-то изменилось')
    await tap(person, '⬜ Картинка в файле: где контейнеры')
    expect(await tap(person, '‹ Назад')).toContain('В файле картинка: где контейнеры')
    await tap(person, '🔔 События')
    await tap(person, 'Сводкой')
    await tap(person, '⬜ отправлен')
    const row = await db.selectFrom('subscription').selectAll().executeTakeFirstOrThrow()
    expect(row).toMatchObject({
      name: 'Новая & важная',
      onlyChanges: true,
      showsPicture: true,
      eventTiming: 'digest',
      digestSlots: ['09:00', '18:00'],
      eventKinds: expect.arrayContaining(['departed', 'abandoned']),
      weekdays: [1, 3, 4, 5],
    })
  })

  test('its subject; a copy; deletion is taken back', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await meet(person)
    await storePositions(db, [aPosition({ container: first })])
    await storeTrain(db, { code: 'К25-073', destination: 'Селятино', entries: [{ container: first }] })
    const id = await aSubscription(db, anna)
    await open(person, id)
    await tap(person, '🎯 О чём')
    await tap(person, '🚂 Поезд')
    expect(await tell(person, 'К25-999')).toContain('Такого поезда я не знаю')
    expect(await tell(person, 'поезд 25-073')).toContain('Поезд К25-073')
    await tap(person, '🎯 О чём')
    await tap(person, '🏁 Станция назначения')
    expect(await tell(person, 'селятино')).toContain('До станции Селятино\n')
    const { subjectText } = await db.selectFrom('subscription').select('subjectText').executeTakeFirstOrThrow()
    expect(subjectText).toBe('181102')
    expect(await tap(person, '📑 Копия')).toContain('Список (копия)')
    await tap(person, '🗑 Удалить')
    expect(await tap(person, 'Да, удалить «Список (копия)»')).toContain('Мои подписки: 1')
    expect(await tap(person, '↩️ Вернуть')).toContain('Мои подписки: 2')
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
    expect(await tell(admin, '/force_reports')).toContain('отправлять некому')
    const id = await aSubscription(db, anna)
    await aSubscription(db, anna, 'Другой')
    expect(await tell(admin, '/force_reports')).toContain('Подписок: 2')
    expect(await tap(admin, '✍️ По номерам')).toMatch(new RegExp(`№${id} · [^\\n]*: .*\\n№\\d+ · [^\\n]*: Другой`))
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
