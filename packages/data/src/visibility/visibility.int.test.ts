import type { ContainerNumber, DislocationRow, RosterEntry, TerminalVisit, WallTime } from '@atermtrack/domain'
import { containerNumber, describe, expect, storeTerminalReport, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import * as companies from '../companies/companies.ts'
import * as containerLinks from '../trains/container-links.ts'
import { mergeDislocation } from '../positions/import/dislocation-import.ts'
import { openDislocationStage } from '../positions/import/dislocation-stage.ts'
import { encodeDislocationRow } from '../positions/import/dislocation-staging.ts'
import * as lookups from '../updates/lookups.ts'
import * as positions from '../positions/positions.ts'
import { withdrawTerminalReport } from '../terminals/terminal-import.ts'
import * as terminalStock from '../terminals/terminal-stock.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import * as trains from '../trains/trains.ts'
import { everything, isLivePositionVisible, isVisible, type Scope } from './visibility.ts'

const box = containerNumber(1)
const [ours, ourInn] = ['ООО «Ромашка»', '2536000001']
const [theirs, theirInn] = ['АО "Василёк"', '2536000002']

function day(number: number): Date {
  return new Date(Date.UTC(2025, 8, number))
}

describe('a container is seen by the people of a company', () => {
  test.for<[string, Reported, boolean]>([
    ['that is its consignee', { position: { consignee: 'РОМАШКА, ООО' } }, true],
    ['that is its consignor', { position: { consignor: 'ооо   "ромашка"', consignee: theirs } }, true],
    ['whose short name is reported', { position: { consigneeShort: 'РОМАШКА' } }, true],
    ['whose ИНН stands in its visit', { visit: { inn: ourInn, client: 'Р-ка' } }, true],
    ['whose name stands in its visit', { visit: { client: 'Ромашка ООО' } }, true],
    ['whose name stands in the list of its train', { roster: { client: "'РОМАШКА'" } }, true],
    ['when only others are named by the railway', { position: { consignee: theirs } }, false],
    ['when others are named by a code alone', { position: { consigneeOkpo: '00112233' } }, false],
    ['when only others are named by the terminal', { position: {}, visit: { inn: theirInn } }, false],
    ['when only others are named by a list', { position: {}, roster: { client: theirs } }, false],
    ['when its name is but a part of another one', { position: { consignee: 'ООО Ромашка плюс' } }, false],
  ])('%s', async ([, reported, expected], { db }) => {
    await store(db, reported)
    const scope = await aCompany(db)
    expect(await isSeen(db, scope)).toBe(expected)
    expect(await positions.findMany(db, [box], scope)).toHaveLength(reported.position && expected ? 1 : 0)
    expect(await isSeen(db, everything)).toBe(true)
  })

  test.for([
    [undefined, false],
    [true, true],
  ])('for whom no file names anybody by a setting alone: %s', async ([seesUnnamed, expected], { db }) => {
    await store(db, { position: {} })
    const scope = { ...(await aCompany(db)), ...(seesUnnamed && { seesUnnamed }) }
    expect(await isSeen(db, scope)).toBe(expected)
    expect(await positions.findMany(db, [box], scope)).toHaveLength(expected ? 1 : 0)
    expect(await companies.countVisible(db, scope)).toEqual({ count: expected ? 1 : 0, isCut: false })
  })

  test('until a later visit or trip is of somebody else', async ({ db }) => {
    const scope = await aCompany(db)
    await store(db, { visit: { inn: ourInn, dispatchedAt: day(3) }, roster: { client: ours, sentAt: day(3) } })
    await store(db, { position: { consignee: theirs, tripStartedAt: day(5) } })
    expect(await isSeen(db, scope)).toBe(true)
    await store(db, { position: { consignee: theirs, tripStartedAt: day(25) } })
    expect(await isSeen(db, scope)).toBe(false)
    await store(db, { visit: { inn: theirInn, arrivalId: '9', arrivedAt: day(28) } })
    expect(await isSeen(db, await aCompany(db, { inn: theirInn, name: null }))).toBe(true)
  })

  test('only, not by those of another company or of one that is gone', async ({ db }) => {
    await store(db, { position: { consignee: ours } })
    await store(db, { position: { container: containerNumber(2) as ContainerNumber } })
    const [scope, other] = [await aCompany(db), await aCompany(db, { inn: null, name: theirs })]
    expect([await isSeen(db, scope), await isSeen(db, other)]).toEqual([true, false])
    expect(await companies.countVisible(db, other)).toEqual({ count: 0, isCut: false })
    expect(await companies.countVisible(db, { ...other, seesUnnamed: true })).toEqual({ count: 1, isCut: false })
    await companies.setShared(db, scope.companyId, true)
    expect(await isSeen(db, other)).toBe(true)
    await companies.remove(db, scope.companyId)
    expect([await isSeen(db, scope), await isSeen(db, other)]).toEqual([false, false])
    expect(await companies.countVisible(db, scope)).toEqual({ count: 0, isCut: false })
  })

  test('from the moment on when its client is added, and until it is removed', async ({ db }) => {
    await store(db, { position: { consignee: ours } })
    const scope = await aCompany(db, { inn: null, name: theirs })
    const client = { inn: null, name: 'ромашка' }
    expect(await isSeen(db, scope)).toBe(false)
    expect(await companies.addClient(db, scope.companyId, client)).toBe(true)
    expect(await companies.addClient(db, scope.companyId, { inn: null, name: 'ООО РОМАШКА' })).toBe(false)
    expect(await isSeen(db, scope)).toBe(true)
    const { rows } = await companies.listClients(db, scope.companyId, { offset: 1, limit: 1 })
    expect(await companies.removeClient(db, scope.companyId + 1, rows[0]!.id)).toBeUndefined()
    expect(await companies.removeClient(db, scope.companyId, rows[0]!.id)).toEqual(client)
    expect(await isSeen(db, scope)).toBe(false)
  })
})

describe('where two firms differ in legal form alone', () => {
  const [otherForm, otherInn] = ['АО Ромашка', '2536000009']

  test('the ИНН of the visit distinguishes them', async ({ db }) => {
    await store(db, { visit: { inn: otherInn, client: otherForm } })
    expect(await isSeen(db, await aCompany(db))).toBe(false)
    expect(await isSeen(db, await aCompany(db, { inn: otherInn, name: otherForm }))).toBe(true)
  })

  test('the railway’s name has the ИНН that the terminal reports for it, however it is written', async ({ db }) => {
    const [mine, foreign] = [containerNumber(2) as ContainerNumber, containerNumber(3) as ContainerNumber] as const
    await storeVisits(db, [
      aVisit({ container: mine, inn: ourInn, client: 'РОМАШКА, ООО' }),
      aVisit({ container: foreign, inn: otherInn, client: 'Акционерное общество "Ромашка"' }),
    ])
    await store(db, { position: { consignee: otherForm } })
    const [byBoth, byName, byInn] = [
      await aCompany(db),
      await aCompany(db, { inn: null, name: ours }),
      await aCompany(db, { inn: otherInn, name: null }),
    ]
    expect([await isSeen(db, byBoth), await isSeen(db, byName), await isSeen(db, byInn)]).toEqual([false, false, true])
    await store(db, { position: { consignee: 'ромашка ООО' } })
    expect([await isSeen(db, byBoth), await isSeen(db, byName), await isSeen(db, byInn)]).toEqual([true, true, false])
    // Without a form nobody knows which of the two is meant.
    await store(db, { position: { consignee: 'РОМАШКА' } })
    expect([await isSeen(db, byBoth), await isSeen(db, byName), await isSeen(db, byInn)]).toEqual([true, true, false])
  })

  test('they are offered as two clients, and one stays when the other is added', async ({ db }) => {
    await storeVisits(db, [
      aVisit({ inn: ourInn, client: ours }),
      aVisit({ container: containerNumber(2) as ContainerNumber, inn: otherInn, client: otherForm }),
    ])
    const { companyId } = await aCompany(db)
    const all = { offset: 0, limit: 9, search: undefined }
    const other = await aCompany(db, { inn: null, name: theirs })
    expect((await companies.listKnownClients(db, other.companyId, all)).rows).toMatchObject([
      { name: otherForm, inn: otherInn },
      { name: ours, inn: ourInn },
    ])
    expect((await companies.listKnownClients(db, companyId, all)).rows).toMatchObject([{ inn: otherInn }])
  })

  test('an ИНН that is undone is known no longer', async ({ db }) => {
    await store(db, { visit: { container: containerNumber(2) as ContainerNumber, inn: otherInn, client: otherForm } })
    await store(db, { position: { consignee: otherForm } })
    const scope = await aCompany(db)
    expect(await isSeen(db, scope)).toBe(false)
    await db.transaction().execute((tx) => withdrawTerminalReport(tx, 1))
    expect(await isSeen(db, scope)).toBe(true)
  })
})

test('foreign containers of a train, their number and trains without own containers are not shown', async ({ db }) => {
  const [mine, foreign] = [containerNumber(1), containerNumber(2)]
  await storeRoster(db, { code: 'К25-001', rows: [[mine, theirs]], sentAt: day(1) })
  await storeRoster(db, { code: 'К25-002', rows: [[foreign, theirs]], sentAt: day(2) })
  const rows = [
    [mine, ours],
    [foreign, theirs],
  ] as const
  await storeRoster(db, { code: 'К25-003', rows, sentAt: day(3) })
  const scope = await aCompany(db)
  const codes = ['К25-001', 'К25-002', 'К25-003']
  expect(await trains.find(db, codes, scope)).toMatchObject({
    known: [{ code: 'К25-003', rows: [{ container: mine }] }],
    similar: ['К25-003'],
  })
  expect(await trains.list(db, { offset: 0, limit: 9, scope })).toMatchObject({
    total: 1,
    rows: [{ code: 'К25-003', containers: 1 }],
  })
  expect(await containerLinks.findMany(db, [mine, foreign], scope)).toMatchObject([{ container: mine }])
})

test('a container on its newest train is shown whatever client the list names for it', async ({ db }) => {
  await storeRoster(db, { code: 'К25-001', rows: [[box, theirs]], sentAt: day(1) })
  await storeRoster(db, { code: 'К25-002', rows: [[box, theirs]], sentAt: day(2) })
  await store(db, { position: { consignee: ours } })
  const scope = await aCompany(db)
  expect(await trains.find(db, ['К25-001', 'К25-002'], scope)).toMatchObject({
    known: [{ code: 'К25-002' }],
  })
  expect(await trains.list(db, { offset: 0, limit: 9, scope })).toMatchObject({
    rows: [{ code: 'К25-002', containers: 1 }],
  })
})

test('foreign containers at a terminal are not counted, and their terminal is not named', async ({ db }) => {
  await storeVisits(db, [
    aVisit({ inn: ourInn }),
    aVisit({ container: containerNumber(2) as ContainerNumber, inn: theirInn }),
    aVisit({ container: containerNumber(3) as ContainerNumber, inn: theirInn, terminal: 'Восток' }),
  ])
  const scope = await aCompany(db)
  expect(await terminalStock.listTerminals(db, scope)).toEqual(['A-Terminal'])
  expect(await terminalStock.findStock(db, 'A-Terminal', scope)).toMatchObject({
    groups: [{ containers40: 1, teu: 2 }],
    news: { arrived: { containers: 1 } },
  })
  expect(await terminalStock.findStock(db, 'Восток', scope)).toMatchObject({ groups: [] })
})

test('a foreign number is nobody’s suggestion', async ({ db }) => {
  await store(db, { position: { consignee: theirs } })
  const tiers = async (scope: Scope) =>
    (await lookups.findBackground(db, { linksOf: [], tiersOf: [box] }, { personId: 1, scope })).tiers
  expect([...(await tiers(everything))]).toHaveLength(1)
  expect([...(await tiers(await aCompany(db)))]).toEqual([])
})

interface Reported {
  readonly position?: Partial<DislocationRow>
  readonly visit?: Partial<TerminalVisit>
  readonly roster?: { readonly client: string; readonly sentAt?: Date }
}

async function store(db: Db, { position, visit, roster }: Reported): Promise<void> {
  if (position) await storePosition(db, position)
  if (visit) await storeVisits(db, [aVisit(visit)])
  if (roster) await storeRoster(db, { code: 'К25-001', rows: [[box, roster.client]], sentAt: roster.sentAt ?? day(1) })
}

async function storePosition(db: Db, fields: Partial<DislocationRow>): Promise<void> {
  const workbookId = await aWorkbook(db)
  const stamp = day(workbookId)
  const row = {
    rowNumber: 5,
    container: box,
    operation: 'Отправление',
    operationStation: { name: 'ЧИТА I', code: '940006' },
    operatedAt: stamp,
    operatedWall: '2025-09-01T00:00:00' as WallTime,
    ...fields,
  } as DislocationRow
  await using stage = openDislocationStage(db)
  await stage.add(Buffer.from(encodeDislocationRow(row)))
  await stage.finish((tx) => mergeDislocation(tx, { workbookId, stamp, contentKey: 1 }))
}

function aVisit(fields: Partial<TerminalVisit>): TerminalVisit {
  const visit = {
    container: box,
    terminal: 'A-Terminal',
    size: '40 HC',
    arrivalId: '1',
    arrivedAt: day(1),
    rowNumber: 2,
  }
  return { ...visit, ...fields } as TerminalVisit
}

async function storeVisits(db: Db, visits: readonly TerminalVisit[]): Promise<void> {
  await storeTerminalReport(db, { stamp: day(1), sheets: { Containers: visits } })
}

async function storeRoster(
  db: Db,
  { code, rows, sentAt }: { code: string; rows: readonly (readonly [string, string])[]; sentAt: Date },
): Promise<void> {
  const entries = rows.map(([container, client], index) => ({ container, client, rowNumber: index + 2 }) as RosterEntry)
  const roster = { workbookId: await aWorkbook(db), trainCode: code, destination: undefined, sentAt, entries }
  await db.transaction().execute((tx) => trainRosters.insert(tx, roster))
}

async function aWorkbook(db: Db): Promise<number> {
  const { n } = await db
    .selectFrom('workbook')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const sha256 = Buffer.from(`${n}`.padEnd(32))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const { id } = await db
    .insertInto('workbook')
    .values({ origin: 'mail', fileName: 'x', sha256, size: 1, receivedAt: day(1), status: 'imported', stamp: day(1) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function aCompany(db: Db, client: companies.CompanyClient = { inn: ourInn, name: ours }) {
  const company = await companies.insert(db, `Компания ${client.inn} ${client.name}`)
  await companies.addClient(db, company!.id, client)
  return { kind: 'company', companyId: company!.id } as const
}

/** Asked for as one and as a part of all, it is the same answer. */
async function isSeen(db: Db, scope: Scope): Promise<boolean> {
  const { rows } = await sql<{ seen: boolean; among: boolean | null }>`
    select ${isVisible(scope, sql`${box}::text`)} as seen,
      (select ${isLivePositionVisible(scope)} from position where container = ${box}) as among`.execute(db)
  const [answer] = rows
  if (answer?.among !== null) expect(answer?.among).toBe(answer?.seen)
  return answer?.seen === true
}
