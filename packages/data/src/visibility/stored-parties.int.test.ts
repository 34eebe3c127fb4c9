import type { ContainerNumber, RosterEntry, TerminalVisit } from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import * as companies from '../companies/companies.ts'
import { type Db, withClientTransaction } from '../platform/client.ts'
import { day, importReport, keyOfHash } from '../positions/import/dislocation-reports.test-helper.ts'
import * as livePositions from '../positions/live-positions.ts'
import { importTerminalReport, withdrawTerminalReport } from '../terminals/terminal-import.ts'
import { encodeTerminalVisit } from '../terminals/terminal-staging.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import { undoDislocation } from '../workbooks/undo/undo-dislocation.ts'
import * as workbookUndo from '../workbooks/workbook-undo.ts'
import { fillParties, resolveAll } from './resolve-all.ts'
import { readFiles, seenBy } from './seen-containers.test-helper.ts'
import { holdsVisibleRow, isLivePositionVisible, isRosterRowVisible, isVisible } from './visibility.ts'

const containers = Array.from({ length: 12 }, (_, index) => containerNumber(index + 1) as ContainerNumber)
const names = ['ООО «Ромашка»', 'РОМАШКА, ООО', 'Ромашка', 'АО Ромашка', 'АО Василёк', 'Василёк', '«»']
const inns = ['2536000001', '2536000002', '2536000003']
const eventsOfWorld = 30

test.for([1, 2, 3, 4, 5, 6])(
  'after every kind of change the stored rows say what the rule of the domain says (%i)',
  async (seed, { db }) => {
    const random = createRandom(seed)
    for (let index = 0; index < 2; index += 1) await changes.addCompany(db, random)
    for (let index = 0; index < eventsOfWorld; index += 1) {
      const [name, change] = random.one(Object.entries(changes))
      await change(db, random)
      await expectStoredRows(db, `${index}: ${name}`)
    }
    expect(await resolveAll(db)).toBe(0)
    // A database of a release that stored none of it, as `migrate` finds it.
    await sql`truncate container_party, company_party`.execute(db)
    await sql`update train_roster_row set party_id = null, is_newest = false`.execute(db)
    await fillParties(db)
    await expectStoredRows(db, 'filling')
  },
)

async function expectStoredRows(db: Db, after: string): Promise<void> {
  const files = await readFiles(db)
  for (const { id: companyId } of files.companies) {
    for (const seesUnnamed of [false, true]) {
      const scope = { kind: 'company', companyId, seesUnnamed } as const
      const expected = seenBy(files, companyId, { seesUnnamed })
      const seen = await select(
        db,
        sql`select container as key from unnest(${containers}::text[]) as every (container)
          where ${isVisible(scope, sql.ref('every.container'))}`,
      )
      expect({ after, companyId, seen }).toEqual({ after, companyId, seen: expected.containers })
      const rows = await select(
        db,
        sql`select workbook_id || ' ' || row_number as key from train_roster_row as "row"
          join current_train_roster using (workbook_id) where ${isRosterRowVisible(scope)}`,
      )
      expect({ after, companyId, rows }).toEqual({ after, companyId, rows: expected.rosterRows })
      const lists = await select(
        db,
        sql`select workbook_id::text as key from current_train_roster
          where ${holdsVisibleRow(scope, sql.ref('current_train_roster.workbook_id'))}`,
      )
      expect(lists).toEqual([...new Set(expected.rosterRows.map((row) => row.split(' ')[0] ?? ''))].toSorted())
      const live = await select(db, sql`select container as key from position where ${isLivePositionVisible(scope)}`)
      const isLive = (container: string) => files.positions.get(container)?.isLive === true
      expect({ after, live }).toEqual({ after, live: expected.containers.filter(isLive) })
    }
  }
}

async function select(db: Db, query: ReturnType<typeof sql>): Promise<readonly string[]> {
  const { rows } = await sql<{ key: string }>`${query}`.execute(db)
  return rows.map(({ key }) => key).toSorted()
}

type Change = (db: Db, random: Random) => Promise<unknown>

const changes: Readonly<Record<string, Change>> & { readonly addCompany: Change } = {
  importDislocation: async (db, random) => {
    const stamp = day(1 + random.below(40), random.below(24))
    const steps = random.some(containers, 0.5).map((container) => ({
      container,
      day: 1 + random.below(20),
      tripStartedAt: random.maybe(0.8, () => day(1 + random.below(60))),
      waybill: `ЭФ00000${random.below(3)}`,
      [random.one(['consignee', 'consigneeShort'])]: random.maybe(0.6, () => random.one(names)),
      consignor: random.maybe(0.3, () => random.one(names)),
      consignorOkpo: random.maybe(0.1, () => '00112233'),
    }))
    if (steps.length > 0) await importReport(db, { stamp, steps })
  },
  importTerminal: async (db, random) => {
    const chunks = random.some(containers, 0.4).map((container, index) => {
      const visit = {
        container,
        terminal: 'A-Terminal',
        arrivalId: `${random.below(3)}`,
        arrivedAt: day(1 + random.below(20)),
        dispatchedAt: random.maybe(0.4, () => day(21 + random.below(10))),
        client: random.maybe(0.7, () => random.one(names)),
        inn: random.maybe(0.5, () => random.one([...inns, '25'])),
        rowNumber: index + 2,
      } as unknown as TerminalVisit
      return Buffer.from(encodeTerminalVisit(visit, 'Containers'))
    })
    const workbookId = await aWorkbook(db, 'terminal_report')
    const stamp = day(1 + random.below(30))
    await withClientTransaction(db, (tx, client) => importTerminalReport(tx, client, { workbookId, stamp, chunks }))
  },
  importRoster: async (db, random) => {
    const entries = random.some(containers, 0.4).map((container, index) => ({
      container,
      client: random.maybe(0.7, () => random.one(names)),
      rowNumber: index + 2,
    }))
    const roster = {
      workbookId: await aWorkbook(db, 'train_roster'),
      trainCode: `К25-00${random.below(3)}`,
      destination: undefined,
      sentAt: day(1 + random.below(30)),
      entries: entries as unknown as readonly RosterEntry[],
    }
    await db.transaction().execute((tx) => trainRosters.insert(tx, roster))
  },
  undo: async (db, random) => {
    const all = await db
      .selectFrom('workbook')
      .select(['id', 'kind', 'stamp', 'sourceId'])
      .where('status', '=', 'imported')
      .orderBy('id')
      .execute()
    if (all.length === 0) return
    const { id, kind, stamp, sourceId } = random.one(all)
    if (kind === 'dislocation' && stamp) {
      const signal = new AbortController().signal
      await undoDislocation(db, { id, stamp, signal, readAgain: async () => [], contentKeyOf: keyOfHash })
    }
    await db.transaction().execute(async (tx) => {
      if (kind === 'terminal_report') await withdrawTerminalReport(tx, id)
      if (kind === 'train_roster') await trainRosters.withdraw(tx, id)
      await workbookUndo.markUndone(tx, { id, sourceId })
    })
  },
  retire: (db) => livePositions.retire(db, { limit: 100 }),
  addCompany: async (db, random) => {
    const { n } = await db
      .selectFrom('company')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    if (n < 4) await companies.insert(db, `Компания ${n}`)
    await changes['addClient']?.(db, random)
  },
  addClient: async (db, random) => {
    const id = await oneCompany(db, random)
    const name = random.maybe(0.7, () => random.one(names.slice(0, -1))) ?? null
    const inn = name === null || random.below(3) === 0 ? random.one(inns) : null
    await db.transaction().execute((tx) => companies.addClient(tx, id, { inn, name }))
  },
  removeClient: async (db, random) => {
    const clients = await db.selectFrom('companyClient').select(['id', 'companyId']).orderBy('id').execute()
    if (clients.length === 0) return
    const { id, companyId } = random.one(clients)
    await db.transaction().execute((tx) => companies.removeClient(tx, companyId, id))
  },
  share: async (db, random) => companies.setShared(db, await oneCompany(db, random), random.below(2) === 0),
  removeCompany: async (db, random) => {
    if (random.below(3) === 0) await companies.remove(db, await oneCompany(db, random))
  },
}

async function oneCompany(db: Db, random: Random): Promise<number> {
  const all = await db.selectFrom('company').select('id').orderBy('id').execute()
  return random.one(all).id
}

async function aWorkbook(db: Db, kind: 'terminal_report' | 'train_roster'): Promise<number> {
  const { n } = await db
    .selectFrom('workbook')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .executeTakeFirstOrThrow()
  const sha256 = Buffer.from(`${kind} ${n}`)
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const file = { origin: 'mail', fileName: 'x', sha256, size: 1, receivedAt: day(1) } as const
  const { id } = await db
    .insertInto('workbook')
    .values({ ...file, kind, status: 'imported', stamp: day(1) })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

type Random = ReturnType<typeof createRandom>

/** Lehmer's generator. */
function createRandom(seed: number) {
  let state = seed * 7919
  const next = () => {
    state = (state * 48_271) % 2_147_483_647
    return (state - 1) / 2_147_483_646
  }
  const below = (count: number) => Math.floor(next() * count)
  return {
    below,
    one: <T>(items: readonly T[]): T => items[below(items.length)] as T,
    some: <T>(items: readonly T[], chance: number): readonly T[] => items.filter(() => next() < chance),
    maybe: <T>(chance: number, make: () => T): T | undefined => (next() < chance ? make() : undefined),
  }
}
