import { createHash } from 'node:crypto'
import { alertCorrections, companies, type Db, trainCorrections, trainRosters, workbooks } from '@atermtrack/data'
import type { RosterEntry } from '@atermtrack/domain'
import { sendEmail, sendTelegram } from '@atermtrack/queue'
import { describe, expect, openPolicy, readLedger, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import {
  alertDependencies,
  aDueImport,
  anEvent,
  aReader,
  deliverAll,
  first,
  raise,
  second,
  tellAfter,
  third,
} from '../../test/seed-events.ts'
import { aJobContext, aMomentAgo, aPosition, aProvedAddress, aSubscription } from '../../test/seed.ts'
import { createRaiseAlerts } from './raise-alerts.ts'

const far = new Date('2040-01-01T00:00:00Z')

const textsOf = async (db: Db) => (await readLedger(db)).map(({ text }) => text)

describe('an event', () => {
  test('is reported once to each reader with what it means, whatever is repeated', async ({ db }) => {
    const { id: personId, telegramId } = await aReader(db)
    await aSubscription(db, { personId, slots: ['09:00'], nextDueAt: far, containers: [first] })
    await aPosition(db, { container: first, kmLeft: 1_250 })
    await anEvent(db, { container: first, happenedAt: new Date('2026-06-12T05:00:00Z') })
    const { dependencies, recorder } = alertDependencies(db)
    const workbookId = await aDueImport(db)
    for (let n = 0; n < 2; n += 1) {
      await createRaiseAlerts(dependencies)({ workbookId }, aJobContext())
      await sql`update event set routed_at = null`.execute(db)
      await sql`update workbook set alerts_due_at = now()`.execute(db)
    }
    await tellAfter(db, 600)
    const rows = await readLedger(db)
    expect(rows).toMatchObject([{ chatId: telegramId, kind: 'alert', status: 'pending' }])
    expect(rows[0]?.text.split('\n')).toEqual([
      `<b>🛑 Поезд брошен: <code>${first}</code></b>`,
      '📍 Могоча, поезд 9822+123+1811',
      '🕒 12 июня 08:00 МСК',
      expect.stringMatching(/^🎯 Селятино: прибытие ожидается \d{1,2} \p{L}+$/u),
    ])
    expect(recorder.take(sendTelegram)).toEqual([{ deliveryId: rows[0]?.id }])
  })

  test('of many containers of a train is one message, which is edited as more report it', async ({ db }) => {
    await aReader(db)
    await anEvent(db, { container: first })
    await anEvent(db, { container: second })
    await raise(db)
    expect(await textsOf(db)).toEqual([expect.stringContaining('🛑 Поезд брошен: 2 контейнера')])
    await anEvent(db, { container: third })
    await raise(db)
    // It has not left, so that it says all three at once.
    expect(await textsOf(db)).toEqual([expect.stringContaining('🛑 Поезд брошен: 3 контейнера')])
    await deliverAll(db)
    await anEvent(db, { container: second, trainIndex: '9822+124+1811' })
    await anEvent(db, { container: first, station: 'КАРЫМСКАЯ' })
    await raise(db)
    expect(await textsOf(db)).toHaveLength(3)
    await sql`update alert set open_until = now()`.execute(db)
    await anEvent(db, { container: second })
    await raise(db)
    expect(await textsOf(db)).toHaveLength(4)
  })

  test('that is no news, or that nobody wants, is not reported', async ({ db }) => {
    const { subscriptionId } = await aReader(db)
    await anEvent(db, { container: first, isNews: false })
    await anEvent(db, { container: first, kind: 'departed' })
    await anEvent(db, { container: 'TKRU9999990' })
    await raise(db)
    await db.updateTable('subscription').set({ pausedAt: new Date() }).where('id', '=', subscriptionId).execute()
    await anEvent(db, { container: first })
    await raise(db)
    await tellAfter(db, 600)
    expect(await textsOf(db)).toEqual([])
  })

  test('waits for a moment unless it is urgent, and is not reported when it is withdrawn or reversed meanwhile', async ({
    db,
  }) => {
    await aReader(db)
    const { id } = await anEvent(db, { container: first, kind: 'arrived' })
    await anEvent(db, { container: second, kind: 'missing' })
    await raise(db)
    await sql`update event set withdrawn_at = now() where id = ${id}`.execute(db)
    await anEvent(db, { container: second, kind: 'returned', happenedAt: new Date() })
    await raise(db)
    await tellAfter(db, 5)
    await tellAfter(db, 5)
    expect(await textsOf(db)).toEqual([])
    await sql`update event set withdrawn_at = null where id = ${id}`.execute(db)
    await raise(db)
    expect(await textsOf(db)).toEqual([expect.stringContaining('🏁 Прибытие на станцию назначения')])
  })

  test('that was reported and is withdrawn corrects its message, and nothing else', async ({ db }) => {
    await aReader(db)
    await anEvent(db, { container: first })
    const { id } = await anEvent(db, { container: second })
    await anEvent(db, { container: third, station: 'КАРЫМСКАЯ' })
    await raise(db)
    await deliverAll(db)
    await sql`update event set withdrawn_at = now() where id = ${id}`.execute(db)
    await raise(db)
    await raise(db)
    const rows = await db.selectFrom('delivery').select(['noticePeriod', 'status']).orderBy('id').execute()
    expect(rows.map(({ status }) => status)).toEqual(['sent', 'sent', 'pending'])
    expect(rows[2]?.noticePeriod).toBe(rows[0]?.noticePeriod)
    const [, , edit] = await textsOf(db)
    expect(edit).toContain(`🛑 Поезд брошен: <code>${first}</code>`)
    expect(edit).toContain(`✏️ Исправлено, этого не было: <code>${second}</code>`)
    await deliverAll(db)
    await sql`update event set withdrawn_at = now() where container = ${first}`.execute(db)
    await raise(db)
    expect((await textsOf(db)).at(-1)).toContain('✏️ <b>Исправление.</b> 🛑 Поезд брошен: этого не было')
  })

  test('whose train becomes known better renews its message', async ({ db }) => {
    await aReader(db)
    const { id } = await anEvent(db, { container: first })
    await anEvent(db, { container: second })
    await raise(db)
    await deliverAll(db)
    await sql`update event set train_number = '2051', train_index = '9400+007+1811' where id = ${id}`.execute(db)
    await alertCorrections.renewMessages(db, [id])
    await tellAfter(db, 0)
    const [, edit, ...more] = await textsOf(db)
    expect(more).toEqual([])
    expect(edit).toContain('🛑 Поезд брошен: 2 контейнера')
    expect(edit).toMatch(/📍 Могоча, поезд [^\n]*9822\+123\+1811/)
    expect(edit).toMatch(/📍 Могоча, поезд [^\n]*2051 \(9400\+007\+1811\)/)
    expect(edit).toContain(first)
    expect(edit).toContain(second)
  })

  test('of a train of the terminal that gets another code has a button to it again', async ({ db }) => {
    await aReader(db)
    await aRoster(db, 'К25-073')
    await aPosition(db, { container: first })
    await anEvent(db, { container: first })
    await raise(db)
    await deliverAll(db)
    const trainButtons = async () =>
      (await readLedger(db)).map(({ markup }) => /train-open:[\d-]+/.exec(JSON.stringify(markup))?.[0])
    expect(await trainButtons()).toEqual(['train-open:25-073'])
    await db.transaction().execute(async (tx) => {
      const train = await trainCorrections.claim(tx, 'К25-073')
      expect(await trainCorrections.rename(tx, train!, 'К25-074')).toBe(true)
    })
    await tellAfter(db, 0)
    expect(await trainButtons()).toEqual(['train-open:25-073', 'train-open:25-074'])
  })

  test('that is withdrawn before its message has left is not sent', async ({ db }) => {
    await aReader(db)
    await anEvent(db, { container: first })
    await raise(db)
    await sql`update event set withdrawn_at = now()`.execute(db)
    await raise(db)
    expect(await readLedger(db)).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('rights count', () => {
  test('when an event is routed and when it is reported', async ({ db }) => {
    const company = await companies.insert(db, 'Ромашка')
    const reader = await aReader(db)
    await db.updateTable('person').set({ role: 'viewer', companyId: company!.id }).where('id', '=', reader.id).execute()
    await anEvent(db, { container: first, kind: 'arrived' })
    await raise(db)
    expect(await db.selectFrom('alertEvent').select('eventId').execute()).toEqual([])
    await sql`update event set routed_at = null`.execute(db)
    await db.updateTable('person').set({ companyId: null }).where('id', '=', reader.id).execute()
    await raise(db)
    await db.updateTable('person').set({ companyId: company!.id }).where('id', '=', reader.id).execute()
    await tellAfter(db, 5)
    expect(await db.selectFrom('alertEvent').select('status').execute()).toEqual([{ status: 'dropped' }])
    expect(await textsOf(db)).toEqual([])
  })

  test('of who has none: nothing is said', async ({ db }) => {
    const { id } = await aReader(db)
    await db.updateTable('person').set({ access: 'denied' }).where('id', '=', id).execute()
    await anEvent(db, { container: first })
    await raise(db, { policy: { ...openPolicy, mode: 'approval' } })
    expect(await textsOf(db)).toEqual([])
  })
})

describe('a digest', () => {
  test('comes once at its time, without what was over by then; the urgent does not wait for it', async ({ db }) => {
    const { subscriptionId } = await aReader(db)
    await db
      .updateTable('subscription')
      .set({ eventTiming: 'digest', digestSlots: ['09:00'] })
      .where('id', '=', subscriptionId)
      .execute()
    await anEvent(db, { container: first, kind: 'arrived' })
    await anEvent(db, { container: second, kind: 'arrived', station: 'СЕЛЯТИНО' })
    await anEvent(db, { container: third, kind: 'abandoned' })
    await raise(db)
    expect(await textsOf(db)).toEqual([expect.stringContaining('Поезд брошен')])
    await tellAfter(db, 24 * 60)
    await tellAfter(db, 24 * 60)
    const texts = await textsOf(db)
    expect(texts).toHaveLength(2)
    expect(texts[1]).toContain('🔔 <b>События: Новосибирск</b>')
    for (const container of [first, second]) expect(texts[1]).toContain(container)
  })
})

describe('in the quiet hours', () => {
  const always = { quietFrom: aMomentAgo({ minutes: 300 }).slot, quietUntil: aMomentAgo({ minutes: -300 }).slot }

  test('alerts of who wants that wait, and come as one message', async ({ db }) => {
    const { id } = await aReader(db)
    await db
      .updateTable('person')
      .set({ ...always, holdsAlerts: true })
      .where('id', '=', id)
      .execute()
    await anEvent(db, { container: first })
    await anEvent(db, { container: second, station: 'КАРЫМСКАЯ' })
    await raise(db)
    expect(await textsOf(db)).toEqual([])
    await tellAfter(db, 24 * 60)
    expect(await textsOf(db)).toEqual([
      expect.stringMatching(/^🌅 <b>События за тихие часы<\/b>[^]*(Могоча|Карымская)/),
    ])
  })

  test('alerts of the others come', async ({ db }) => {
    const { id } = await aReader(db)
    await db.updateTable('person').set(always).where('id', '=', id).execute()
    await anEvent(db, { container: first })
    await raise(db)
    expect(await textsOf(db)).toHaveLength(1)
  })
})

describe('to somebody whom Telegram does not reach', () => {
  test('only the urgent goes, by e-mail, and once', async ({ db }) => {
    const { id } = await aReader(db, { unreachable: true })
    await aProvedAddress(db, id, 'anna@example.test')
    await anEvent(db, { container: first })
    await anEvent(db, { container: second, kind: 'arrived' })
    await raise(db)
    await tellAfter(db, 5)
    expect(await readLedger(db)).toMatchObject([
      {
        channel: 'email',
        kind: 'alert',
        subject: '🛑 Поезд брошен: 1 контейнер',
        text: expect.stringContaining(first),
      },
    ])
  })

  test('as it turns out when the message is sent, e-mail takes over', async ({ db }) => {
    const { id } = await aReader(db)
    await aProvedAddress(db, id, 'anna@example.test')
    await anEvent(db, { container: first })
    await raise(db)
    await sql`update delivery set status = 'blocked'`.execute(db)
    await sql`update person set unreachable_since = now()`.execute(db)
    const { dependencies, recorder } = alertDependencies(db)
    await createRaiseAlerts(dependencies)({ workbookId: await aDueImport(db) }, aJobContext())
    await tellAfter(db, 5)
    expect((await readLedger(db)).map(({ channel }) => channel)).toEqual(['telegram', 'email'])
    expect(recorder.take(sendEmail)).toHaveLength(1)
  })
})

async function aRoster(db: Db, trainCode: string): Promise<void> {
  const sentAt = new Date(Date.now() - 86_400_000)
  const content = Buffer.from(trainCode)
  const sha256 = createHash('sha256').update(content).digest()
  const workbookId = await workbooks.insert(db, {
    origin: 'mail',
    fileName: 'list.xlsx',
    content,
    sha256,
    receivedAt: sentAt,
  })
  await workbooks.finish(db, workbookId!, { status: 'imported', kind: 'train_roster', stamp: sentAt })
  const entries = [{ container: first, rowNumber: 2 }] as unknown as readonly RosterEntry[]
  await db
    .transaction()
    .execute((tx) =>
      trainRosters.insert(tx, { workbookId: workbookId!, trainCode, destination: 'Селятино', sentAt, entries }),
    )
}
