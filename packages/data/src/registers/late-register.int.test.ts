import { everything } from '@atermtrack/domain'
import { containerNumber, expect, openPolicy, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as companies from '../companies/companies.ts'
import { day, importReport, route, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import type { Db } from '../platform/client.ts'
import { resolveAll } from '../visibility/resolve-all.ts'
import * as lateRegister from './late-register.ts'

const [box, other] = [containerNumber(1), containerNumber(2)] as const
const september = { from: day(1), until: day(30) }
const everybody = { scope: everything, limit: 100 }

function aStep(fields: Omit<Step, 'container'> & { readonly box?: string }): Step {
  const { box: container = box, ...rest } = fields
  return { deliveryDueAt: day(10), consignor: 'ООО «Ромашка»', ...rest, container: container as never }
}
const arrival = { operationStation: route.destination, operation: 'Прибытие вагона на станцию назначения (1)' }

/** One container three days late, one in time, and then the newest report. */
async function aMonth(db: Db) {
  const first = await importReport(db, { stamp: day(5), steps: [aStep({ day: 4 }), aStep({ day: 4, box: other })] })
  const second = await importReport(db, {
    stamp: day(14),
    steps: [aStep({ day: 9, box: other, ...arrival }), aStep({ day: 13, ...arrival })],
  })
  return { first, second }
}

test('lists the trips that arrived after their norm within a time', async ({ db }) => {
  await aMonth(db)
  const found = await lateRegister.listArrivedLate(db, { ...everybody, ...september })
  expect(found).toMatchObject([
    {
      container: box,
      waybill: 'ЭФ000001',
      origin: 'УГЛОВАЯ',
      destination: 'СЕЛЯТИНО',
      consignor: 'ООО «Ромашка»',
      dueAt: day(10),
      arrivedAt: day(13),
    },
  ])
  expect(await lateRegister.listArrivedLate(db, { ...everybody, from: day(14), until: day(30) })).toEqual([])
  expect(await lateRegister.listArrivedLate(db, { ...everybody, ...september, containers: [other] })).toEqual([])
  expect(await lateRegister.listOverdue(db, everybody)).toEqual([])
})

test('lists what has not arrived after its norm by the newest report', async ({ db }) => {
  await importReport(db, { stamp: day(5), steps: [aStep({ day: 4 })] })
  expect(await lateRegister.listOverdue(db, everybody)).toEqual([])
  await importReport(db, {
    stamp: day(14),
    steps: [aStep({ day: 12, operationStation: { name: 'ОМСК', code: '830005' } })],
  })
  expect(await lateRegister.listOverdue(db, everybody)).toMatchObject([{ container: box, arrivedAt: undefined }])
})

test('proves norm and arrival by the first reports that say so, and their rows', async ({ db }) => {
  const { first, second } = await aMonth(db)
  const [trip] = await lateRegister.listArrivedLate(db, { ...everybody, ...september })
  const proofs = await lateRegister.listProofs(db, [trip!.tripId])
  expect(proofs.map(({ fact, workbookId }) => ({ fact, workbookId }))).toEqual([
    { fact: 'due', workbookId: first },
    { fact: 'arrived', workbookId: second },
  ])
  expect(await lateRegister.findSourceRows(db, second, new Set([box]))).toEqual(
    new Map([[box, [{ rowNumber: 6, operatedAt: day(13) }]]]),
  )
  expect(await lateRegister.findSourceRows(db, 999, new Set([box]))).toEqual(new Map())
})

test("shows a company the present trips of its clients' containers only", async ({ db }) => {
  await aMonth(db)
  const company = await companies.insert(db, 'Ромашка')
  const rival = await companies.insert(db, 'Василёк')
  await sql`insert into workbook (origin, file_name, sha256, size, received_at, status, kind, stamp)
    select 'mail', 'roster.xlsx', sha256, 1, now(), 'imported', 'train_roster', ${day(2)} from blob limit 1`.execute(db)
  await sql`insert into train_roster (workbook_id, train_code, sent_at) select max(id), 'К25-073', ${day(2)} from workbook`.execute(
    db,
  )
  await sql`insert into train_roster_row (workbook_id, row_number, container, client)
    select max(id), 1, ${box}, 'ООО «Ромашка»' from workbook`.execute(db)
  await companies.addClient(db, company!.id, { inn: null, name: 'ООО «Ромашка»' })
  await companies.addClient(db, rival!.id, { inn: null, name: 'ООО «Василёк»' })
  await resolveAll(db)
  const of = async (companyId: number) =>
    (await lateRegister.listArrivedLate(db, { ...september, limit: 9, scope: { kind: 'company', companyId } })).map(
      ({ container }) => container,
    )
  expect([await of(company!.id), await of(rival!.id)]).toEqual([[box], []])
  // The next trip may be another client's.
  await importReport(db, {
    stamp: day(20),
    steps: [aStep({ day: 19, tripStartedAt: day(18), waybill: 'ЭФ000002', deliveryDueAt: day(29) })],
  })
  expect(await of(company!.id)).toEqual([])
  expect(await lateRegister.listArrivedLate(db, { ...everybody, ...september })).toHaveLength(1)
})

test('a month is sent to a reader once, beginning with the one after they asked for it', async ({ db }) => {
  const { id: personId } = await db
    .insertInto('person')
    .values({ telegramId: 1001, access: 'granted' })
    .returning('id')
    .executeTakeFirstOrThrow()
  await lateRegister.setWishes(db, personId, { isMonthly: true, isWarned: false, sentMonth: '2026-09-01' })
  expect(await lateRegister.findWishes(db, personId)).toEqual({ isMonthly: true, isWarned: false })
  const [reader] = await lateRegister.listReaders(db, { after: 0, limit: 9, policy: openPolicy })
  expect(reader).toMatchObject({ personId, chatId: 1001, sentMonth: '2026-09-01', access: { kind: 'allowed' } })
  expect(await lateRegister.claimMonth(db, personId, '2026-09-01')).toBe(false)
  const claims = await Promise.all([1, 2, 3].map(async () => lateRegister.claimMonth(db, personId, '2026-10-01')))
  expect(claims.filter(Boolean)).toHaveLength(1)
  await lateRegister.setWishes(db, personId, { isMonthly: true, isWarned: true, sentMonth: '2026-12-01' })
  expect((await lateRegister.listReaders(db, { after: 0, limit: 9, policy: openPolicy }))[0]?.sentMonth).toBe(
    '2026-10-01',
  )
  const warnings = await Promise.all(
    [1, 2].map(async () => lateRegister.claimWarning(db, personId, { from: undefined, until: day(20) })),
  )
  expect(warnings.filter(Boolean)).toHaveLength(1)
})
