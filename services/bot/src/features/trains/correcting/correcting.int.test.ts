import { type Db, everything, mailLists, people, trainRosters, trains } from '@atermtrack/data'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { grantRoles } from '../../../testing/grant-roles.ts'
import { anna, boris, startTestBot } from '../../../testing/start-test-bot.ts'
import { storeTrain } from '../../../testing/store-train.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const containers = [0, 1, 2].map(containerNumber)

function storeK25073(db: Db, fields: { readonly sentAt?: Date; readonly destination?: string } = {}): Promise<void> {
  return storeTrain(db, { code: 'К25-073', entries: containers.map((container) => ({ container })), ...fields })
}

async function openCorrection({ db, redisUrl, queuePrefix }: { db: Db; redisUrl: string; queuePrefix: string }) {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, adminChatIds: [anna] })
  const person = sandbox.person(anna)
  await person.say('К25-073')
  await person.waitForReply()
  await person.press('✏️ Поправить')
  return { sandbox, person, page: await person.waitForReply() }
}

async function subscribe(db: Db, trainCode: string): Promise<void> {
  const owner = await people.findByTelegramId(db, anna)
  await db
    .insertInto('subscription')
    .values({
      personId: owner!.id,
      name: 'Мой поезд',
      subject: 'train',
      subjectText: trainCode,
      slots: ['09:00'],
      zone: 'Europe/Moscow',
      nextDueAt: now(),
    })
    .execute()
}

async function findTrain(db: Db, code: string) {
  const { known } = await trains.find(db, [code], everything)
  return known[0]
}

async function auditOf(db: Db) {
  return db.selectFrom('audit').select(['action', 'object', 'details']).orderBy('id').execute()
}

describe('a train', () => {
  test('gets another destination, until a newer list of it comes', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { person, page } = await openCorrection({ db, redisUrl, queuePrefix })
    expect(page.text).toContain('Назначение: Селятино\nДата: 27.08.2025 03:00 (МСК)\nВ списке 3 контейнера')
    await person.press('📍 Назначение')
    expect((await person.waitForReply()).text).toContain('Куда идёт поезд К25-073?')
    await person.say('x'.repeat(61))
    expect((await person.waitForReply()).text).toContain('не длиннее 60')
    await person.say(' Тучково <b>  ')
    const done = await person.waitForReply()
    expect(done.text).toBe('✅ Поезд К25-073: назначение теперь Тучково <b>.')
    expect((await person.waitForReply({ after: done })).text).toContain('Назначение: Тучково <b>')
    expect(await auditOf(db)).toEqual([
      { action: 'train.redirected', object: 'train:К25-073', details: { from: 'Селятино', to: 'Тучково <b>' } },
    ])
    await storeK25073(db, { sentAt: new Date('2025-08-28T00:00:00Z') })
    expect(await findTrain(db, 'К25-073')).toMatchObject({ destination: 'Селятино' })
  })

  test('gets another date, but none that makes an earlier list count', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db, { sentAt: new Date('2025-08-25T00:00:00Z'), destination: 'Чита' })
    await storeK25073(db)
    const { person } = await openCorrection({ db, redisUrl, queuePrefix })
    await person.press('📅 Дата')
    await person.waitForReply()
    await person.say('24.08.2025')
    expect((await person.waitForReply()).text).toContain('есть другой список')
    await person.say('завтра')
    expect((await person.waitForReply()).text).toContain('Не понял дату')
    await person.say('30.08.2025')
    const done = await person.waitForReply()
    expect((await person.waitForReply({ after: done })).text).toContain('Дата: 30.08.2025 03:00 (МСК)')
    expect(await findTrain(db, 'К25-073')).toMatchObject({
      destination: 'Селятино',
      sentAt: new Date('2025-08-30T00:00:00Z'),
    })
    expect(await auditOf(db)).toMatchObject([
      { action: 'train.dated', details: { from: '27.08.2025 03:00', to: '30.08.2025 03:00' } },
    ])
  })

  test('gets another code, and all that names it follows', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db, { sentAt: new Date('2025-08-25T00:00:00Z') })
    await storeK25073(db)
    await storeTrain(db, { code: 'К25-075', entries: [] })
    await trainRosters.setTransshipment(db, 'К25-073', 'Чемской')
    await trainRosters.setTransshipment(db, 'К25-074', 'Иркутск')
    const list = await mailLists.insert(db, 'Список')
    await mailLists.change(db, list!.id, { trains: ['К25-072', 'К25-073'] })
    const { person } = await openCorrection({ db, redisUrl, queuePrefix })
    await subscribe(db, 'К25-073')
    await person.press('🔤 Код')
    await person.waitForReply()
    for (const [text, answer] of [
      ['семьдесят', 'Пришлите новый код целиком'],
      ['К25-073', 'Пришлите новый код целиком'],
      ['К25-075', 'Код К25-075 уже у другого поезда'],
    ] as const) {
      await person.say(text)
      expect((await person.waitForReply()).text).toContain(answer)
    }
    await person.say('k25 074')
    expect((await person.waitForReply()).text).toContain('Поезд К25-073 теперь К25-074')
    expect(await findTrain(db, 'К25-073')).toBeUndefined()
    expect(await findTrain(db, 'К25-074')).toMatchObject({ transshipmentStation: 'Чемской' })
    expect(await db.selectFrom('trainRoster').select('trainCode').orderBy('workbookId').execute()).toEqual(
      ['К25-074', 'К25-074', 'К25-075'].map((trainCode) => ({ trainCode })),
    )
    expect(await db.selectFrom('subscription').select('subjectText').execute()).toEqual([{ subjectText: 'К25-074' }])
    expect(await db.selectFrom('mailList').select('trains').execute()).toEqual([{ trains: ['К25-072', 'К25-074'] }])
    expect(await auditOf(db)).toMatchObject([{ action: 'train.renamed', details: { from: 'К25-073', to: 'К25-074' } }])
  })

  test('is removed with all its lists once somebody has seen what goes', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db, { sentAt: new Date('2025-08-25T00:00:00Z') })
    await storeK25073(db)
    const { person, page } = await openCorrection({ db, redisUrl, queuePrefix })
    expect(await person.waitForAnswer(await person.pressData('v1:train-dropped:25-073:2', page))).toMatchObject({
      text: 'Список поезда успел измениться',
    })
    const asked = await person.waitForReply()
    expect(asked.text).toContain('Уйдёт 2 списка; в последнем 3 контейнера')
    await person.press('🗑 Удалить, 3 контейнера')
    expect((await person.waitForReply()).text).toBe('🗑 Поезд К25-073 удалён: 3 контейнера больше не в нём.')
    expect(await findTrain(db, 'К25-073')).toBeUndefined()
    expect(await db.selectFrom('workbook').select(['status', 'reason']).execute()).toEqual([
      { status: 'quarantined', reason: 'undone' },
      { status: 'quarantined', reason: 'undone' },
    ])
    expect(await auditOf(db)).toMatchObject([{ action: 'train.removed', details: { containers: 3, lists: 2 } }])
    expect(await person.waitForAnswer(await person.pressData('v1:train-dropped:25-073:3', asked))).toMatchObject({
      text: 'Кнопка устарела',
    })
  })

  test('that is gone meanwhile is not corrected', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    const { person } = await openCorrection({ db, redisUrl, queuePrefix })
    await person.press('🔤 Код')
    await person.waitForReply()
    await db.deleteFrom('trainRoster').execute()
    await person.say('К25-074')
    expect((await person.waitForReply()).text).toBe('Поезда К25-073 уже нет.')
    expect(await auditOf(db)).toEqual([])
  })

  test('is corrected by operators, not by viewers', async ({ db, redisUrl, queuePrefix }) => {
    await storeK25073(db)
    await grantRoles(db, [
      [anna, 'operator'],
      [boris, 'viewer'],
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, accessMode: 'approval' })
    const [operator, viewer] = [sandbox.person(anna), sandbox.person(boris)]
    await operator.say('К25-073')
    await operator.waitForReply()
    await operator.press('✏️ Поправить')
    expect((await operator.waitForReply()).text).toContain('Поправить поезд К25-073')
    await viewer.say('К25-073')
    const card = await viewer.waitForReply()
    expect(JSON.stringify(card.reply_markup)).not.toContain('train-fix')
    for (const data of ['train-fix:25-073', 'train-fix-code:25-073', 'train-drop:25-073', 'train-dropped:25-073:3']) {
      expect(await viewer.waitForAnswer(await viewer.pressData(`v1:${data}`, card))).toMatchObject({
        text: 'Кнопка устарела',
      })
    }
    expect(await findTrain(db, 'К25-073')).toBeDefined()
  })
})
