import { type Db, everything, trainRosters, trains } from '@atermtrack/data'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import { grantRoles } from '../../../testing/grant-roles.ts'
import { anna, boris, startTestBot } from '../../../testing/start-test-bot.ts'
import { storeTrain } from '../../../testing/store-train.ts'

const now = () => new Date('2025-09-02T06:00:00Z')
const [first, second, third, fourth] = [0, 1, 2, 3].map(containerNumber) as [string, string, string, string]

interface Servers {
  readonly db: Db
  readonly redisUrl: string
  readonly queuePrefix: string
}

async function openCorrection({ db, redisUrl, queuePrefix }: Servers) {
  await storeTrain(db, { code: 'К25-073', entries: [first, second].map((container) => ({ container })) })
  await storeTrain(db, { code: 'К25-074', entries: [{ container: third }] })
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, adminChatIds: [anna] })
  const person = sandbox.person(anna)
  await person.say('К25-073')
  await person.waitForReply()
  await person.press('✏️ Поправить')
  return { sandbox, person, page: await person.waitForReply() }
}

async function containersOf(db: Db, code: string): Promise<readonly string[]> {
  const { known } = await trains.find(db, [code], everything)
  return known.flatMap(({ rows }) => rows.map(({ container }) => container)).toSorted()
}

describe('containers', () => {
  test('move to another train once somebody has seen what changes, and move back', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { person } = await openCorrection({ db, redisUrl, queuePrefix })
    await person.press('🔁 Перегруз')
    expect((await person.waitForReply()).text).toContain('Какие контейнеры поезда К25-073 едут другим поездом?')
    await person.say('никакие')
    expect((await person.waitForReply()).text).toContain('Не вижу номеров контейнеров')
    await person.say(third)
    expect((await person.waitForReply()).text).toContain('Этих контейнеров нет в поезде К25-073')
    await person.say(`${second}\n${third}\n${fourth}`)
    expect((await person.waitForReply()).text).toBe('1 контейнер. На какой поезд? Например: К25-074')
    await person.say('К25-073')
    expect((await person.waitForReply()).text).toContain('Пришлите код другого поезда')
    await person.say('К25-099')
    expect((await person.waitForReply()).text).toContain('Списка поезда К25-099 у меня нет')
    await person.say('k25074')
    const preview = await person.waitForReply()
    expect(preview.text).toContain(`Перегруз К25-073 → К25-074\nПерейдёт 1 контейнер:\n${second}`)
    expect(preview.text).toContain('Станет: К25-073, 1 контейнер; К25-074, 2 контейнера.')
    expect(preview.text).toContain(`Нет в поезде: ${third}, ${fourth}`)
    expect(await containersOf(db, 'К25-074')).toEqual([third])
    await person.press('🔁 Перегрузить, 1 контейнер')
    expect((await person.waitForReply()).text).toBe('✅ Перегруз К25-073 → К25-074: 1 контейнер.')
    expect(await containersOf(db, 'К25-073')).toEqual([first])
    expect(await containersOf(db, 'К25-074')).toEqual([second, third].toSorted())
    expect(await db.selectFrom('audit').select(['action', 'object', 'details']).execute()).toEqual([
      {
        action: 'train.containers_moved',
        object: 'train:К25-073',
        details: { to: 'К25-074', containers: 1, numbers: second },
      },
    ])
    // The list of the former train once more.
    await storeTrain(db, {
      code: 'К25-073',
      sentAt: new Date('2025-09-01T00:00:00Z'),
      entries: [first, second].map((container) => ({ container })),
    })
    expect(await containersOf(db, 'К25-073')).toEqual([first])
    await person.say('К25-074')
    await person.waitForReply()
    await person.press('✏️ Поправить')
    const page = await person.waitForReply()
    expect(page.text).toContain('🔁 Перегружено с К25-073: 1 контейнер')
    await person.press('🔁 Перегруз')
    await person.waitForReply()
    await person.say(second)
    await person.waitForReply()
    await person.say('К25-073')
    await person.waitForReply()
    await person.press('🔁 Перегрузить, 1 контейнер')
    await person.waitForReply()
    expect(await containersOf(db, 'К25-073')).toEqual([first, second].toSorted())
    expect(await db.selectFrom('trainMove').selectAll().execute()).toEqual([])
  })

  test('do not move by a button that is old, forged, or shows what is not so any more', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { person } = await openCorrection({ db, redisUrl, queuePrefix })
    await person.press('🔁 Перегруз')
    await person.waitForReply()
    await person.say(`${first} ${second}`)
    await person.waitForReply()
    await person.say('К25-074')
    const preview = await person.waitForReply()
    for (const data of ['train-moved:25-073:25-074:1', 'train-moved:25-074:25-073:1', 'train-moved:25-073:25-074']) {
      expect(await person.waitForAnswer(await person.pressData(`v1:${data}`, preview))).toMatchObject({
        text: 'Кнопка устарела',
      })
    }
    const { workbookId } = await db
      .selectFrom('trainRoster')
      .select('workbookId')
      .where('trainCode', '=', 'К25-073')
      .executeTakeFirstOrThrow()
    await db.transaction().execute((tx) => trainRosters.withdraw(tx, workbookId))
    await storeTrain(db, { code: 'К25-073', sentAt: new Date('2025-09-01T00:00:00Z'), entries: [{ container: first }] })
    expect(await person.waitForAnswer(await person.press('🔁 Перегрузить, 2 контейнера'))).toMatchObject({
      text: 'Список поезда успел измениться',
    })
    const renewed = await person.waitForReply({ where: ({ text }) => text?.includes('Перейдёт 1 контейнер') === true })
    expect(renewed.message_id).toBe(preview.message_id)
    await person.press('Не перегружать')
    await person.waitForReply({ where: ({ text }) => text === 'Хорошо, ничего не меняю.' })
    expect(await containersOf(db, 'К25-074')).toEqual([third])
  })

  test('are moved by operators, not by viewers, who get no train by hand either', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    await storeTrain(db, { code: 'К25-073', entries: [{ container: first }] })
    await grantRoles(db, [
      [anna, 'operator'],
      [boris, 'viewer'],
    ])
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now, accessMode: 'approval' })
    const [operator, viewer] = [sandbox.person(anna), sandbox.person(boris)]
    await operator.say('К25-073')
    await operator.waitForReply()
    await operator.press('✏️ Поправить')
    await operator.waitForReply()
    await operator.press('📜 Списки')
    const lists = await operator.waitForReply({ where: ({ text }) => text?.includes('Списки поезда') === true })
    expect(lists.text).toContain('К25-073.xlsx\n27.08.2025 03:00 (МСК), 1 контейнер, ✅ действует')
    // Operators do not review workbooks.
    expect(JSON.stringify(lists.reply_markup)).not.toContain('wb-open-one')
    await viewer.say('/trains')
    const list = await viewer.waitForReply()
    expect(JSON.stringify(list.reply_markup)).not.toContain('train-new')
    for (const data of ['train-new', 'train-move:25-073', 'train-moved:25-073:25-074:1', 'train-lists:25-073:0']) {
      expect(await viewer.waitForAnswer(await viewer.pressData(`v1:${data}`, list))).toMatchObject({
        text: 'Кнопка устарела',
      })
    }
  })
})
