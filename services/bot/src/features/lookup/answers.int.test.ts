import type { Db } from '@atermtrack/data'
import type { EventKind } from '@atermtrack/domain'
import type { PersonHandle } from '@atermtrack/sandbox'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
import { storeMovements } from '../../testing/store-movements.ts'
import { storeTrain } from '../../testing/store-train.ts'
import { aVisit, storeVisits } from '../../testing/store-visits.ts'
import { letGroupIn } from '../../testing/let-group-in.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const tripStartedAt = new Date('2025-08-28T00:00:00Z')
const formerTrip = { waybill: 'ЭА111111', tripStartedAt: new Date('2025-05-01T00:00:00Z') }

describe('a card', () => {
  test('shows the last stations of the trip that it is on', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    await db.updateTable('position').set({ tripStartedAt }).execute()
    await storeMovements(db, [
      { operatedAt: new Date('2025-05-03T00:00:00Z'), station: 'ПЕРМЬ', ...formerTrip },
      { operatedAt: new Date('2025-08-29T00:00:00Z'), station: 'ВЛАДИВОСТОК', tripStartedAt },
      { operatedAt: new Date('2025-08-30T00:00:00Z'), station: 'ХАБАРОВСК II', tripStartedAt },
      { operatedAt: new Date('2025-08-31T00:00:00Z'), station: 'БЕЛОГОРСК', tripStartedAt },
      { operatedAt: new Date('2025-09-01T00:00:00Z'), station: 'ЧИТА I', tripStartedAt },
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    const { text = '' } = await person.waitForReply()
    expect(text.replaceAll('\u00A0', ' ')).toContain(
      '● Владивосток ─ ● Хабаровск II ─ ● Белогорск ─ ◉ Чита I ─ 6 120 км ─ ○ Селятино',
    )
  })

  test('turns into its history by pages, trip by trip, and back', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const hours = Array.from({ length: 9 }, (_, hour) => hour)
    await storeMovements(db, [
      { operatedAt: new Date('2025-05-03T00:00:00Z'), station: 'ПЕРМЬ', ...formerTrip },
      ...hours.map((hour) => ({
        operatedAt: new Date(Date.UTC(2025, 8, 1, hour)),
        station: 'БЕЛОГОРСК',
        tripStartedAt,
        kmLeft: 7_000,
      })),
    ])
    await storeEvents(db, [
      ['abandoned', '2025-09-01T08:00:00Z'],
      ['norm_at_risk', '2025-09-01T06:30:00Z'],
      ['picked_up', '2025-09-01T00:30:00Z'],
      ['arrived', '2025-05-04T00:00:00Z'],
      ['missing', '2025-09-01T07:00:00Z', 'withdrawn'],
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    const card = await person.waitForReply()
    const first = await press(person, '🕓 История')
    expect(first.message_id).toBe(card.message_id)
    expect(first.text).toContain('• 1 сентября 09:30 ⏳ Риск опоздать к нормативному сроку\n• 1 сентября 09:00')
    expect(first.text).toMatch(/7\u00A0000 км\n🛑 Поезд брошен\n• 1 сентября 10:00/)
    expect(first.text).not.toMatch(/Пропажа|снова едет|🏁 Прибытие/)
    expect(first.text).toContain('🧭 Рейс с 28 августа, накладная ЭФ038927\n• 1 сентября 11:00 Белогорск\n')
    expect(first.text).toContain('Проследование, осталось: 7\u00A0000 км')
    expect(first.text).not.toContain('Пермь')
    expect(first.text).toContain('Данные на сегодня 08:00 МСК (2 сентября)')
    const second = await press(person, '›')
    expect(second.text).toContain('🧭 Рейс с 1 мая, накладная ЭА111111\n')
    expect(second.text).toMatch(/• 1 сентября 03:30 ✅ Брошенный поезд снова едет\n• 1 сентября 03:00/)
    expect(second.text).toMatch(/• 4 мая 03:00 🏁 Прибытие[^]*Пермь/)
    expect(second.text).not.toMatch(/Риск|🛑/)
    expect((await press(person, '‹ К карточке')).text).toBe(card.text)
  })

  test('is watched after one tap and no longer watched after another', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition(), aPosition({ container: 'CSQU3054383' })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    await person.waitForReply()
    const toast = await person.waitForAnswer(await person.press('🔔 Следить'))
    expect(toast.text).toBe(
      '🔔 MSKU6011672 в списке «Слежу». Напишу, если бросят, поедет, прибудет, опоздает или пропадёт. Отчёт каждый день: 09:00, 16:00 (МСК+7). Список: «Мои подписки».',
    )
    expect(JSON.stringify((await person.waitForReply()).reply_markup)).toContain('🔕 Не следить')
    await person.say('CSQU3054383')
    await person.waitForReply()
    await press(person, '🔔 Следить')
    expect(await watchedBy(db, anna)).toEqual([['MSKU6011672', 'CSQU3054383']])
    await person.say('/subscriptions')
    await person.waitForReply()
    const list = await press(person, 'Слежу · 2 · 09:00, 16:00')
    expect(list.text).toContain('2 контейнера')
    const offered = JSON.stringify(list.reply_markup)
    expect(offered).toContain('📋 Список: 2')
    // It cannot be about anything else.
    expect(offered).not.toContain('О чём')
    await person.say('MSKU6011672')
    await person.waitForReply()
    const turned = await press(person, '🔕 Не следить')
    expect(JSON.stringify(turned.reply_markup)).toContain('🔔 Следить')
    expect(await watchedBy(db, anna)).toEqual([['CSQU3054383']])
    expect(await watchedBy(db, boris)).toEqual([])
  })

  test('is watched in English without a Russian letter', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person({ name: 'Ann', languageCode: 'en' })
    await person.say('MSKU6011672')
    await person.waitForReply()
    const { text } = await person.waitForAnswer(await person.press('🔔 Watch'))
    expect(text).toContain('09:00, 16:00 (MSK+7)')
    expect(text).not.toMatch(/\p{Script=Cyrillic}/u)
  })

  test('is watched once, however often it is tapped, and the list is deleted with its last container', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    const card = await person.waitForReply()
    for (const action of ['watch', 'watch', 'unwatch', 'unwatch']) {
      await person.waitForAnswer(await person.pressData(`v1:${action}:MSKU6011672`, card))
      expect(await watchedBy(db, anna)).toEqual(action === 'watch' ? [['MSKU6011672']] : [])
    }
  })

  test('in a group is watched by each member separately', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const sandbox = await openSandbox()
    const { id: chatId } = sandbox.group({ title: 'Логистика', members: [anna, boris], supergroup: true })
    await letGroupIn(db, chatId)
    await startTestBot({ db, redisUrl, queuePrefix, now, sandbox })
    const { username } = (await sandbox.waitForCall(({ method }) => method === 'getMe')).result as { username: string }
    await sandbox.person(anna).say(`@${username} MSKU6011672`, { chatId })
    await sandbox.person(anna).waitForReply({ chatId })
    for (const id of [anna, boris]) {
      const person = sandbox.person(id)
      await person.waitForAnswer(await person.press('🔔 Следить', { chatId }))
      expect(await watchedBy(db, id)).toEqual([['MSKU6011672']])
    }
  })

  test('comes as a workbook of its own', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    await person.waitForReply()
    expect(await person.waitForAnswer(await person.press('📄 Excel'))).toMatchObject({
      text: 'Готовлю файл Excel, пришлю следом',
    })
    const row = await db.selectFrom('report').select(['kind', 'name', 'containers', 'chatId']).executeTakeFirst()
    expect(row).toEqual({ kind: 'lookup', name: 'MSKU6011672', containers: ['MSKU6011672'], chatId: anna })
  })
})

describe('a list', () => {
  test('opens each of its cards in its place, and returns', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition(), aPosition({ container: 'CSQU3054383' })])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672 CSQU3054383 TGHU1234567')
    const list = await person.waitForReply()
    await press(person, '🚂 CSQU3054383')
    await press(person, '🕓 История')
    await press(person, '‹ К карточке')
    expect(await press(person, '‹ К списку')).toMatchObject({ message_id: list.message_id, text: list.text })
    await person.waitForAnswer(await person.press('📄 Excel'))
    expect(await db.selectFrom('report').select('containers').execute()).toEqual([
      { containers: ['MSKU6011672', 'CSQU3054383', 'TGHU1234567'] },
    ])
  })

  test('is closed to other persons', async ({ db, redisUrl, queuePrefix }) => {
    await storePositions(db, [aPosition()])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const [mine, other] = [sandbox.person(anna), sandbox.person(boris)]
    await mine.say('MSKU6011672 TGHU1234567')
    await mine.waitForReply()
    const { updateId } = await db.selectFrom('lookup').select('updateId').executeTakeFirstOrThrow()
    await other.say('/menu')
    const menu = await other.waitForReply()
    for (const data of [`lookup-list:${updateId}`, `lookup-excel:${updateId}`, `lookup-absent:${updateId}:0`]) {
      expect(await other.waitForAnswer(await other.pressData(`v1:${data}`, menu))).toMatchObject({
        text: 'Кнопка устарела',
      })
    }
    expect(await db.selectFrom('report').select('id').execute()).toEqual([])
  })

  test('of missing numbers has pages', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
    const person = sandbox.person(anna)
    await person.say(Array.from({ length: 35 }, (_, index) => containerNumber(index)).join(' '))
    expect((await person.waitForReply()).text).toContain('… и ещё 15')
    await press(person, '❔ Не найдено: 35')
    expect((await press(person, '›')).text).toContain(containerNumber(34))
    expect((await press(person, '‹ К списку')).text).toContain('… и ещё 15')
  })
})

test('a wagon and a waybill are answered with the containers on them', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [
    aPosition(),
    aPosition({ container: 'CSQU3054383', waybill: 'ЭФ000001' }),
    aPosition({ container: 'TGHU1234567', waybill: 'ЭФ000002', wagon: '52275476' }),
  ])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('вагон 94287657 и накладная ЭФ000002, вагон 50447762')
  const { text = '' } = await person.waitForReply()
  expect(text).toContain('🚃 Вагон 94287657 (платформа): 2 контейнера')
  expect(text).toContain('📄 Накладная ЭФ000002: 1 контейнер')
  expect(text).toContain('🚃 Вагон 50447762: не найден')
  expect((await press(person, '🚂 TGHU1234567')).text).toContain('Вагон: 52275476')
})

test('no view of a container names clients, plates, drivers or prices', async ({ db, redisUrl, queuePrefix }) => {
  const secrets = ['Секрет', 'А582ВС25', 'Водителев', '99999']
  const numbers = Array.from({ length: 12 }, (_, index) => containerNumber(index))
  await storePositions(
    db,
    numbers.slice(0, 11).map((container) => aPosition({ container })),
  )
  await db
    .updateTable('position')
    .set({
      consignee: 'ООО «Секрет»',
      consignor: 'ООО «Секрет»',
      cargo: 'Секрет по 99999 руб.',
      consigneeShort: 'Секрет',
    })
    .execute()
  const [first = '', other = ''] = numbers
  await storeMovements(db, [{ container: first, operatedAt: new Date('2025-09-01T00:00:00Z'), station: 'БЕЛОГОРСК' }])
  await storeVisits(
    db,
    numbers.map((container) => aVisit({ container, arrivedAt: new Date('2025-09-02T05:00:00Z') })),
  )
  await storeTrain(db, { code: 'К25-073', entries: numbers.map((container) => ({ container, client: 'Секрет' })) })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say(first)
  expect((await person.waitForReply()).text).toContain('Поезд терминала К25-073')
  expect((await press(person, '🕓 История')).text).toContain('Белогорск')
  await person.say(`${first} ${other} ${numbers[11]}`)
  expect((await person.waitForReply()).text).toContain('На терминале A-Terminal')
  await person.say(numbers.join(' '))
  expect((await person.waitForReply()).text).toContain('Найдено 11 из 12')
  const sent = JSON.stringify(sandbox.calls)
  for (const secret of secrets) expect(sent).not.toContain(secret)
})

/** Presses a button and waits for the message that it changes. */
async function press(person: PersonHandle, button: string) {
  await person.press(button)
  return person.waitForReply()
}

async function watchedBy(db: Db, telegramId: number) {
  const rows = await db
    .selectFrom('subscription')
    .innerJoin('person', 'person.id', 'subscription.personId')
    .select(
      sql<
        string[]
      >`array(select container from subscription_item where subscription_id = subscription.id order by place)`.as(
        'containers',
      ),
    )
    .where('telegramId', '=', telegramId)
    .where('isWatchList', '=', true)
    .where('deletedAt', 'is', null)
    .execute()
  return rows.map(({ containers }) => containers)
}

async function storeEvents(db: Db, events: readonly (readonly [EventKind, string, 'withdrawn'?])[]): Promise<void> {
  const rows = events.map(([kind, happenedAt, withdrawn], identity) => ({
    container: 'MSKU6011672',
    kind,
    identity: String(identity),
    happenedAt: new Date(happenedAt),
    withdrawnAt: withdrawn ? new Date() : null,
  }))
  await db.insertInto('event').values(rows).execute()
}
