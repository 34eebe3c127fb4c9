import { people } from '@atermtrack/data'
import { describe, expect, test } from '@atermtrack/testkit'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

describe('/stats', () => {
  test('counts what happened today, and what was not understood', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    await person.waitForReply()
    await person.say('трям <b>')
    await person.waitForReply()
    const admin = sandbox.person(boris)
    await admin.say('/stats')
    expect((await admin.waitForReply()).text).toContain('Статистика за 7 дней')
    await admin.press('День')
    const today = await admin.waitForReply({ where: ({ text }) => text?.includes('за сегодня') === true })
    expect(today.text).toContain('Запросы: 1, не понял: 1')
    expect(today.text).toContain('MSKU6011672: 1')
    expect(today.text).toContain('«трям <b>»')
    expect(today.text).toContain('новых 2, активных 2')
    await admin.waitForAnswer(await admin.press('📊 Картинкой'))
    expect(await db.selectFrom('report').select(['kind', 'exportKind', 'status']).execute()).toEqual([
      { kind: 'statistics', exportKind: 'day', status: 'pending' },
    ])
  })

  test('is refused to an operator, command and buttons', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
    const person = sandbox.person(anna)
    await person.say('/start')
    await person.waitForReply()
    await people.grant(db, anna, 'operator')
    await person.say('/stats')
    const refusal = await person.waitForReply()
    expect(refusal.text).not.toContain('Статистика за')
    for (const data of ['v1:stats-show:day', 'v1:stats-draw:day']) {
      const press = await person.pressData(data, refusal)
      expect(await person.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
    }
    expect(await db.selectFrom('report').select('id').execute()).toEqual([])
  })
})
