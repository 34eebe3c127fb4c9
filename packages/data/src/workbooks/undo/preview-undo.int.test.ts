import type { ContainerNumber } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { day, importReport, keyOfHash, type Report } from '../../positions/import/dislocation-reports.test-helper.ts'
import { countLeft } from '../workbook-undo.ts'
import { previewUndo } from './preview-undo.ts'
import { undoDislocation } from './undo-dislocation.ts'

const signal = new AbortController().signal

/** A report of some containers, formed on a day; each has an operation of its own on that day. */
function reportOf(containers: readonly number[], on: number): Report {
  return {
    stamp: day(on, 1),
    steps: containers.map((n) => ({ container: containerNumber(n) as ContainerNumber, day: on, kmLeft: 1_000 - on })),
  }
}

async function countRows(db: Db, table: 'movement' | 'position'): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(db)
  return rows[0]?.count ?? 0
}

test('counts before an undo what the undo then takes back', async ({ db }) => {
  await importReport(db, reportOf([1, 2], 1))
  const wrong = reportOf([1, 2, 3, 4], 2)
  const id = await importReport(db, wrong)
  await importReport(db, reportOf([4], 3))
  const preview = await previewUndo(db, id)
  const before = { movements: await countRows(db, 'movement'), positions: await countRows(db, 'position') }
  expect(preview).toEqual({
    kind: 'dislocation',
    positions: 2,
    movements: 4,
    forgotten: 1,
    events: 0,
    notices: 0,
  })
  await undoDislocation(db, { id, stamp: wrong.stamp, readAgain: async () => [], contentKeyOf: keyOfHash, signal })
  expect(await countLeft(db, id)).toMatchObject({ forgotten: 1 })
  expect(before.positions - (await countRows(db, 'position'))).toBe(1)
  expect(before.movements - (await countRows(db, 'movement'))).toBe(4)
})

test('an operation that a later report repeats is counted, and its container is not forgotten', async ({ db }) => {
  const first = reportOf([1], 1)
  const id = await importReport(db, first)
  await importReport(db, { ...first, stamp: day(1, 12) })
  expect(await previewUndo(db, id)).toMatchObject({ movements: 1, forgotten: 0 })
})

test('events that were detected with a report are counted, and the messages that have named them', async ({ db }) => {
  const id = await importReport(db, reportOf([1], 1))
  await sql`insert into event (container, kind, identity, happened_at, workbook_id, is_news, withdrawn_at)
    select 'CSQU3054383', kind, kind, now(), ${id}, is_news, withdrawn_at from (values
      ('arrived', true, null::timestamptz), ('departed', true, null), ('long_idle', false, null), ('unloaded', true, now())
    ) as found (kind, is_news, withdrawn_at)`.execute(db)
  await sql`insert into person (telegram_id, first_name, language) values (77, 'Анна', 'ru')`.execute(db)
  await sql`insert into subscription (person_id, name, zone, slots, next_due_at)
    select id, 'Список', 'UTC', '{09:00}', now() from person`.execute(db)
  await sql`insert into alert (person_id, chat_id, form, topic, open_until, reported_at)
    select person.id, 77, 'like', topic, now(), reported_at from person, (values ('a', now()), ('b', null)) as one (topic, reported_at)`.execute(
    db,
  )
  await sql`insert into alert_event (alert_id, chat_id, event_id, subscription_id)
    select alert.id, 77, event.id, subscription.id from alert, event, subscription
    where (alert.topic, event.kind) in (('a', 'arrived'), ('b', 'departed'))`.execute(db)
  expect(await previewUndo(db, id)).toMatchObject({ events: 2, notices: 1 })
})

test('a workbook that is not in the data has nothing to take back', async ({ db }) => {
  const id = await importReport(db, reportOf([1], 1))
  await sql`update workbook set status = 'quarantined' where id = ${id}`.execute(db)
  expect(await previewUndo(db, id)).toBeUndefined()
  expect(await previewUndo(db, 999)).toBeUndefined()
})
