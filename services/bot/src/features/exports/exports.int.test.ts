import { type Db, people } from '@atermtrack/data'
import type { PersonHandle } from '@atermtrack/sandbox'
import { describe, expect, test, waitUntil } from '@atermtrack/testkit'
import { anna, boris, startTestBot } from '../../testing/start-test-bot.ts'

async function reportsOf(db: Db) {
  return db
    .selectFrom('report')
    .select(['kind', 'exportKind', 'exportFrom', 'exportUntil', 'exportZone', 'status'])
    .orderBy('id')
    .execute()
}

/** On a busy machine another message says first that it takes a while. */
async function untilReply(person: PersonHandle, said: string): Promise<void> {
  await person.waitForReply({ where: ({ text }) => text?.includes(said) === true })
}

describe('/export', () => {
  test('orders a workbook for the days of a button, in the zone of the facts', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
    const admin = sandbox.person(boris)
    await admin.say('/export')
    await untilReply(admin, 'Что выгрузить?')
    await admin.press('Движения')
    await untilReply(admin, 'За какие дни?')
    await admin.press('Всё время')
    await waitUntil(async () => (await reportsOf(db)).length > 0, { what: 'the order' })
    const all = { kind: 'export', status: 'pending', exportFrom: null, exportUntil: null }
    expect(await reportsOf(db)).toEqual([{ ...all, exportKind: 'movements', exportZone: 'Europe/Moscow' }])
    const audited = await db.selectFrom('audit').select(['action', 'object', 'actorId']).execute()
    const { id } = (await people.findByTelegramId(db, boris))!
    expect(audited).toEqual([{ action: 'export.ordered', object: 'export:movements', actorId: id }])
  })

  test('takes typed days, and says what is wrong with others', async ({ db, redisUrl, queuePrefix }) => {
    const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, adminChatIds: [boris] })
    const admin = sandbox.person(boris)
    await admin.say('/export')
    await untilReply(admin, 'Что выгрузить?')
    await admin.press('Журнал')
    await untilReply(admin, 'За какие дни?')
    await admin.press('✏️ Свои даты')
    await untilReply(admin, 'Напишите дни')
    await admin.say('когда-то <b>')
    await untilReply(admin, 'Не понял «когда-то <b>»')
    await admin.say('30.02.2026')
    await untilReply(admin, 'нет в календаре')
    await admin.say('05.02.2026 – 01.02.2026')
    await untilReply(admin, '(05.02.2026) позже конца (01.02.2026)')
    expect(await reportsOf(db)).toEqual([])
    await admin.say('01.02.2026 – 05.02.2026')
    await untilReply(admin, 'Готовлю, пришлю сюда')
    expect(await reportsOf(db)).toMatchObject([
      { exportKind: 'audit', exportFrom: '2026-02-01', exportUntil: '2026-02-05', exportZone: 'Asia/Vladivostok' },
    ])
    // The dialog is over.
    await admin.say('01.02.2026')
    await admin.waitForReply()
    expect(await reportsOf(db)).toHaveLength(1)
  })

  test('is refused to an operator, a viewer and a stranger, command and buttons', async ({
    db,
    redisUrl,
    queuePrefix,
  }) => {
    const options = { db, redisUrl, queuePrefix, accessMode: 'approval', adminChatIds: [boris] } as const
    const { sandbox } = await startTestBot(options)
    const admin = sandbox.person(boris)
    await admin.say('/export')
    const kinds = await admin.waitForReply()
    const person = sandbox.person(anna)
    for (const role of [undefined, 'viewer', 'operator'] as const) {
      if (role !== undefined) await people.grant(db, anna, role)
      await person.say('/export')
      const refusal = await person.waitForReply()
      expect(refusal.text).not.toContain('Что выгрузить?')
      const press = await person.pressData('v1:export-order:people:all', refusal)
      await person.waitForAnswer(press)
    }
    expect(kinds.text).toContain('Что выгрузить?')
    expect(await reportsOf(db)).toEqual([])
  })
})
