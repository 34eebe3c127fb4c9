import { audit, companies, type Db, people, subscriptionItems, subscriptions } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, type Fixtures, readLedger, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
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

const vera = 1003

type Place = Pick<Fixtures, 'db' | 'redisUrl' | 'queuePrefix'>

describe('an admin adjusts the subscription of somebody else', () => {
  test('in its own cards, and the owner gets one message in their language', async ({ db, redisUrl, queuePrefix }) => {
    const { admin, id, ownerId } = await start({ db, redisUrl, queuePrefix })
    await db.updateTable('person').set({ chosenLanguage: 'en' }).where('id', '=', ownerId).execute()
    await tell(admin, '/people')
    await tap(admin, 'Анна (@anna) · наблюдатель')
    expect(await tap(admin, '📂 Подписки: 1')).toContain('Подписки: Анна (@anna), всего 1')
    const card = await tap(admin, 'Список · 1 · 09:00')
    expect(card).toContain('👤 Подписка человека: Анна (@anna)')
    expect(namesOf(admin)).not.toEqual(
      expect.arrayContaining(['📐 Свой шаблон', '📑 Копия', '👥 Кому ещё', '👁 Как придёт']),
    )
    await tap(admin, '⏰ Когда')
    expect(await tap(admin, '09:00 + 16:00')).toContain('Каждый день: 09:00, 16:00')
    await tap(admin, 'По будням')
    await tap(admin, '✍️ Написать своё')
    expect(await tell(admin, '10:30')).toContain('10:30')
    await open(admin, id)
    await tap(admin, '📋 Список: 1')
    await tap(admin, '➕ Добавить')
    await admin.say(`${second} заказ 18`)
    await awaitText(admin, 'Добавлено: 1 контейнер, всего в списке 2')
    await awaitText(admin, `${second} — заказ 18`)
    await open(admin, id)
    await tap(admin, '⏸ Пауза')
    await tap(admin, '3 дня')
    expect(await tap(admin, '▶️ Возобновить')).toContain('👤 Подписка человека')
    await tap(admin, '✏️ Название')
    expect(await tell(admin, 'Новое & важное')).toContain('Новое & важное')

    const changed = await subscriptions.find(db, id, ownerId)
    expect(changed).toMatchObject({
      name: 'Новое & важное',
      slots: ['10:30'],
      weekdays: [1, 2, 3, 4, 5],
      pausedAt: null,
    })
    expect((await subscriptionItems.listContainers(db, [id])).get(id)).toEqual([first, second])
    const [message, ...others] = await readLedger(db, { chatId: anna })
    expect(others).toEqual([])
    expect(message).toMatchObject({ status: 'pending', audience: 'anybody', notBefore: expect.any(Date) })
    expect(message!.text).toBe(
      '🔧 An administrator has changed your subscription <b>Новое &amp; важное</b>: the times, the days of the week, the list of containers, resumed, its name.',
    )
    const entries = await audit.list(db, { offset: 0, limit: 20 })
    expect(new Set(entries.rows.map(({ action, object }) => `${action} ${object}`))).toEqual(
      new Set([`subscription.changed person:${ownerId}`]),
    )
    expect(entries.rows.map(({ details }) => (details as { changes: string }).changes).toReversed()).toEqual([
      'times',
      'days',
      'times',
      'items',
      'paused',
      'resumed',
      'name',
    ])
  })

  test('deletes it, takes that back, and has the report sent to its owner', async ({ db, redisUrl, queuePrefix }) => {
    const { admin, id, ownerId } = await start({ db, redisUrl, queuePrefix })
    await open(admin, id)
    await tap(admin, '🗑 Удалить')
    expect(await tap(admin, 'Да, удалить «Список»')).toContain('Подписки: Анна (@anna), всего 0')
    expect(await readLedger(db, { chatId: anna })).toMatchObject([
      {
        text: '🔧 Администратор изменил вашу подписку <b>Список</b>: удалена.',
        markup: withButton(`v1:sub-restore:${id}`),
      },
    ])
    expect(await tap(admin, '↩️ Вернуть')).toContain('всего 1')
    await open(admin, id)
    const press = await admin.press('📨 Прислать сейчас')
    expect((await admin.waitForAnswer(press)).text).toBe('Готовлю, отчёт придёт этому человеку')
    expect(await listReports(db)).toMatchObject([{ kind: 'on_demand', subscriptionId: id, containers: [first] }])
    const { chatId, personId } = await db.selectFrom('report').select(['chatId', 'personId']).executeTakeFirstOrThrow()
    expect([chatId, personId]).toEqual([anna, ownerId])
    expect(await readLedger(db, { chatId: anna })).toMatchObject([
      { text: expect.stringContaining('возвращена, отчёт отправлен сейчас'), markup: withButton(`v1:sub-view:${id}`) },
    ])
    await people.markUnreachable(db, anna, 'blocked')
    const refused = await admin.press('📨 Прислать сейчас')
    expect((await admin.waitForAnswer(refused)).text).toContain('бот заблокирован')
    expect(await listReports(db)).toHaveLength(1)
  })

  test('but cannot make it about what its owner does not see', async ({ db, redisUrl, queuePrefix }) => {
    const { admin, id, ownerId } = await start({ db, redisUrl, queuePrefix })
    await storePositions(db, [aPosition({ container: first }), aPosition({ container: second })])
    await storeTrain(db, { code: 'К25-073', entries: [{ container: first, client: 'Альфа' }] })
    await storeTrain(db, { code: 'К25-074', entries: [{ container: second, client: 'Бета' }] })
    const company = await companies.insert(db, 'Ромашка')
    await db.transaction().execute((tx) => companies.addClient(tx, company!.id, { inn: null, name: 'Альфа' }))
    await people.grant(db, anna, 'viewer', company!.id)
    await open(admin, id)
    await tap(admin, '🎯 О чём')
    expect(await tap(admin, '🤝 Клиент')).toContain('Чьи контейнеры?')
    expect(namesOf(admin)).toEqual(['Альфа'])
    expect(await tell(admin, 'Бета')).toContain('Такого клиента среди ваших контейнеров нет')
    const message = admin.messages().at(-1)!
    const { id: foreign } = await db
      .selectFrom('party')
      .select('id')
      .where('form', 'like', '%бета%')
      .executeTakeFirstOrThrow()
    for (const data of [`v1:sub-client:${id}:${foreign}`, `v1:sub-company:${id}:${company!.id}`]) {
      const press = await admin.pressData(data, message)
      expect([data, (await admin.waitForAnswer(press)).text]).toEqual([data, 'Кнопка устарела'])
    }
    expect(await subscriptions.find(db, id, ownerId)).toMatchObject({ subject: 'containers', companyId: null })
    expect(await readLedger(db, { chatId: anna })).toEqual([])
    expect(await tap(admin, 'Альфа')).toContain('Клиент: Альфа')
    expect(await readLedger(db, { chatId: anna })).toMatchObject([{ text: expect.stringContaining('о чём она') }])
  })

  test('and leaves alone what concerns the owner only', async ({ db, redisUrl, queuePrefix }) => {
    const { admin, id } = await start({ db, redisUrl, queuePrefix })
    const message = admin.messages().at(-1)!
    for (const data of [
      `sub-try:${id}`,
      `sub-past:${id}:20250812`,
      `sub-copy:${id}`,
      `sub-template:${id}`,
      `sub-template-new:${id}`,
      `sub-targets:${id}`,
      `sub-type:${id}:colleague`,
      `sub-type:${id}:past`,
    ]) {
      const press = await admin.pressData(`v1:${data}`, message)
      expect([data, (await admin.waitForAnswer(press)).text]).toEqual([
        data,
        expect.stringContaining('Кнопка устарела'),
      ])
    }
    expect(await listReports(db)).toEqual([])
  })
})

test('nobody but an admin opens or changes what is not theirs, and an admin only while they are one', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox, admin, id, ownerId } = await start({ db, redisUrl, queuePrefix }, [])
  const stranger = sandbox.person(vera)
  await meet(stranger)
  for (const role of ['operator', 'viewer'] as const) {
    await people.grant(db, vera, role)
    for (const data of [`sub-view:${id}`, `sub-list:0:${ownerId}`, `sub-slots:${id}:1600`, `sub-remove-yes:${id}`]) {
      const press = await stranger.pressData(`v1:${data}`, stranger.messages().at(-1)!)
      expect([role, data, (await stranger.waitForAnswer(press)).text]).toEqual([
        role,
        data,
        expect.stringContaining('Кнопка устарела'),
      ])
    }
  }
  await people.grant(db, boris, 'admin')
  await open(admin, id)
  await tap(admin, '✏️ Название')
  await people.grant(db, boris, 'viewer')
  await tell(admin, 'Чужое')
  expect(await subscriptions.find(db, id, ownerId)).toMatchObject({ name: 'Список', slots: ['09:00'] })
  expect(await readLedger(db, { chatId: anna })).toEqual([])
})

async function start(place: Place, adminChatIds: readonly number[] = [boris]) {
  const { sandbox } = await startTestBot({ ...place, now, adminChatIds })
  const [admin, owner] = [sandbox.person(boris), sandbox.person(anna)]
  await meet(owner)
  await meet(admin)
  const id = await aSubscription(place.db, anna)
  return { sandbox, admin, owner, id, ownerId: await idOf(place.db, anna) }
}

async function idOf(db: Db, telegramId: number): Promise<number> {
  return (await people.findByTelegramId(db, telegramId))!.id
}

function namesOf(person: PersonHandle): readonly string[] {
  return (
    person
      .messages()
      .at(-1)
      ?.reply_markup?.inline_keyboard.flat()
      .map(({ text }) => text) ?? []
  )
}

function withButton(data: string) {
  return { inline_keyboard: [[expect.objectContaining({ callback_data: data })]] }
}
