import { people } from '@atermtrack/data'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

describe('/stats', () => {
  test('counts what happened today, and what was not understood', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
    const person = sandbox.person(anna)
    await person.say('MSKU6011672')
    await person.waitForReply({ where: ({ text }) => text?.includes('MSKU') === true })
    await person.say('трям <b>')
    await person.waitForReply({ where: ({ text }) => text?.includes('понял') === true })
    await sql`insert into delivery (channel, kind, chat_id, text, status, error, finished_at)
      select 'telegram', 'answer', 7, 'x', 'failed', 'Bad Request: <b> is too long', now() from generate_series(1, 2)`.execute(
      db,
    )
    const admin = sandbox.person(boris)
    await admin.say('/stats')
    await admin.waitForReply({ where: ({ text }) => text?.includes('Статистика за 7 дней') === true })
    await admin.press('День')
    const today = await admin.waitForReply({ where: ({ text }) => text?.includes('за сегодня') === true })
    expect(today.text).toContain('Запросы: 1, не понял: 1')
    expect(today.text).toContain('MSKU6011672: 1')
    expect(today.text).toContain('«трям <b>»')
    expect(today.text).toContain('Почему не ушло\n2 × Telegram: Bad Request: <b> is too long')
    expect(today.text).toContain('новых 2, активных 2')
    await admin.press('📊 Картинкой')
    const isOrdered = () => db.selectFrom('report').select('id').executeTakeFirst()
    await waitUntil(isOrdered, { what: 'the order' })
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
