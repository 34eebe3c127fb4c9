import { type Db, companies } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { createLogger } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { expect, onTestFinished, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { createSendTelegram } from '../../deliveries/send-telegram.ts'
import { createTelegramApi } from '../../telegram/telegram-api.ts'
import { anna, boris, openSandbox, openTo, startTestBot, token } from '../../testing/start-test-bot.ts'
import { testHealth } from '../../testing/test-health.ts'

const containers = ['CSQU3054383', 'MSKU6011672', 'TKRU4300003'] as const
const at = new Date('2026-06-12T05:00:00Z')

/** A message to Anna about containers that were left abandoned, as the reporter writes it. */
async function anAlert(db: Db): Promise<{ readonly alertId: number; readonly deliveryId: number }> {
  const person = await db.selectFrom('person').select('id').where('telegramId', '=', anna).executeTakeFirstOrThrow()
  const common = { personId: person.id, chatId: anna }
  const { id: subscriptionId } = await db
    .insertInto('subscription')
    .values({
      personId: person.id,
      name: 'Слежу',
      slots: ['09:00'],
      zone: 'UTC',
      nextDueAt: new Date('2040-01-01'),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const { id: alertId } = await db
    .insertInto('alert')
    .values({ ...common, form: 'like', topic: 'x', kind: 'abandoned', openUntil: at, reportedAt: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  const like = { kind: 'abandoned', firstAt: at, lastAt: at, count: 3, containers: [...containers] } as const
  const details = JSON.stringify({ terminal: 'ВСК' })
  const events = await db
    .insertInto('event')
    .values(containers.map((container) => ({ container, kind: like.kind, identity: 'x', happenedAt: at, details })))
    .returning('id')
    .execute()
  await db
    .insertInto('alertEvent')
    .values(events.map(({ id: eventId }) => ({ eventId, alertId, subscriptionId, chatId: anna, status: 'reported' })))
    .execute()
  const { id: deliveryId } = await db
    .insertInto('delivery')
    .values({
      ...common,
      kind: 'alert',
      channel: 'telegram',
      noticePeriod: alertId,
      notice: JSON.stringify(notice('event_alert', { alertId, zone: 'Europe/Moscow', events: like })),
      enqueuedAt: sql<Date>`now()`,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { alertId, deliveryId }
}

/** Sends a row of the ledger, as its job does. */
async function send(db: Db, { apiRoot }: Sandbox, deliveryId: number): Promise<void> {
  const logger = createLogger({ service: 'test', level: 'silent' })
  const api = createTelegramApi({ token, apiRoot, logger })
  onTestFinished(() => api[Symbol.asyncDispose]())
  const place = { db, api, health: testHealth(db), policy: openTo(), holder: 'test', scheduleZone: 'UTC' }
  await createSendTelegram(place)({ deliveryId }, { logger, attempt: 1, signal: new AbortController().signal })
}

test('a message lists its containers, ends its kind with a button, and brings it back', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const sandbox = await openSandbox()
  await startTestBot({ db, redisUrl, queuePrefix, sandbox })
  const person = sandbox.person(anna)
  await person.say('/alerts')
  expect((await person.waitForReply()).text).toContain('Тихие часы не заданы')
  const { alertId, deliveryId } = await anAlert(db)
  await send(db, sandbox, deliveryId)
  const alert = person.messages().at(-1)!
  expect(alert.text).toContain('🛑 Поезд брошен: 3 контейнера')

  await person.press('📋 Все контейнеры')
  const list = await person.waitForReply()
  expect(list.text).toContain('📋 3 контейнера')
  for (const container of containers) expect(list.text).toContain(`${container} 🛑 Поезд брошен, ВСК`)

  await person.pressData(`v1:alert-stop:${alertId}`, alert)
  expect((await person.waitForReply()).text).toBe('🔕 Больше не сообщаю: 🛑 Поезд брошен.\nПодписка: Слежу')
  const kindsOf = () => db.selectFrom('subscription').select('eventKinds').executeTakeFirstOrThrow()
  expect((await kindsOf()).eventKinds).toEqual(expect.not.arrayContaining(['abandoned']))
  expect((await kindsOf()).eventKinds).toContain('arrived')
  await person.press('🔔 Вернуть')
  expect((await person.waitForReply()).text).toContain('🔔 Снова сообщаю')
  expect((await kindsOf()).eventKinds).toContain('abandoned')

  const other = sandbox.person(boris)
  await other.say('/alerts')
  const settings = await other.waitForReply()
  const press = await other.pressData(`v1:alert-stop:${alertId}`, settings)
  expect(await other.waitForAnswer(press)).toMatchObject({ text: 'Кнопка устарела' })
  await other.pressData(`v1:alert-list:${alertId}`, settings)
  expect((await other.waitForReply()).text).toContain('больше не видно')
})

test('who gets events by the subscription of a colleague can give it up, and not choose the events', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const [person, owner] = [sandbox.person(anna), sandbox.person(boris)]
  await owner.say('/alerts')
  await owner.waitForReply()
  await person.say('/alerts')
  const settings = await person.waitForReply()
  const { alertId } = await anAlert(db)
  await sql`update subscription set person_id = person.id from person where person.telegram_id = ${boris}`.execute(db)
  await sql`insert into subscription_target (subscription_id, person_id, accepted_at)
    select subscription.id, person.id, now() from subscription, person where person.telegram_id = ${anna}`.execute(db)
  await person.pressData(`v1:alert-stop:${alertId}`, settings)
  expect((await person.waitForReply()).text).toContain('по подписке коллеги (Слежу)')
  expect(await db.selectFrom('subscription').select('eventKinds').execute()).toEqual([{ eventKinds: null }])
  await person.press('Больше не присылать')
  expect((await person.waitForReply()).text).toContain('приходить не будут')
  expect(await db.selectFrom('subscriptionTarget').select('id').execute()).toEqual([])
})

test('the list of a message leaves out what its reader does not see any more', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/alerts')
  const settings = await person.waitForReply()
  const { alertId } = await anAlert(db)
  const company = await companies.insert(db, 'Ромашка')
  const rights = { access: 'granted', role: 'viewer', companyId: company!.id } as const
  await db.updateTable('person').set(rights).where('telegramId', '=', anna).execute()
  await person.pressData(`v1:alert-list:${alertId}`, settings)
  expect((await person.waitForReply()).text).toContain('больше не видно')
})

test('who has quiet hours chooses whether alerts wait', async ({ db, redisUrl, queuePrefix }) => {
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix })
  const person = sandbox.person(anna)
  await person.say('/settings')
  await person.waitForReply()
  await db.updateTable('person').set({ quietFrom: '22:00', quietUntil: '08:00' }).execute()
  await person.press('🔔 События')
  expect((await person.waitForReply()).text).toContain('В тихие часы: без звука')
  await person.press('Ждать конца')
  expect((await person.waitForReply()).text).toContain('В тихие часы: жду их конца')
  expect(await db.selectFrom('person').select('holdsAlerts').execute()).toEqual([{ holdsAlerts: true }])
})
