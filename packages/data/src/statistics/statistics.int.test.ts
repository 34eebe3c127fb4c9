import { expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as notUnderstood from './not-understood.ts'
import { countDays, readStatistics } from './statistics.ts'

const zone = 'Asia/Vladivostok'
const { signal } = new AbortController()
/** Noon of a day in the zone, so many days ago. */
const noon = (ago: number) =>
  sql<Date>`(((now() at time zone ${zone})::date - ${ago}::integer + time '12:00') at time zone ${zone})`

/** Two people, the first of whom asks every day. */
async function seed(db: Db, days: number): Promise<void> {
  await sql`insert into person (telegram_id, first_name, created_at) values (7, 'Анна', ${noon(days - 1)}), (8, 'Борис', ${noon(1)})`.execute(
    db,
  )
  for (let ago = 0; ago < days; ago += 1) {
    await sql`insert into lookup (person_id, containers, found, created_at) values (1, '{CSQU3054383}', 1, ${noon(ago)})`.execute(
      db,
    )
    await sql`insert into telegram_update (update_id, chat_id, payload, received_at, done_at, outcome)
      values (${ago + 100}, 7, '{}', ${noon(ago)}, now(), 'handled')`.execute(db)
  }
  await sql`insert into telegram_update (update_id, chat_id, payload, received_at, done_at, outcome)
    values (1, -5, '{"message": {"from": {"id": 8}}}', ${noon(1)}, now(), 'failed')`.execute(db)
  await sql`insert into lookup (person_id, containers, found, created_at)
    values (2, '{MSKU6011672,CSQU3054383}', 1, ${noon(1)})`.execute(db)
  await sql`insert into delivery (channel, kind, chat_id, text, status, created_at, finished_at)
    select 'telegram', 'answer', 7, 'x', status::delivery_status, ${noon(1)}, ${noon(1)}
    from unnest(array['sent', 'sent', 'failed']) as status`.execute(db)
}

async function weekOf(db: Db) {
  const { byDay, days, ...found } = await readStatistics(db, { days: 7, zone })
  return { ...found, lookupsByDay: days.map((day) => byDay.get(day)?.['lookups'] ?? 0) }
}

test('days that are counted say the same as rows, and go on saying it when the rows are gone', async ({ db }) => {
  await seed(db, 3)
  await notUnderstood.insert(db, { personId: 1, updateId: 5, text: 'Абракадабра' })
  await notUnderstood.insert(db, { personId: 1, updateId: 5, text: 'Абракадабра' })
  await notUnderstood.insert(db, { personId: 2, updateId: 6, text: 'абракадабра' })
  const expected = {
    activePeople: 2,
    lookupsByDay: [0, 0, 0, 0, 1, 2, 1],
    topContainers: [
      { container: 'CSQU3054383', amount: 4 },
      { container: 'MSKU6011672', amount: 1 },
    ],
    topNotUnderstood: [{ text: expect.stringMatching(/^абракадабра$/i), amount: 2 }],
    topRefusals: [],
    totals: {
      lookups: 4,
      people_new: 2,
      people_active: 4,
      not_understood: 2,
      updates_failed: 1,
      send_sent: 2,
      send_failed: 1,
    },
    forecastErrorMinutes: undefined,
  }
  expect(await weekOf(db)).toEqual(expected)
  expect(await countDays(db, { zone, signal })).toBe(62)
  expect(await countDays(db, { zone, signal })).toBe(0)
  expect(await weekOf(db)).toEqual(expected)
  await sql`delete from lookup where created_at < ${noon(0)} - interval '6 hours'`.execute(db)
  await sql`delete from delivery`.execute(db)
  expect(await weekOf(db)).toEqual(expected)
})

test('says why messages did not arrive: refusals that differ in an address or an id are one reason, old ones are none', async ({
  db,
}) => {
  const blocked = 'Forbidden: bot was blocked by the user'
  const rows = [
    ['telegram', 'blocked', blocked, 0],
    ['telegram', 'blocked', blocked, 6],
    ['telegram', 'blocked', blocked, 7],
    ['email', 'failed', '550 5.1.1 <anna@example.com>: no such user (4XyZ19abc)', 0],
    ['email', 'failed', '550 5.1.1 <boris@example.com>:  no such user (7QwE20def)', 1],
    ['email', 'failed', '550 5.1.1 <vera@example.com>: no such user (9RtY31ghi)', 2],
    ['email', 'failed', blocked, 0],
    ['telegram', 'failed', `Bad Request: ${'x'.repeat(500)}`, 3],
    ['telegram', 'unknown', 'connection lost', 0],
    ['telegram', 'retry', 'Too Many Requests', 0],
  ] as const
  for (const [channel, status, error, ago] of rows) {
    await sql`insert into delivery (channel, kind, chat_id, address, text, status, error, created_at, finished_at)
      values (${channel}::delivery_channel, 'report', ${channel === 'email' ? null : 7}, ${channel === 'email' ? 'x@example.com' : ''}, 'x', ${status}::delivery_status, ${error}, ${noon(ago)}, ${noon(ago)})`.execute(
      db,
    )
  }
  expect((await weekOf(db)).topRefusals).toEqual([
    { channel: 'email', reason: '550 5.1.1 … no such user (…)', amount: 3 },
    { channel: 'telegram', reason: blocked, amount: 2 },
    { channel: 'email', reason: blocked, amount: 1 },
    { channel: 'telegram', reason: `Bad Request: ${'x'.repeat(107)}`, amount: 1 },
  ])
  for (let other = 0; other < 20; other += 1) {
    await sql`insert into delivery (channel, kind, chat_id, text, status, error, finished_at)
      values ('telegram', 'answer', 7, 'x', 'failed', ${`reason ${String.fromCodePoint(97 + other)}`}, now())`.execute(
      db,
    )
  }
  expect((await weekOf(db)).topRefusals).toHaveLength(8)
})

test('a press reads no large table as a whole once the days are counted', async ({ db }) => {
  await seed(db, 2)
  await countDays(db, { zone, signal })
  await db.transaction().execute(async (tx) => {
    // PostgreSQL reads a small table as a whole; with this setting only where no index serves.
    await sql`set local enable_seqscan = off`.execute(tx)
    // The session may not have handed in yet what it counted before.
    const before = await countScans(tx)
    await readStatistics(tx, { days: 30, zone })
    expect(before).toHaveLength(5)
    expect(await countScans(tx)).toEqual(before)
  })
})

/** How often this session has read each table as a whole. */
async function countScans(tx: Db) {
  const { rows } = await sql`select relname, seq_scan from pg_stat_xact_user_tables
    where relname in ('telegram_update', 'delivery', 'lookup', 'report', 'workbook') order by relname`.execute(tx)
  return rows
}
