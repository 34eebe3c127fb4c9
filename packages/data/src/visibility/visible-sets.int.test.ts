import {
  type ContainerFiles,
  type DislocationRow,
  emptyFilter,
  isSameParty,
  partiesOfContainer,
  type RosterEntry,
  type TerminalVisit,
  type WallTime,
} from '@atermtrack/domain'
import { containerNumber, expect, test } from '@atermtrack/testkit'
import { sql } from 'kysely'
import { type Db, withClientTransaction } from '../platform/client.ts'
import * as companies from '../companies/companies.ts'
import { mergeDislocation } from '../positions/import/dislocation-import.ts'
import { openDislocationStage } from '../positions/import/dislocation-stage.ts'
import { encodeDislocationRow } from '../positions/import/dislocation-staging.ts'
import * as positionSearch from '../positions/position-search.ts'
import { importTerminalReport } from '../terminals/terminal-import.ts'
import { encodeTerminalVisit } from '../terminals/terminal-staging.ts'
import * as terminalStock from '../terminals/terminal-stock.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import * as trains from '../trains/trains.ts'
import { createRandom } from './random.test-helper.ts'
import { isLivePositionVisible, selectVisible } from './visibility.ts'

type Name = Readonly<Record<'core' | 'form' | 'text', string>>

interface ReportedPosition {
  readonly container: string
  readonly consignee: Name | undefined
  readonly consignor: Name | undefined
  readonly code: string | undefined
  readonly tripStartedAt: Date
}

interface ReportedVisit {
  readonly container: string
  readonly client: Name | undefined
  readonly inn: string | undefined
  readonly arrivedAt: Date
  readonly dispatchedAt: Date | undefined
}

interface ReportedList {
  readonly code: string
  readonly sentAt: Date
  readonly rows: readonly { readonly container: string; readonly client: Name | undefined }[]
}

interface World {
  readonly positions: readonly ReportedPosition[]
  readonly visits: readonly ReportedVisit[]
  readonly lists: readonly ReportedList[]
}

interface Client {
  readonly name: Name | undefined
  readonly inn: string | undefined
}

const containers = Array.from({ length: 60 }, (_, index) => containerNumber(index)).toSorted()
const cores = ['Ромашка', 'Василёк', 'Лютик']
const forms = ['ООО', 'АО', '']
const stamp = day(20)

/** The rule of the domain, asked of one container after the other. */
function isOwned(world: World, clients: readonly Client[], container: string): boolean {
  const identify = ({ name, inn }: Client) => ({ key: name?.core, inn: inn ?? knownInn(world, name) })
  const parties = partiesOfContainer(filesOf(world, container)).map(identify)
  return clients.some((client) => parties.some((party) => isSameParty(identify(client), party)))
}

/** The ИНН of the terminal, where it reports a single one for the name. */
function knownInn({ visits }: World, name: Name | undefined): string | undefined {
  const named = visits.filter(({ client }) => name && client?.core === name.core && client.form === name.form)
  const inns = new Set(named.flatMap(({ inn }) => inn ?? []))
  return inns.size === 1 ? [...inns][0] : undefined
}

function isKnown({ positions, visits, lists }: World, container: string): boolean {
  const rows = [...positions, ...visits, ...lists.flatMap((list) => list.rows)]
  return rows.some((row) => row.container === container)
}

function isNamed({ positions, visits, lists }: World, container: string): boolean {
  const position = positions.find((other) => other.container === container)
  const rows = [...visits, ...lists.flatMap((list) => list.rows)].filter((other) => other.container === container)
  return (
    [position?.consignee, position?.consignor, position?.code].some((party) => party !== undefined) ||
    rows.some((row) => row.client !== undefined || ('inn' in row && row.inn !== undefined))
  )
}

function filesOf(world: World, container: string): ContainerFiles<Client> {
  const { positions, lists } = world
  const position = positions.find((other) => other.container === container)
  const visit = lastVisit(world, container)
  const holding = lists.filter(
    (list) => list === newestOf(lists, list.code) && list.rows.some((row) => row.container === container),
  )
  const list = newest(holding, ({ sentAt }) => sentAt)
  const named = [position?.consignee, position?.consignor].flatMap((name) => (name ? [{ name, inn: undefined }] : []))
  return {
    position: position && { tripStartedAt: position.tripStartedAt, parties: named },
    visit: visit && {
      dispatchedAt: visit.dispatchedAt,
      reportedAt: stamp,
      parties: [{ name: visit.client, inn: visit.inn }],
    },
    roster: list && {
      sentAt: list.sentAt,
      parties: list.rows
        .filter((row) => row.container === container)
        .map(({ client }) => ({ name: client, inn: undefined })),
    },
  }
}

test.for([1, 2, 3, 4, 5, 6].flatMap((seed) => [[seed, false] as const, [seed, true] as const]))(
  'whatever is asked, the same containers are seen as one by one (%i, unnamed: %s)',
  async ([seed, seesUnnamed], { db }) => {
    const { world, clients } = createWorld(createRandom(seed))
    await store(db, world)
    const companyId = await aCompany(db, clients)
    const scope = { kind: 'company', companyId, seesUnnamed } as const
    const expected = containers.filter((container) =>
      isNamed(world, container) ? isOwned(world, clients, container) : seesUnnamed && isKnown(world, container),
    )
    const tracked = new Set(world.positions.map(({ container }) => container))
    const expectedPositions = expected.filter((container) => tracked.has(container))
    expect(expected.length).toBeGreaterThan(0)
    expect(expected.length).toBeLessThan(containers.length)

    expect(await select(db, selectVisible(scope, sql`select unnest(${containers}::text[])`))).toEqual(expected)
    expect(await select(db, sql`select container from position where ${isLivePositionVisible(scope)}`)).toEqual(
      expectedPositions,
    )
    const { found } = await positionSearch.search(db, emptyFilter, {
      scope,
      standingAfterMinutes: 1440,
      zone: undefined,
    })
    expect(found.map(({ container }) => container).toSorted()).toEqual(expectedPositions)

    const standing = world.visits.filter(
      (visit) =>
        !visit.dispatchedAt && visit === lastVisit(world, visit.container) && expected.includes(visit.container),
    )
    const { groups } = await terminalStock.findStock(db, 'A-Terminal', scope)
    expect(groups.reduce((sum, { containers40 }) => sum + containers40, 0)).toBe(standing.length)
    const shown = await trains.list(db, { offset: 0, limit: 50, scope })
    const { known: details } = await trains.find(db, ['К25-001', 'К25-002', 'К25-003'], scope)
    expect(shown.rows.map(({ code, containers }) => `${code} ${containers}`).toSorted()).toEqual(
      details.map(({ code, rows }) => `${code} ${rows.length}`).toSorted(),
    )
    const { count } = await companies.countVisible(db, scope)
    const listed = world.lists.filter((list) => list === newestOf(world.lists, list.code)).flatMap(({ rows }) => rows)
    const isPresent = (container: string) =>
      tracked.has(container) ||
      listed.some((row) => row.container === container) ||
      world.visits.some((visit) => visit.container === container && !visit.dispatchedAt)
    expect(count).toBe(expected.filter(isPresent).length)
  },
)

async function select(db: Db, query: ReturnType<typeof sql>): Promise<readonly string[]> {
  const { rows } = await sql<{ container: string }>`${query}`.execute(db)
  return rows.map(({ container }) => container).toSorted()
}

function createWorld(random: () => number): { readonly world: World; readonly clients: readonly Client[] } {
  const below = (count: number) => Math.floor(random() * count)
  const maybe = <T>(chance: number, make: () => T): T | undefined => (random() < chance ? make() : undefined)
  const aName = (): Name => {
    const [core, form] = [cores[below(3)] ?? '', forms[below(3)] ?? '']
    const texts = [`${form} «${core}»`, `${core.toUpperCase()}, ${form}`, `${form} ${core}`]
    return { core, form, text: texts[below(3)]?.trim().replace(/,$/, '') ?? core }
  }
  // The terminal reports one ИНН for some names, two for others, and none for the rest.
  const innOfName = new Map(
    cores.flatMap((core) =>
      forms.map((form) => [core + form, maybe(0.7, () => [anInn(below(4)), anInn(below(4))])] as const),
    ),
  )
  const innOf = (name: Name | undefined) => name && innOfName.get(name.core + name.form)?.[random() < 0.85 ? 0 : 1]
  const some = (chance: number) => containers.filter(() => random() < chance)
  const positions = some(0.7).map((container) => ({
    container,
    consignee: maybe(0.5, aName),
    consignor: maybe(0.2, aName),
    code: maybe(0.1, () => '00112233'),
    tripStartedAt: day(1 + below(40)),
  }))
  const visits = [...some(0.4), ...some(0.3)].map((container, index) => {
    const client = maybe(0.7, aName)
    const inn = random() < 0.5 ? innOf(client) : maybe(0.05, () => anInn(below(4)))
    const arrivedAt = new Date(day(1).getTime() + index * 3_600_000)
    return { container, client, inn, arrivedAt, dispatchedAt: maybe(0.6, () => day(5 + below(10))) }
  })
  const lists = [1, 2, 3, 1, 2].map((number, index) => ({
    code: `К25-00${number}`,
    sentAt: day(1 + index * 3),
    rows: some(0.25).map((container) => ({ container, client: maybe(0.8, aName) })),
  }))
  const clients = Array.from({ length: 1 + below(2) }, (): Client => {
    const name = maybe(0.8, aName)
    const inn = name && random() < 0.5 ? innOf(name) : undefined
    return { name, inn: name ? inn : anInn(below(4)) }
  })
  return { world: { positions, visits, lists }, clients }
}

async function store(db: Db, { positions, visits, lists }: World): Promise<void> {
  const rows = positions.map(
    ({ container, consignee, consignor, code, tripStartedAt }, index) =>
      ({
        rowNumber: index + 5,
        container,
        operation: 'Отправление',
        operationStation: { name: 'ЧИТА I', code: '940006' },
        operatedAt: stamp,
        operatedWall: '2025-09-20T00:00:00' as WallTime,
        consignee: consignee?.text,
        [index % 2 === 0 ? 'consignor' : 'consignorShort']: consignor?.text,
        consigneeOkpo: code,
        tripStartedAt,
      }) as unknown as DislocationRow,
  )
  const workbookId = await aWorkbook(db, 'dislocation')
  await using stage = openDislocationStage(db)
  for (const row of rows) await stage.add(Buffer.from(encodeDislocationRow(row)))
  await stage.finish((tx) => mergeDislocation(tx, { workbookId, stamp, contentKey: 1 }))
  const chunks = visits.map(({ client, ...visit }, index) => {
    const fields = { ...visit, client: client?.text, terminal: 'A-Terminal', size: '40 HC', arrivalId: `${index}` }
    const row = { ...fields, dispatchId: visit.dispatchedAt && '1', rowNumber: index + 2 }
    return Buffer.from(encodeTerminalVisit(row as unknown as TerminalVisit, 'Containers'))
  })
  const reportId = await aWorkbook(db, 'terminal_report')
  await withClientTransaction(db, (tx, client) =>
    importTerminalReport(tx, client, { workbookId: reportId, stamp, chunks }),
  )
  for (const { code, sentAt, rows: listed } of lists) {
    const entries = listed.map(
      ({ container, client }, index) =>
        ({ container, client: client?.text, rowNumber: index + 2 }) as unknown as RosterEntry,
    )
    const roster = { workbookId: await aWorkbook(db, 'train_roster'), trainCode: code, destination: undefined }
    await db.transaction().execute((tx) => trainRosters.insert(tx, { ...roster, sentAt, entries }))
  }
}

async function aWorkbook(db: Db, kind: 'dislocation' | 'terminal_report' | 'train_roster'): Promise<number> {
  const sha256 = Buffer.from(`${Math.random()}`.padEnd(32).slice(0, 32))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const file = { origin: 'mail', fileName: 'x', sha256, size: 1, receivedAt: stamp } as const
  const { id } = await db
    .insertInto('workbook')
    .values({ ...file, kind, status: 'imported', stamp })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

async function aCompany(db: Db, clients: readonly Client[]): Promise<number> {
  const { id } = (await companies.insert(db, 'Компания')) ?? { id: 0 }
  for (const { inn, name } of clients) await companies.addClient(db, id, { inn: inn ?? null, name: name?.text ?? null })
  return id
}

function newest<T>(items: readonly T[], timeOf: (item: T) => Date): T | undefined {
  return items.toSorted((a, b) => timeOf(b).getTime() - timeOf(a).getTime())[0]
}

function newestOf(lists: readonly ReportedList[], code: string): ReportedList | undefined {
  return newest(
    lists.filter((list) => list.code === code),
    ({ sentAt }) => sentAt,
  )
}

function lastVisit({ visits }: World, container: string): ReportedVisit | undefined {
  return newest(
    visits.filter((visit) => visit.container === container),
    ({ arrivedAt }) => arrivedAt,
  )
}

function anInn(number: number): string {
  return `253600000${number}`
}

function day(number: number): Date {
  return new Date(Date.UTC(2025, 8, number))
}
