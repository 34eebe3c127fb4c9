import { everything, type Scope } from '@atermtrack/domain'
import { describe, expect, test } from '@atermtrack/testkit'
import { type KyselyPlugin, sql } from 'kysely'
import * as companies from '../companies/companies.ts'
import type { Db } from '../platform/client.ts'
import { createDirectoryCache } from '../positions/directory-cache.ts'
import { rebuildTrips } from '../trips/rebuild-trips.ts'
import { resolveCompanies } from '../visibility/parties.ts'
import { findConcerned } from './find-concerned.ts'
import { findOwnContainers } from './own-containers.ts'
import { resolveSubject } from './resolve-subject.ts'
import { aSubscription, nameClient, storePositions, storeTrain } from './subscriptions.test-helper.ts'
import * as subscriptions from './subscriptions.ts'

const [own, foreign, finished] = ['CSQU3054383', 'MSKU6011672', 'TEMU2650058'] as const
const all = [own, foreign, finished]

/** A client with two containers, one of which has finished its trip long ago, and somebody else with one. */
async function aWorld(db: Db): Promise<{ readonly companyId: number; readonly scope: Scope }> {
  await storePositions(db, all)
  await db.transaction().execute((tx) => rebuildTrips(tx, all))
  await sql`update trip set finished_at = now() - interval '9 days' where container = ${finished}`.execute(db)
  await nameClient(db, 'ООО «Ромашка»', [own, finished])
  await nameClient(db, 'АО Василёк', [foreign])
  const company = await companies.insert(db, 'Экспедитор')
  const companyId = company!.id
  await companies.addClient(db, companyId, { inn: null, name: 'Ромашка' })
  await resolveCompanies(db)
  await storeTrain(db, 'К26-101', [foreign, own])
  return { companyId, scope: { kind: 'company', companyId } }
}

const parts = () => ({ now: new Date(), standingAfterMinutes: 1_440, findDirectory: createDirectoryCache() })

async function resolve(db: Db, id: number, scope: Scope, limit?: number) {
  const { rows } = await sql<{ personId: number }>`select person_id from subscription where id = ${id}`.execute(db)
  const subscription = await subscriptions.find(db, id, rows[0]!.personId)
  return resolveSubject(db, subscription!, scope, { ...parts(), ...(limit !== undefined && { limit }) })
}

type Fields = Partial<subscriptions.NewSubscription>

const subjects: readonly (readonly [string, Fields, seenByAll: string[], seenByCompany: string[]])[] = [
  ['a list', { subject: 'containers', items: [{ container: finished }] }, [finished], [finished]],
  ['a train', { subject: 'train', subjectText: 'К26-101' }, [foreign, own], []],
  ['everything', { subject: 'company' }, [own, foreign], [own]],
  ['a client', { subject: 'client', subjectText: 'ромашка ооо' }, [own], [own]],
  ['somebody else’s client', { subject: 'client', subjectText: 'Василек' }, [foreign], []],
  ['a destination', { subject: 'destination', subjectText: 'Селятино' }, [own, foreign], [own]],
  [
    'all that has ever come',
    { subject: 'destination', subjectText: '181102', leavesAfterDays: null },
    all,
    [own, finished],
  ],
  [
    'a question',
    { subject: 'question', subjectText: 'стоит больше 3 суток в Чите', leavesAfterDays: null },
    all,
    [own, finished],
  ],
]

describe('a subscription to', () => {
  test.for(subjects)('%s is resolved within the scope of its reader', async ([, fields, byAll, byCompany], { db }) => {
    const { scope } = await aWorld(db)
    const { id } = await aSubscription(db, fields)
    const seen = async (by: Scope) => (await resolve(db, id, by)).containers
    expect(await seen(everything)).toEqual(byAll)
    expect(await seen(scope)).toEqual(byCompany)
    expect(await resolve(db, id, everything, 1)).toEqual({ containers: byAll.slice(0, 1), isCut: byAll.length > 1 })
  })

  test.for(subjects)('%s concerns those that it is resolved to', async ([, fields, byAll], { db }) => {
    await aWorld(db)
    const { id } = await aSubscription(db, { ...fields, eventTiming: 'digest' })
    const concerned = await findConcerned(db, all)
    expect(concerned.map(({ container }) => container).toSorted()).toEqual(byAll.toSorted())
    for (const row of concerned)
      expect(row).toMatchObject({ subscriptionId: id, eventTiming: 'digest', name: 'Список' })
    expect(await findConcerned(db, ['TGHU9999990'])).toEqual([])
  })

  test.for(subjects)('%s makes these own containers', async ([subject, fields, byAll, byCompany], { db }) => {
    const { scope } = await aWorld(db)
    const { id, personId } = await aSubscription(db, fields)
    const own = async (by: Scope) => {
      const found = await findOwnContainers(db, personId, by, parts())
      return found.kind === 'all' ? found.kind : found.containers.toSorted()
    }
    // Lists and trains are given whole.
    const isWhole = subject === 'a list' || subject === 'a train'
    const expected = [byAll, isWhole ? byAll : byCompany].map((list) => list.toSorted())
    expect([await own(everything), await own(scope)]).toEqual(subject === 'everything' ? ['all', 'all'] : expected)
    await subscriptions.change(db, id, personId, { pausedAt: new Date(), pausedUntil: null })
    expect(await own(everything)).toEqual([])
  })

  test('one company is about that company alone', async ({ db }) => {
    const { companyId } = await aWorld(db)
    const { id } = await aSubscription(db, { subject: 'company', companyId })
    expect(await resolve(db, id, everything)).toMatchObject({ containers: [own] })
    const concerned = await findConcerned(db, all)
    expect(concerned.map(({ container }) => container)).toEqual([own])
  })
})

test('a train concerns no container that has begun another trip since', async ({ db }) => {
  await aWorld(db)
  await aSubscription(db, { subject: 'train', subjectText: 'К26-101' })
  await sql`update train_roster set sent_at = now() - interval '40 days'`.execute(db)
  await sql`update position set trip_started_at = now() - interval '12 days' where container = ${own}`.execute(db)
  const concerned = async () => (await findConcerned(db, all)).map(({ container }) => container)
  expect(await concerned()).toEqual([foreign])
  await sql`update position set waybill = 'ЭФ038927' where container = ${own}`.execute(db)
  await sql`update train_roster_row set waybill = 'ЭФ038927' where container = ${own}`.execute(db)
  expect((await concerned()).toSorted()).toEqual([own, foreign].toSorted())
})

test('a train concerns no container that has come to a terminal after its trip had ended', async ({ db }) => {
  await aWorld(db)
  await aSubscription(db, { subject: 'train', subjectText: 'К26-101' })
  const concerned = async () => (await findConcerned(db, [own])).map(({ container }) => container)
  const stays = async (days: number) => {
    await sql`delete from terminal_visit`.execute(db)
    await sql`insert into terminal_visit (container, visit_key, stamp, arrived_at, on_site, fields)
      values (${own}, 'stay', now(), now() - make_interval(days => ${days}), true, '{}')`.execute(db)
  }
  await sql`update train_roster set sent_at = now() - interval '20 days'`.execute(db)
  await stays(2)
  expect(await concerned()).toEqual([own])
  await sql`update position set trip_ended_at = now() - interval '3 days' where container = ${own}`.execute(db)
  expect(await concerned()).toEqual([])
  // The trip before the one of the list has ended.
  await stays(21)
  await sql`update position set trip_ended_at = now() - interval '30 days' where container = ${own}`.execute(db)
  expect(await concerned()).toEqual([own])
})

test('a paused, an ended and a left one concern nobody', async ({ db }) => {
  const { id, personId } = await aSubscription(db, { items: all.map((container) => ({ container })) })
  const count = async () => (await findConcerned(db, all)).length
  expect(await count()).toBe(3)
  await sql`update subscription_item set left_at = now() where container = ${finished}`.execute(db)
  expect(await count()).toBe(2)
  await subscriptions.change(db, id, personId, { pausedAt: new Date(), pausedUntil: null })
  expect(await count()).toBe(0)
  await subscriptions.change(db, id, personId, { pausedUntil: new Date(Date.now() - 60_000) })
  expect(await count()).toBe(2)
  await subscriptions.remove(db, id, personId)
  expect(await count()).toBe(0)
  expect(await subscriptions.restore(db, id, personId, new Date())).toBe('Список')
  expect(await count()).toBe(2)
})

test('many subscriptions of a person cost two statements, and each question one more', async ({ db }) => {
  const { companyId } = await aWorld(db)
  const subjectsOf: readonly Fields[] = [
    { items: [{ container: finished }, { container: 'TGHU9999990' }] },
    { subject: 'train', subjectText: 'К26-101' },
    { subject: 'company', companyId },
    { subject: 'client', subjectText: 'Василек' },
    { subject: 'destination', subjectText: 'Селятино' },
    { subject: 'question', subjectText: 'стоит больше 3 суток в Чите' },
    { subject: 'question', subjectText: 'стоит больше 3 суток в Чите' },
  ]
  let personId = 0
  for (const fields of subjectsOf) ({ personId } = await aSubscription(db, fields))
  const fixed = parts()
  const directory = await fixed.findDirectory(db, fixed.now)
  let count = 0
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      count += 1
      return result
    },
  }
  const asked = { ...fixed, findDirectory: async () => directory }
  const found = await findOwnContainers(db.withPlugin(counting), personId, everything, asked)
  expect(found).toEqual({ kind: 'some', containers: expect.anything(), isCut: false })
  expect(found.kind === 'some' && found.containers.toSorted()).toEqual([...all, 'TGHU9999990'].toSorted())
  expect(count).toBe(3)
})
