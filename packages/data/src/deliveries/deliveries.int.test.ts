import { sql } from 'kysely'
import { describe, expect, openPolicy, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as pendingRows from '../housekeeping/pending-rows.ts'
import * as deliveries from './deliveries.ts'
import * as reportBatches from '../reports/report-batches.ts'
import * as reports from '../reports/reports.ts'
import * as telegramGate from './telegram-gate.ts'

const me = { holder: 'me', policy: openPolicy }
const other = { holder: 'other', policy: openPolicy }

describe('claim', () => {
  test('gives a delivery to one of many who ask at once', async ({ db }) => {
    const { id } = await aMessage(db)
    const claims = await Promise.all(
      [1, 2, 3, 4].map(async (n) => deliveries.claim(db, id, { ...me, holder: `holder ${n}` })),
    )
    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1)
    expect(new Set(claims.map(({ kind }) => kind))).toEqual(new Set(['claimed', 'in_flight']))
  })

  test('gives what is to be sent', async ({ db }) => {
    const markup = { inline_keyboard: [[{ text: 'Показать', callback_data: 'v1:x' }]] }
    const { id } = await deliveries.insertMessage(db, { kind: 'alert', chatId: 7, text: '<b>тихо</b>', markup })
    expect(await deliveries.claim(db, id, me)).toMatchObject({
      kind: 'claimed',
      delivery: { id, kind: 'alert', chatId: 7, text: '<b>тихо</b>', markup, attempts: 1 },
    })
  })

  test('leaves a delivery alone while its sender may still be at it', async ({ db }) => {
    const { id } = await aMessage(db)
    await deliveries.claim(db, id, me)
    const claim = await deliveries.claim(db, id, other)
    expect(claim.kind).toBe('in_flight')
    expect(await statusOf(db, id)).toBe('sending')
  })

  test('calls a delivery unknown when its sender has been silent for longer than a call lasts', async ({ db }) => {
    const { id } = await aMessage(db, 7, 'answer')
    await deliveries.claim(db, id, me)
    await age(db, id, 31)
    expect(await deliveries.claim(db, id, other)).toEqual({ kind: 'done', status: 'unknown' })
    expect(await statusOf(db, id)).toBe('unknown')
  })

  test('waits longer for an upload', async ({ db }) => {
    const [row] = await aReportDelivery(db)
    await deliveries.claim(db, row!.id, me)
    await age(db, row!.id, 31)
    expect(await deliveries.claim(db, row!.id, other)).toMatchObject({ kind: 'in_flight' })
  })

  test('lets nothing leave when another process closed the gate meanwhile', async ({ db }) => {
    const { id } = await aMessage(db)
    const turn = () => telegramGate.close(db, { reason: 'refused', ms: 60_000 })
    expect(await deliveries.claim(db, id, { ...me, turn })).toEqual({ kind: 'paused', pauseMs: expect.any(Number) })
    expect(await statusOf(db, id)).toBe('pending')
    await telegramGate.close(db, { reason: 'refused', ms: 0 })
    expect(await deliveries.claim(db, id, me)).toMatchObject({ kind: 'paused' })
    await sql`update telegram_gate set closed_until = now()`.execute(db)
    expect(await deliveries.claim(db, id, me)).toMatchObject({ kind: 'claimed', delivery: { attempts: 1 } })
  })

  test('is over once the delivery has left', async ({ db }) => {
    const { id } = await aMessage(db)
    await deliveries.claim(db, id, me)
    await deliveries.recordOutcome(db, id, { status: 'sent', messageId: 5 }, me)
    expect(await deliveries.claim(db, id, other)).toEqual({ kind: 'done', status: 'sent' })
  })
})

describe('the pace of a chat', () => {
  test('is one second apart in a private chat, three in a group, and never reserved twice', async ({ db }) => {
    for (const [chatId, seconds] of [
      [7, 1],
      [-100, 3],
    ] as const) {
      const ids = [await aMessage(db, chatId), await aMessage(db, chatId), await aMessage(db, chatId)].map(
        ({ id }) => id,
      )
      for (const id of [...ids, ...ids]) await deliveries.claim(db, id, me)
      const rows = await db.selectFrom('delivery').select('notBefore').where('id', 'in', ids).orderBy('id').execute()
      const times = rows.map(({ notBefore }) => notBefore!.getTime())
      expect(times[1]! - times[0]!).toBeCloseTo(seconds * 1_000, -2)
      expect(times[2]! - times[1]!).toBeCloseTo(seconds * 1_000, -2)
    }
  })

  test('has different slots for those who ask at once', async ({ db }) => {
    const ids: number[] = []
    for (let n = 0; n < 5; n += 1) ids.push((await aMessage(db)).id)
    const claims = await Promise.all(ids.map(async (id) => deliveries.claim(db, id, me)))
    expect(claims.filter(({ kind }) => kind === 'claimed')).toHaveLength(1)
    const rows = await db.selectFrom('delivery').select('notBefore').distinct().where('id', 'in', ids).execute()
    expect(rows).toHaveLength(5)
  })

  test('stands still for as long as Telegram says, without counting an attempt', async ({ db }) => {
    const first = await aMessage(db)
    const second = await aMessage(db)
    await deliveries.claim(db, first.id, me)
    await deliveries.recordOutcome(db, first.id, { status: 'postponed', afterMs: 30_000 }, me)
    expect(await deliveries.claim(db, first.id, me)).toMatchObject({ kind: 'not_before' })
    const claim = await deliveries.claim(db, second.id, me)
    expect(claim.kind === 'not_before' && claim.delayMs).toBeGreaterThan(30_000)
    const row = await db
      .selectFrom('delivery')
      .select(['status', 'attempts'])
      .where('id', '=', first.id)
      .executeTakeFirst()
    expect(row).toEqual({ status: 'retry', attempts: 0 })
  })
})

describe('recordOutcome', () => {
  test('corrects an unknown delivery, since who made the call knows best', async ({ db }) => {
    const { id } = await aMessage(db, 7, 'answer')
    await deliveries.claim(db, id, me)
    await age(db, id, 300)
    expect(await deliveries.markStaleSendingUnknown(db, { seconds: 120 })).toEqual([id])
    expect(await deliveries.recordOutcome(db, id, { status: 'sent', messageId: 9 }, me)).toBe(true)
    expect(await statusOf(db, id)).toBe('sent')
  })

  test('has no say once the delivery was given back', async ({ db }) => {
    const { id } = await aMessage(db, 7, 'answer')
    await deliveries.claim(db, id, me)
    await deliveries.recordOutcome(db, id, { status: 'unknown', error: 'reset' }, me)
    expect(await deliveries.resend(db, id)).toEqual({ id, channel: 'telegram', kind: 'answer' })
    expect(await deliveries.resend(db, id)).toBeUndefined()
    expect(await deliveries.recordOutcome(db, id, { status: 'failed', error: 'late' }, me)).toBe(false)
    expect(await statusOf(db, id)).toBe('pending')
  })

  test('keeps what Telegram calls the file, and the next claim has no bytes', async ({ db }) => {
    const [row] = await aReportDelivery(db)
    const claim = await deliveries.claim(db, row!.id, me)
    expect(claim).toMatchObject({ delivery: { document: { fileName: 'a.xlsx', file: { size: 5 } } } })
    await deliveries.recordOutcome(db, row!.id, { status: 'unknown', error: 'cut' }, me)
    await deliveries.recordOutcome(db, row!.id, { status: 'sent', messageId: 1, telegramFileId: 'file-1' }, me)
    await sql`update delivery set status = 'pending'`.execute(db)
    const again = await deliveries.claim(db, row!.id, me)
    expect(again).toMatchObject({ delivery: { document: { file: undefined, telegramFileId: 'file-1' } } })
  })

  test('erases a code that was sent', async ({ db }) => {
    const personId = await aPerson(db)
    const { id: emailAddressId } = await db
      .insertInto('emailAddress')
      .values({ personId, address: 'a@example.org' })
      .returning('id')
      .executeTakeFirstOrThrow()
    const email = { kind: 'code', emailAddressId, personId, subject: 'Код', text: '123456' } as const
    const { id } = await deliveries.insertEmail(db, email)
    expect(await deliveries.claim(db, id, me)).toMatchObject({
      delivery: { emailAddress: 'a@example.org', text: '123456' },
    })
    await deliveries.recordOutcome(db, id, { status: 'sent' }, me)
    expect(await db.selectFrom('delivery').select('text').where('id', '=', id).executeTakeFirst()).toEqual({
      text: null,
    })
  })
})

test('a failed job ends a delivery that waits, but never one that is being sent', async ({ db }) => {
  const waiting = await aMessage(db)
  const sending = await aMessage(db, 8)
  await deliveries.claim(db, sending.id, me)
  expect(await deliveries.failAbandoned(db, waiting.id, 'no database')).toBe(true)
  expect(await deliveries.failAbandoned(db, sending.id, 'no database')).toBe(false)
  expect(await statusOf(db, sending.id)).toBe('sending')
})

test('a report leaves once per channel, whatever the number of builds', async ({ db }) => {
  const first = await aReportDelivery(db)
  expect(first).toEqual([{ id: expect.any(Number), channel: 'telegram', kind: 'report' }])
  const { reportId, personId } = await db
    .selectFrom('delivery')
    .select(['reportId', 'personId'])
    .executeTakeFirstOrThrow()
  const report = { reportId: reportId!, kind: 'report', personId: personId!, chatId: 7, text: 'other' } as const
  expect(await deliveries.insertForReport(db, report)).toEqual(first)
})

test('forgotten deliveries are found once per round, those whose time has not come never', async ({ db }) => {
  const forgotten = await aMessage(db)
  const waiting = await aMessage(db, 8)
  await aMessage(db, 9)
  await sql`update delivery set enqueued_at = now() - interval '2 min' where chat_id <> 9`.execute(db)
  await sql`update delivery set not_before = now() + interval '1 h' where id = ${waiting.id}`.execute(db)
  const round = { seconds: 60, limit: 10 }
  expect(await pendingRows.claim(db, 'send-telegram', round)).toEqual([
    { id: forgotten.id, kind: 'alert', trace: null },
  ])
  expect(await pendingRows.claim(db, 'send-telegram', round)).toEqual([])
})

test('unknown and failed deliveries are listed with what they were and for whom', async ({ db }) => {
  const [row] = await aReportDelivery(db)
  await deliveries.claim(db, row!.id, me)
  await deliveries.recordOutcome(db, row!.id, { status: 'unknown', error: 'cut' }, me)
  const failed = await aMessage(db, 8, 'answer')
  await deliveries.claim(db, failed.id, me)
  await deliveries.recordOutcome(db, failed.id, { status: 'failed', error: 'too long' }, me)
  expect(await deliveries.countUnresolved(db)).toEqual({ unknown: 1, failed: 1 })
  const report = { status: 'unknown', kind: 'report', name: 'Анна', what: 'a.xlsx', broadcastId: undefined }
  expect(await deliveries.listUnresolved(db, { limit: 5 })).toEqual([
    expect.objectContaining({ id: failed.id, status: 'failed', chatId: 8, what: 'x' }),
    expect.objectContaining({ id: row!.id, ...report }),
  ])
  await sql`update delivery set finished_at = now() - interval '8 days'`.execute(db)
  expect(await deliveries.countUnresolved(db)).toEqual({ unknown: 1, failed: 0 })
})

describe('an alert that may or may not have arrived', () => {
  test('is repeated, some times', async ({ db }) => {
    const { id } = await aMessage(db)
    const outcomes: unknown[] = []
    for (let n = 0; n < 6; n += 1) {
      await sql`update delivery set not_before = now() where id = ${id}`.execute(db)
      const claim = await deliveries.claim(db, id, me)
      outcomes.push(claim.kind === 'claimed' && claim.delivery.isRepeat)
      await deliveries.recordOutcome(db, id, { status: 'unknown', error: 'cut' }, me)
    }
    expect(outcomes).toEqual([false, true, true, true, true, true])
    expect(await statusOf(db, id)).toBe('unknown')
  })

  test('is repeated also when its sender has died', async ({ db }) => {
    const { id } = await aMessage(db)
    await deliveries.claim(db, id, me)
    await age(db, id, 31)
    expect(await deliveries.claim(db, id, other)).toMatchObject({ kind: 'not_before' })
    expect(await statusOf(db, id)).toBe('retry')
    await sql`update delivery set not_before = now() where id = ${id}`.execute(db)
    expect(await deliveries.claim(db, id, other)).toMatchObject({ kind: 'claimed', delivery: { isRepeat: true } })
    await age(db, id, 300)
    expect(await deliveries.markStaleSendingUnknown(db, { seconds: 120 })).toEqual([])
    expect(await statusOf(db, id)).toBe('retry')
  })
})

async function aMessage(db: Db, chatId = 7, kind: 'alert' | 'answer' = 'alert'): Promise<{ readonly id: number }> {
  return deliveries.insertMessage(db, { kind, chatId, text: 'x' })
}

async function aPerson(db: Db): Promise<number> {
  const person = { telegramId: 7, firstName: 'Анна' }
  return (await db.insertInto('person').values(person).returning('id').executeTakeFirstOrThrow()).id
}

async function aReportDelivery(db: Db) {
  const personId = await aPerson(db)
  const { id } = await reports.insertLookup(db, { personId, chatId: 7, containers: ['CSQU3054383'], updateId: 1 })
  const file = {
    fileName: 'a.xlsx',
    content: Buffer.from('bytes'),
    rowCount: 1,
    missing: [],
    asOf: undefined,
    builtFor: 'all',
  }
  await reportBatches.finish(db, [{ ...file, id }])
  return deliveries.insertForReport(db, { reportId: id, kind: 'report', personId, chatId: 7, text: 'caption' })
}

async function age(db: Db, id: number, seconds: number): Promise<void> {
  await sql`update delivery set sending_at = now() - make_interval(secs => ${seconds}) where id = ${id}`.execute(db)
}

async function statusOf(db: Db, id: number): Promise<string | undefined> {
  return (await db.selectFrom('delivery').select('status').where('id', '=', id).executeTakeFirst())?.status
}
