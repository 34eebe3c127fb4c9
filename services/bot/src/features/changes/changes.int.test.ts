import { companies, type Db } from '@atermtrack/data'
import type { EventKind } from '@atermtrack/domain'
import { expect, test, waitUntil } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { aPosition, storePositions } from '../../testing/a-position.ts'
import { anna, startTestBot } from '../../testing/start-test-bot.ts'
import { storeTrain } from '../../testing/store-train.ts'

const now = () => new Date('2025-09-02T12:00:00Z')
const [box, other, third] = ['MSKU6011672', 'CSQU3054383', 'TKRU8864591'] as const

interface Stored {
  readonly container: string
  readonly kind: EventKind
  /** When it became known. */
  readonly at: string
  readonly isNews?: boolean
  readonly isWithdrawn?: boolean
}

async function storeEvents(db: Db, events: readonly Stored[]): Promise<void> {
  for (const [place, { container, kind, at, isNews = true, isWithdrawn = false }] of events.entries()) {
    await sql`
      insert into event (container, kind, identity, happened_at, station_id, detected_at, is_news, withdrawn_at)
      select ${container}, ${kind}, ${String(place)}, ${at}::timestamptz, (select id from station where name = 'ЧИТА I'), ${at}::timestamptz,
        ${isNews}, case when ${isWithdrawn} then now() end`.execute(db)
  }
}

async function subscribe(db: Db, telegramId: number, containers: readonly string[]): Promise<void> {
  const person = await waitUntil(
    () => db.selectFrom('person').select('id').where('telegramId', '=', telegramId).executeTakeFirst(),
    { what: 'the person' },
  )
  const { id } = await db
    .insertInto('subscription')
    .values({
      personId: person.id,
      name: 'Мои',
      slots: ['09:00'],
      zone: 'Asia/Vladivostok',
      nextDueAt: now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const items = containers.map((container, place) => ({ subscriptionId: id, container, place }))
  await db.insertInto('subscriptionItem').values(items).execute()
}

test('what has changed is counted by kind, for oneself, a train and a destination', async ({
  db,
  redisUrl,
  queuePrefix,
}) => {
  await storePositions(db, [
    ...[box, other].map((container) => aPosition({ container })),
    aPosition({ container: third, destination: { name: 'ЧЕМСКОЙ', code: '850000' } }),
  ])
  await storeTrain(db, { code: 'К25-073', entries: [{ container: box }] })
  await storeEvents(db, [
    ...[box, other, third].map((container) => ({ container, kind: 'abandoned' as const, at: '2025-09-02T09:00:00Z' })),
    { container: box, kind: 'departed', at: '2025-09-01T16:00:00Z' },
    { container: box, kind: 'arrived', at: '2025-08-20T16:00:00Z' },
    { container: other, kind: 'missing', at: '2025-09-02T09:00:00Z', isWithdrawn: true },
    { container: other, kind: 'unloaded', at: '2025-09-02T09:00:00Z', isNews: false },
  ])
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('Что изменилось с утра?')
  const all = await person.waitForReply()
  expect(all.text).toContain('Что изменилось с 2 сентября 00:00, по всем контейнерам, которые вам видны')
  expect(all.text).toContain('С изменениями: 3 контейнера')
  expect(all.text).toContain('❗️ Брошены: 3 · Чита I 3')
  expect(all.text).not.toMatch(/Отправились|Пропали|Выгружены|Прибыли/)
  expect(all.text).toContain('Данные на')
  expect(JSON.stringify(all.reply_markup)).toContain(box)

  await person.say('что нового за сутки по К25-073')
  const train = await person.waitForReply({ after: all })
  expect(train.text).toContain('поезд К25-073')
  expect(train.text).toContain(`Брошены: 1 · Чита I (${box})`)
  expect(train.text).toContain('Отправились: 1')

  await person.say('changes since yesterday to Чемской')
  const goal = await person.waitForReply({ after: train })
  expect(goal.text).toContain('назначение Чемской')
  expect(goal.text).toContain(`Брошены: 1 · Чита I (${third})`)

  await subscribe(db, anna, [other])
  await person.say('что изменилось с последнего отчёта')
  const own = await person.waitForReply({ after: goal })
  expect(own.text).toContain('по вашим подпискам')
  expect(own.text).toContain('показываю за сутки')
  expect(own.text).toContain(`Брошены: 1 · Чита I (${other})`)
})

test('people of a company hear of no changes of others', async ({ db, redisUrl, queuePrefix }) => {
  await storePositions(db, [aPosition(), aPosition({ container: other })])
  await storeTrain(db, { code: 'К25-073', entries: [{ container: box, client: 'Альфа' }] })
  await storeEvents(
    db,
    [box, other].map((container) => ({ container, kind: 'abandoned' as const, at: '2025-09-02T09:00:00Z' })),
  )
  const { sandbox } = await startTestBot({ db, redisUrl, queuePrefix, now })
  const person = sandbox.person(anna)
  await person.say('привет')
  const greeting = await person.waitForReply()
  await enterCompany(db, 'Альфа')
  await person.say('что изменилось за сутки')
  const answer = await person.waitForReply({ after: greeting })
  expect(answer.text).toContain('С изменениями: 1 контейнер')
  expect(answer.text).not.toContain(other)
})

async function enterCompany(db: Db, client: string): Promise<void> {
  const { id: companyId } = await db
    .insertInto('company')
    .values({ name: client })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db.transaction().execute(async (tx) => companies.addClient(tx, companyId, { inn: null, name: client }))
  await db.updateTable('person').set({ role: 'viewer', companyId }).where('telegramId', '=', anna).execute()
}
