import { type Db, subscriptionItems } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { containerNumber, describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'

// 12:00 in Vladivostok.
const now = () => new Date('2025-09-02T02:00:00Z')

describe('the dialog that creates a subscription', () => {
  test('survives a restart in the middle', async ({ db, redisUrl, queuePrefix }) => {
    const sandbox = await openSandbox()
    const options = { db, redisUrl, queuePrefix, sandbox, now }
    const before = await startTestBot(options)
    const person = sandbox.person(anna)
    await person.say('📂 Мои подписки')
    expect((await person.waitForReply()).text).toContain('Подписок пока нет')
    await person.press('➕ Создать')
    expect((await person.waitForReply()).text).toContain('Как назвать')
    await person.say('Партия <7> & Ко')
    expect((await person.waitForReply()).text).toContain('Пришлите номера')
    await before.bot[Symbol.asyncDispose]()

    await startTestBot(options)
    await person.say('MSKU6011672, CSQU3054383 и MSKU6011673, а ещё TGHU123')
    const numbers = (await person.waitForReply()).text
    expect(numbers).toContain('Принято: 3 контейнера, всего в списке 3')
    expect(numbers).toContain('контрольная цифра не сходится:\nMSKU6011673')
    await person.say(`MSKU6011672 ${containerNumber(5)}`)
    expect((await person.waitForReply()).text).toContain('Принято: 1 контейнер, всего в списке 4')
    await person.press('Дальше →')
    expect((await person.waitForReply()).text).toContain('МСК+7')
    await person.press('В 09:00 и в 16:00')
    expect((await person.waitForReply()).text).toContain('Каждый день: 09:00, 16:00 (МСК+7)')
    await person.press('✅ Сохранить')
    expect((await person.waitForReply()).text).toContain('Первый отчёт: сегодня 16:00 МСК+7 (2 сентября)')
    const rows = await db
      .selectFrom('subscription')
      .select(['name', 'slots', 'nextDueAt'])
      .select(sql`array(select container from subscription_item order by place)`.as('containers'))
      .execute()
    expect(rows).toEqual([
      {
        name: 'Партия <7> & Ко',
        slots: ['09:00', '16:00'],
        nextDueAt: new Date('2025-09-02T06:00:00Z'),
        containers: ['MSKU6011672', 'CSQU3054383', 'MSKU6011673', containerNumber(5)],
      },
    ])
    expect(await db.selectFrom('lookup').select('id').execute()).toEqual([])
  })

  test('takes numbers that are pasted before a name, and asks for the name again', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('📂 Мои подписки')
    await person.waitForReply()
    await person.press('➕ Создать')
    await person.waitForReply()
    await person.say('MSKU6011672, CSQU3054383')
    const taken = await person.waitForReply()
    expect(taken.text).toContain('Принято: 2 контейнера, всего в списке 2. Теперь напишите название')
    await person.say('MSKU6011672 для Ромашки')
    const named = await person.waitForReply({ after: taken })
    expect(named.text).toContain('всего в списке 2')
    expect(named.text).not.toContain('название')
    await person.press('Дальше →')
    await person.waitForReply()
    await person.press('В 09:00 и в 16:00')
    expect((await person.waitForReply()).text).toContain('MSKU6011672 для Ромашки')
    await person.press('✅ Сохранить')
    await person.waitForReply()
    await person.press('⚙️ Открыть подписку')
    expect((await person.waitForReply()).text).toContain('Следующий отчёт')
  })

  test('is left by a command and by a menu label without its variation selector', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    for (const way of ['/help', '📦\uFE0F Дислокация ']) {
      await openDialog(person)
      await person.say(way)
      await person.waitForReply()
      expect(await db.selectFrom('dialog').select('state').execute()).toEqual([])
    }
    await openDialog(person)
    await person.say('/cancel')
    expect((await person.waitForReply()).text).toBe('Хорошо, отменил.')
    await person.say('/cancel')
    expect((await person.waitForReply()).text).toContain('Отменять нечего')
  })

  test('that has expired says so, and does not search for the text', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await openDialog(person)
    await db
      .updateTable('dialog')
      .set({ expiresAt: new Date(Date.now() - 1_000) })
      .execute()
    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Диалог закрыт')
    expect(await db.selectFrom('lookup').select('id').execute()).toEqual([])
    await person.say('MSKU6011672')
    expect((await person.waitForReply()).text).toContain('Не найдено: 1')
  })

  test('begins with the number of a card', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('/menu')
    await person.pressData('v1:sub-new:MSKU6011672', await person.waitForReply())
    await person.waitForReply()
    await person.say('Один')
    expect((await person.waitForReply()).text).toContain('всего в списке 1')
    await person.press('Дальше →')
    await person.waitForReply()
    await person.say('25:00')
    expect((await person.waitForReply()).text).toContain('Не понял время')
    await person.say('8.30')
    expect((await person.waitForReply()).text).toContain('Каждый день: 08:30 (МСК+7)')
  })
})

describe('a subscription', () => {
  test('is listed by pages, shown, reported on demand and deleted in two steps', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('/menu')
    await person.waitForReply()
    for (let n = 1; n <= 7; n++) await aSubscription(db, anna, `Список ${n}`)
    await person.say('/subscriptions')
    const list = await person.waitForReply()
    expect(list.text).toContain('Мои подписки: 7')
    expect(list.reply_markup?.inline_keyboard.length).toBeLessThanOrEqual(8)
    await person.press('›')
    await person.waitForReply()
    await person.press('Список 7 · 1 · 09:00')
    expect((await person.waitForReply()).text).toContain('Следующий отчёт: завтра 09:00 МСК+7 (3 сентября)')
    await db.updateTable('person').set({ zone: 'Europe/Moscow' }).execute()
    await person.press('‹ Назад')
    await person.waitForReply()
    await person.press('›')
    await person.waitForReply()
    await person.press('Список 7 · 1 · 09:00')
    const inMoscow = (await person.waitForReply()).text
    expect(inMoscow).toContain('Каждый день: 09:00 (МСК+7)')
    expect(inMoscow).toContain('Следующий отчёт: завтра 02:00 МСК (3 сентября)')
    const press = await person.press('📨 Прислать сейчас')
    expect(await person.waitForAnswer(press)).toMatchObject({ text: expect.stringContaining('Готовлю отчёт') })
    expect(await db.selectFrom('report').select(['kind', 'name', 'chatId']).execute()).toEqual([
      { kind: 'on_demand', name: 'Список 7', chatId: anna },
    ])
    await person.press('🗑 Удалить')
    await person.waitForReply()
    await person.press('Да, удалить «Список 7»')
    expect((await person.waitForReply()).text).toContain('Мои подписки: 6')
  })

  test('is closed to other persons', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const [owner, other] = [sandbox.person(anna), sandbox.person(boris)]
    for (const person of [owner, other]) {
      await person.say('/menu')
      await person.waitForReply()
    }
    const id = await aSubscription(db, anna, 'Мой список')
    for (const action of ['sub-view', 'sub-send', 'sub-remove', 'sub-remove-yes']) {
      const press = await other.pressData(`v1:${action}:${id}`, other.messages().at(-1)!)
      expect(await other.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    }
    expect(await db.selectFrom('subscription').select('deletedAt').execute()).toEqual([{ deletedAt: null }])
    expect(await db.selectFrom('report').select('id').execute()).toEqual([])
  })
})

async function openDialog(person: PersonHandle): Promise<void> {
  await person.say('/subscriptions')
  await person.waitForReply()
  await person.press('➕ Создать')
  await person.waitForReply()
}

async function aSubscription(db: Db, telegramId: number, name: string): Promise<number> {
  const person = await waitUntil(
    () => db.selectFrom('person').select('id').where('telegramId', '=', telegramId).executeTakeFirst(),
    { what: 'the person' },
  )
  const { id } = await db
    .insertInto('subscription')
    .values({
      personId: person.id,
      name,
      slots: ['09:00'],
      zone: 'Asia/Vladivostok',
      nextDueAt: new Date('2025-09-02T23:00:00Z'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await subscriptionItems.add(db, id, [{ container: 'MSKU6011672' }])
  return id
}
