import type { Db } from '@atermtrack/data'
import { describe, expect, readLedger, test } from '@atermtrack/testkit'
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
} from '../../test/seed-events.ts'
import { aJobContext } from '../../test/seed.ts'
import { createRaiseAlerts } from './raise-alerts.ts'

const textsOf = async (db: Db) => (await readLedger(db)).map(({ text }) => text)

describe('many messages', () => {
  test('beyond the limit of an hour are gathered into one', async ({ db }) => {
    await aReader(db)
    for (let n = 0; n < 6; n += 1) await anEvent(db, { container: first, station: `СТАНЦИЯ ${n}` })
    await raise(db, { mostPerHour: 2 })
    const texts = await textsOf(db)
    expect(texts).toHaveLength(3)
    expect(texts[2]).toContain('🔔 <b>Ещё события за этот час</b>')
    for (const text of texts.slice(0, 2)) expect(text).toContain('Поезд брошен')
    await deliverAll(db)
    await anEvent(db, { container: second, station: 'СТАНЦИЯ 9' })
    await raise(db, { mostPerHour: 2 })
    expect((await textsOf(db)).at(-1)).toContain('Станция 9')
    const { messages } = await db
      .selectFrom('delivery')
      .select((eb) => eb.fn.count<number>('noticePeriod').distinct().as('messages'))
      .executeTakeFirstOrThrow()
    expect(messages).toBe(3)
  })

  test('to 2,000 readers cost few statements, and two reporters send none twice', async ({ db }) => {
    await sql`with reader as (
        insert into person (telegram_id, access) select 6000000000 + n, 'granted' from generate_series(1, 2000) as n returning id
      )
      insert into subscription (person_id, name, slots, zone, next_due_at)
      select id, 'Список', '{09:00}', 'Asia/Vladivostok', '2040-01-01' from reader`.execute(db)
    await sql`insert into subscription_item (subscription_id, container, place)
      select id, container, 1 from subscription, unnest(array[${first}, ${second}]) as item (container)`.execute(db)
    for (const container of [first, second]) await anEvent(db, { container })
    const counted = { count: 0 }
    const counting = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        counted.count += 1
        return result
      },
    })
    await Promise.all([raise(counting), raise(counting)])
    const { rows } = await sql<{ chats: number; deliveries: number }>`
      select count(distinct chat_id)::int as chats, count(*)::int as deliveries from delivery`.execute(db)
    expect(rows[0]).toEqual({ chats: 2_000, deliveries: 2_000 })
    expect(counted.count).toBeLessThan(250)
  })
})

test('a job that was killed between two transactions goes on where it was', async ({ db }) => {
  await aReader(db)
  await anEvent(db, { container: first })
  const { dependencies } = alertDependencies(db)
  const workbookId = await aDueImport(db)
  const killed = new AbortController()
  let transactions = 0
  const dying = new Proxy(db, {
    get(target, property) {
      if (property === 'transaction' && ++transactions === 3) killed.abort(new Error('killed'))
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const context = { ...aJobContext(), signal: killed.signal }
  await expect(createRaiseAlerts({ ...dependencies, db: dying })({ workbookId }, context)).rejects.toThrow('killed')
  expect(await textsOf(db)).toEqual([])
  await createRaiseAlerts(dependencies)({ workbookId }, aJobContext())
  expect(await textsOf(db)).toHaveLength(1)
  expect(await db.selectFrom('workbook').select('alertsDueAt').execute()).toEqual([{ alertsDueAt: null }])
})
