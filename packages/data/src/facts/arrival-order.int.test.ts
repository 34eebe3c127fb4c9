import type { ContainerNumber, RosterEntry, TerminalVisit } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import fc from 'fast-check'
import { sql } from 'kysely'
import { type Db, withClientTransaction } from '../platform/client.ts'
import { day, importReport, type Step } from '../positions/import/dislocation-reports.test-helper.ts'
import { importTerminalReport } from '../terminals/terminal-import.ts'
import { encodeTerminalVisit } from '../terminals/terminal-staging.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import { describeTrips } from '../trips/trips.test-helper.ts'

const boxes = [1, 2].map((n) => containerNumber(n) as ContainerNumber)
const box = fc.constantFrom(...boxes)
/** So few that several reports have one stamp. */
const date = fc.integer({ min: 5, max: 6 })

interface Arrival {
  readonly kind: 'dislocation' | 'terminal_report' | 'train_roster'
  readonly on: number
  readonly receivedOn: number
  readonly rows: readonly { readonly container: ContainerNumber; readonly what: number }[]
}

const arrival: fc.Arbitrary<Arrival> = fc.record({
  kind: fc.constantFrom('dislocation', 'terminal_report', 'train_roster'),
  on: date,
  receivedOn: fc.integer({ min: 7, max: 8 }),
  rows: fc.array(fc.record({ container: box, what: fc.integer({ min: 0, max: 3 }) }), { minLength: 1, maxLength: 4 }),
})

const orders = fc
  .array(arrival, { minLength: 4, maxLength: 9 })
  .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })))

async function accept(db: Db, one: Arrival): Promise<void> {
  if (one.kind === 'dislocation') return void (await importReport(db, { stamp: day(one.on, 1), steps: toSteps(one) }))
  const workbookId = await insertWorkbook(db, one)
  if (one.kind === 'train_roster') return acceptRoster(db, workbookId, one)
  const chunks = one.rows.map((row, n) => Buffer.from(encodeTerminalVisit(toVisit(row, n), 'Containers')))
  const report = { workbookId, stamp: day(one.on), chunks }
  await withClientTransaction(db, async (tx, client) => importTerminalReport(tx, client, report))
}

function toSteps({ on, rows }: Arrival): readonly Step[] {
  return rows.map(({ container, what }, n) => ({
    container,
    day: on - what,
    tripStartedAt: what === 3 ? day(2) : day(4),
    waybill: `ЭФ00000${what}`,
    consignee: `Клиент ${n}`,
  }))
}

function toVisit({ container, what }: Arrival['rows'][number], n: number): TerminalVisit {
  const visit = {
    container,
    rowNumber: n + 2,
    arrivalId: String(what % 2),
    arrivedAt: day(1),
    client: `Клиент ${what}`,
  }
  return (what > 1 ? { ...visit, dispatchedAt: day(what) } : visit) as TerminalVisit
}

async function acceptRoster(db: Db, workbookId: number, { on, rows }: Arrival): Promise<void> {
  const entries = rows.map(({ container, what }, n) => ({ container, rowNumber: n, client: `${what}` }) as RosterEntry)
  const roster = { workbookId, trainCode: 'К25-073', destination: undefined, sentAt: day(on), entries }
  await db.transaction().execute((tx) => trainRosters.insert(tx, roster))
}

async function insertWorkbook(db: Db, one: Arrival): Promise<number> {
  const sha256 = Buffer.from(JSON.stringify(one))
  await db
    .insertInto('blob')
    .values({ sha256, content: sha256 })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const { id } = await db
    .insertInto('workbook')
    .values({ origin: 'mail', fileName: 'x', sha256, size: 1, receivedAt: day(one.receivedOn), kind: one.kind })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('workbook')
    .set({ status: 'imported', stamp: day(one.on) })
    .where('id', '=', id)
    .execute()
  return id
}

async function everythingAfter(db: Db, all: readonly Arrival[]) {
  await sql`truncate position, movement, trip, consignment, terminal_sighting, terminal_visit, train_roster, workbook, blob
    cascade`.execute(db)
  for (const one of all) await accept(db, one)
  const { rows: visits } = await sql`select * from terminal_visit order by container, visit_key`.execute(db)
  const { rows: lists } = await sql`
    select train_code, list.sent_at, line.row_number, line.container, line.client
    from current_train_roster list join train_roster_row line using (workbook_id) order by train_code, row_number`.execute(
    db,
  )
  const { rows: positions } = await sql`
    select container, stamp, operated_at, waybill, consignee, arrived_at from position order by container`.execute(db)
  return { positions, visits, lists, trips: await describeTrips(db) }
}

test('reports of all kinds give the same facts in any order, also where their stamps are equal', async ({ db }) => {
  await fc.assert(
    fc.asyncProperty(orders, async ([all, shuffled]) => {
      expect(await everythingAfter(db, shuffled)).toEqual(await everythingAfter(db, all))
    }),
    { numRuns: 15, seed: 24, endOnFailure: false },
  )
})
