import type { Db } from '@atermtrack/data'
import { expect, test } from '@atermtrack/testkit'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, boris, openSandbox, startTestBot } from '../../testing/start-test-bot.ts'
const asOf = new Date('2025-09-02T05:00:00Z')
const now = () => new Date('2025-09-02T06:00:00Z')
const stuck = { operatedAt: new Date('2025-08-29T05:00:00Z'), idleMinutes: null }

function somePositions() {
  return [
    aPosition({ asOf, container: 'CSQU3054383', operation: 'Бросание поезда (92)' }),
    aPosition({ asOf, container: 'MSKU6011672', ...stuck }),
    aPosition({ asOf, container: 'TKRU4300003' }),
  ]
}

test('what needs attention is listed by urgency; who takes a container is seen by the others, and what is hidden goes', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, somePositions())
  const sandbox = await openSandbox()
  await startTestBot({ db, redisUrl, queuePrefix, sandbox, now })
  const [person, other] = [sandbox.person(anna), sandbox.person(boris)]
  await person.say('Что горит?')
  const list = await person.waitForReply()
  expect(list.text).toContain('🔥 Требуют внимания: 2 контейнера (всё, что мне видно)')
  expect(list.text).toMatch(/🛑 брошены: 1\n⏸ давно без движения: 1/)
  expect(list.text).toMatch(/1\. CSQU3054383[^]*2\. MSKU6011672/)
  expect(list.text).not.toContain('TKRU4300003')
  await person.press('2')
  expect((await person.waitForReply()).text).toContain('Спросите у дороги причину простоя.')
  await person.press('✋ Беру')
  expect((await person.waitForReply()).text).toMatch(/✋ В работе: /)
  await person.press('📝 Заметка')
  expect((await person.waitForReply()).text).toContain('Напишите заметку')
  await person.say('Звонил <на> станцию')
  expect((await person.waitForReply()).text).toContain('📝 Звонил <на> станцию')

  await other.say('/attention')
  const theirs = await other.waitForReply()
  expect(theirs.text).toMatch(/MSKU6011672[^]*✋ В работе/)
  const press = await other.pressData('v1:attn-take:MSKU6011672:all:any', theirs)
  expect((await other.waitForAnswer(press)).text).toContain('Уже в работе')
  await other.waitForReply()
  await other.pressData('v1:attn-hide:MSKU6011672:all:any', theirs)
  expect((await other.waitForReply()).text).toContain('🙈 Скрыт, пока ничего не изменится')
  await other.press('‹ К списку')
  const without = await other.waitForReply()
  expect(without.text).toContain('Требуют внимания: 1 контейнер')
  expect(without.text).toContain('🙈 Отложено и скрыто: 1')
})

test('a container is put off until a moment that is typed, and bad ones are explained', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, somePositions())
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  const tell = async (text: string) => {
    await person.say(text)
    return (await person.waitForReply()).text
  }
  await tell('/attention')
  await person.press('1')
  await person.waitForReply()
  await person.press('🗓 Отложить до…')
  expect((await person.waitForReply()).text).toContain('До какого времени отложить CSQU3054383?')
  expect(await tell('когда-нибудь')).toContain('Не понял, до какого времени')
  expect(await tell('вчера')).toContain('Это время уже прошло')
  expect(await tell('через 100 дней')).toContain('самое большее на 90 дней')
  expect(await tell('до 5.09 09:00')).toMatch(
    /^Отложено до 5 сентября 09:00[^]*CSQU3054383[^]*💤 Отложен до 5 сентября 09:00/,
  )
  expect(await db.selectFrom('attentionMark').select(['container', 'laterUntil']).execute()).toEqual([
    { container: 'CSQU3054383', laterUntil: new Date('2025-09-05T06:00:00Z') },
  ])
  await person.press('‹ К списку')
  expect((await person.waitForReply()).text).toContain('🙈 Отложено и скрыто: 1')
  await db.updateTable('person').set({ chosenLanguage: 'en', zone: 'Asia/Vladivostok' }).execute()
  await tell('/attention')
  await person.press('1')
  await person.waitForReply()
  await person.press('🗓 Put off until…')
  await person.waitForReply()
  expect(await tell('some day')).toContain('I do not understand until when')
  expect(await tell('in 3 days')).toContain('Put off until 5 September 16:00')
})

test('the list is first that of the own subscriptions', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, somePositions())
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('MSKU6011672')
  await person.waitForReply()
  await person.press('🔔 Следить')
  await person.waitForReply()
  await person.say('🔥 Что горит')
  expect((await person.waitForReply()).text).toContain('Требуют внимания: 1 контейнер (мои подписки)')
  await person.press('🌐 Всё, что видно')
  expect((await person.waitForReply()).text).toContain('Требуют внимания: 2 контейнера')
  // A subscription to more than a list counts too.
  await db.deleteFrom('subscriptionItem').execute()
  await db.updateTable('subscription').set({ subject: 'destination', subjectText: 'Селятино' }).execute()
  await person.press('👤 Мои подписки')
  expect((await person.waitForReply()).text).toContain('Требуют внимания: 2 контейнера (мои подписки)')
})

test('a container outside of the scope cannot be taken', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, somePositions())
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('/attention')
  const list = await person.waitForReply()
  await closeOff(db)
  const press = await person.pressData('v1:attn-take:CSQU3054383:all:any', list)
  expect((await person.waitForAnswer(press)).text).toContain('больше не видно')
  expect(await db.selectFrom('attentionMark').select('container').execute()).toEqual([])
})

async function closeOff(db: Db): Promise<void> {
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: 'Ромашка' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.updateTable('person').set({ access: 'granted', role: 'viewer', companyId }).execute()
}

test('containers of one train that wait for the same reason are one line, and are taken, put off and hidden together', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const held = { asOf, operation: 'Бросание поезда (92)', trainNumber: '1640' }
  const ofTrain = ['CSQU3054383', 'MSKU6011672', 'TKRU4300003'].map((container) => aPosition({ ...held, container }))
  await storePositions(db, [...ofTrain, aPosition({ asOf, container: 'TKRU8864591', ...stuck })])
  const sandbox = await openSandbox()
  await startTestBot({ db, redisUrl, queuePrefix, sandbox, now })
  const [person, other] = [sandbox.person(anna), sandbox.person(boris)]
  await person.say('/attention')
  const list = await person.waitForReply()
  expect(list.text).toMatch(/1\. 🚂 Поезд 1640: 3 контейнера\n📍[^]*🛑 брошены с [^]*2\. TKRU8864591/)
  await other.say('/attention')
  const theirs = await other.waitForReply()
  await person.press('1')
  const group = await person.waitForReply()
  expect(group.text).toContain('Узнайте у экспедитора или дороги, когда поезд поднимут.')
  expect(JSON.stringify(group.reply_markup)).toContain('MSKU6011672')
  const taking = await person.press('✋ Беру все')
  expect((await person.waitForAnswer(taking)).text).toBe('Взято в работу: 3 контейнера')
  expect((await person.waitForReply()).text).toContain('✋ В работе: ')

  // An older list of somebody else shows who has them.
  const opened = await other.pressData('v1:attn-train:MSKU6011672:all:any', theirs)
  await other.waitForAnswer(opened)
  expect((await other.waitForReply()).text).toContain('✋ В работе: ')
  await other.press('↩️ Снять с себя')
  await other.waitForReply()
  const puttingOff = await other.press('💤 На 1 сут')
  expect((await other.waitForAnswer(puttingOff)).text).toMatch(/^Отложено до 3 сентября 09:00/)
  expect((await other.waitForReply()).text).toContain('💤 Отложен до')
  await other.press('👁 Показывать снова')
  await other.waitForReply()
  await other.press('🙈 До изменения')
  await other.waitForReply()
  await other.press('‹ К списку')
  const without = await other.waitForReply()
  expect(without.text).toContain('Требуют внимания: 1 контейнер')
  expect(without.text).toContain('🙈 Отложено и скрыто: 3')
  // One of them has a note of its own: it stands alone, and the rest are too few for a line.
  await person.press('MSKU6011672')
  await person.waitForReply()
  await person.press('📝 Заметка')
  await person.waitForReply()
  await person.say('Ждём локомотив')
  await person.waitForReply()
  const late = await person.pressData('v1:attn-train-take:CSQU3054383:all:any', group)
  expect((await person.waitForAnswer(late)).text).toBe('Такой группы в списке больше нет')
})
