import { describe, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as telegramGate from './telegram-gate.ts'

const answer = { isProbe: false }
const probe = { isProbe: true }
const neverClear = { waitMs: 30_000, clearAgoMs: Infinity }

describe('429', () => {
  test('of three chats within ten seconds closes the gate, and it opens by itself', async ({ db }) => {
    const refuse = (chatId: number) => telegramGate.recordRefusal(db, { chatId, ...neverClear })
    expect([await refuse(1), await refuse(1), await refuse(2)]).toEqual([false, false, false])
    await sql`update chat_pace set refused_at = now() - interval '11 s' where chat_id = 1`.execute(db)
    expect([await refuse(3), await refuse(4)]).toEqual([false, true])
    expect(await telegramGate.pass(db)).toMatchObject({ kind: 'closed' })
    await elapse(db)
    expect(await telegramGate.pass(db)).toEqual({ kind: 'open' })
  })

  test('before the last clear answer does not count', async ({ db }) => {
    for (const chatId of [1, 2]) await telegramGate.recordRefusal(db, { chatId, ...neverClear })
    expect(await telegramGate.recordRefusal(db, { chatId: 3, waitMs: 30_000, clearAgoMs: 0 })).toBe(false)
  })

  test('of any length stops all for five minutes at most', async ({ db }) => {
    await telegramGate.close(db, { reason: 'refused', ms: 1e12 })
    const passage = await telegramGate.pass(db)
    expect(passage.kind === 'closed' && passage.restMs).toBeLessThanOrEqual(telegramGate.longestPauseMs)
  })
})

describe('calls without a clear answer', () => {
  test('close the gate when there are three in a row', async ({ db }) => {
    await telegramGate.recordUnclear(db, answer)
    expect(await telegramGate.isTroubled(db)).toBe(true)
    expect(await telegramGate.recordClear(db)).toBeUndefined()
    expect([await telegramGate.recordUnclear(db, answer), await telegramGate.recordUnclear(db, answer)]).toEqual([
      false,
      false,
    ])
    expect(await telegramGate.recordUnclear(db, answer)).toBe(true)
    expect(await telegramGate.pass(db)).toMatchObject({ kind: 'closed' })
  })

  test('let one probe through after the pause, and a failed one makes the next pause longer', async ({ db }) => {
    const rests: number[] = []
    for (const _ of [1, 2, 3]) await telegramGate.recordUnclear(db, answer)
    for (let n = 0; n < 6; n += 1) {
      const closed = await telegramGate.pass(db)
      if (closed.kind === 'closed') rests.push(Math.round(closed.restMs / 1_000))
      await elapse(db)
      expect(await telegramGate.pass(db)).toEqual({ kind: 'probe' })
      expect(await telegramGate.pass(db)).toEqual({ kind: 'closed', restMs: 500 })
      await telegramGate.recordUnclear(db, probe)
    }
    expect(rests).toEqual([5, 10, 20, 40, 60, 60])
  })

  test('of a probe whose sender died let another one through', async ({ db }) => {
    for (const _ of [1, 2, 3]) await telegramGate.recordUnclear(db, answer)
    await elapse(db)
    await telegramGate.pass(db)
    await sql`update telegram_gate set probing_until = now()`.execute(db)
    expect(await telegramGate.pass(db)).toEqual({ kind: 'probe' })
  })

  test('are over with the first clear one, which reports it once', async ({ db }) => {
    for (const _ of [1, 2, 3]) await telegramGate.recordUnclear(db, answer)
    expect(await telegramGate.recordClear(db)).toEqual({ reason: 'unclear', since: expect.any(Date) })
    expect(await telegramGate.recordClear(db)).toBeUndefined()
    expect(await telegramGate.isTroubled(db)).toBe(false)
    expect(await telegramGate.pass(db)).toEqual({ kind: 'open' })
  })
})

test('a line that comes and goes is reported once in ten minutes', async ({ db }) => {
  const pauseAndGoOn = async () => {
    for (const _ of [1, 2, 3]) await telegramGate.recordUnclear(db, answer)
    return (await telegramGate.recordClear(db)) !== undefined
  }
  expect([await pauseAndGoOn(), await pauseAndGoOn()]).toEqual([true, false])
  await sql`update telegram_gate set announced_at = now() - interval '11 min'`.execute(db)
  expect(await pauseAndGoOn()).toBe(true)
})

test('a pause is reported once, also when it is prolonged', async ({ db }) => {
  await telegramGate.close(db, { reason: 'refused', ms: 60_000 })
  expect(await telegramGate.claimUnreported(db, { seconds: 60 })).toBeUndefined()
  await sql`update telegram_gate set closed_at = now() - interval '61 s'`.execute(db)
  expect(await telegramGate.claimUnreported(db, { seconds: 60 })).toEqual({
    reason: 'refused',
    since: expect.any(Date),
  })
  expect(await telegramGate.claimUnreported(db, { seconds: 60 })).toBeUndefined()
  await telegramGate.close(db, { reason: 'refused', ms: 120_000 })
  expect(await telegramGate.claimUnreported(db, { seconds: 60 })).toBeUndefined()
  await sql`update telegram_gate set closed_at = now() - interval '1 day', closed_until = now() - interval '1 h'`.execute(
    db,
  )
  await telegramGate.close(db, { reason: 'refused', ms: 120_000 })
  await sql`update telegram_gate set closed_at = now() - interval '61 s'`.execute(db)
  expect(await telegramGate.claimUnreported(db, { seconds: 60 })).toBeDefined()
})

/** The pause of now is over. */
async function elapse(db: Db): Promise<void> {
  await sql`update telegram_gate set closed_until = now() - interval '1 ms'`.execute(db)
}
