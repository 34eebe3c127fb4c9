import {
  arrivalMoment,
  type ContainerNumber,
  createDirectory,
  type DislocationRow,
  type Filter,
  kmBucketStarts,
  readFilter,
  toWall,
} from '@atermtrack/domain'
import { containerNumber, describe, expect, test } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import { lockDislocationImports, mergeDislocation } from './import/dislocation-import.ts'
import { openDislocationStage } from './import/dislocation-stage.ts'
import { encodeDislocationRow } from './import/dislocation-staging.ts'
import { listStations } from './directory.ts'
import { factsOf, type PositionStatus } from './position-facts.ts'
import { search } from './position-search.ts'
import { findMany, type PositionView } from './positions.ts'
import { ensure } from '../workbooks/sources.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import { everything } from '../visibility/visibility.ts'

const boxes = 300
const numbers = Array.from({ length: boxes }, (_, index) => containerNumber(index) as ContainerNumber)
const stations = [
  { name: 'УГЛОВАЯ', code: '982206' },
  { name: 'ЧИТА I', code: '940006' },
  { name: 'ОМСК', code: '830005' },
  { name: 'СЕЛЯТИНО', code: '181102' },
  { name: 'СЕЛЯТИНО', code: undefined },
  { name: 'ЧИТА I', code: undefined },
]
const operations = [
  'Отправление вагона со станции (2)',
  'Прибытие вагона на станцию (1)',
  'Бросание поезда (92)',
  'Подъем брошенного поезда',
  'Осмотр',
  'Выгрузка',
  'Вывоз',
]
const settings = { standingAfterMinutes: 1440 }
/** Ten days of reports: what only the first ones hold is dropped. */
const lastDay = 14

describe('a search finds what the facts of the positions say', () => {
  test('for every state, time and distance', async ({ db }) => {
    await importPicture(db)
    await storePaces(db)
    const isUnderway = (status: PositionStatus) =>
      status === 'en_route' || status === 'standing' || status === 'abandoned' || status === 'at_origin'
    const cases: readonly (readonly [text: string, fits: Fits])[] = [
      ['что в пути', (_, { status }) => status === 'en_route'],
      ['что стоит', (_, { status }) => status === 'standing' || status === 'abandoned'],
      ['брошены', (_, { status }) => status === 'abandoned'],
      ['прибыли', (_, { status }) => status === 'at_destination' || status === 'unloaded'],
      ['выгружены', (_, { status }) => status === 'unloaded'],
      ['на станции отправления', (_, { status }) => status === 'at_origin'],
      ['не выгружены', (_, { status }) => status === 'at_destination'],
      ['пропали', (_, { status }) => status === 'missing'],
      ['больше 2 суток', (_, { idleness }) => idleness.kind === 'standing' && idleness.minutes > 2880],
      [
        'брошены больше 2 суток',
        (_, { status, operationMinutes }) => status === 'abandoned' && operationMinutes > 2880,
      ],
      ['ближе 1500 км', ({ kmLeft }, { status }) => isUnderway(status) && kmLeft !== null && kmLeft < 1500],
      ['дальше 1500 км', ({ kmLeft }, { status }) => isUnderway(status) && kmLeft !== null && kmLeft > 1500],
      ['придут завтра', (position, facts) => isUnderway(facts.status) && arrivalOf(position) === '2025-09-15'],
      [
        'придут 15.09-18.09',
        (position, facts) =>
          isUnderway(facts.status) && arrivalOf(position) >= '2025-09-15' && arrivalOf(position) <= '2025-09-18',
      ],
      [
        'прибыли 12.09-13.09',
        (position, { status }) =>
          (status === 'at_destination' || status === 'unloaded') &&
          arrivalOf(position) >= '2025-09-12' &&
          arrivalOf(position) <= '2025-09-13',
      ],
      [
        'выгружены 13.09',
        ({ operatedWall }, { status }) => status === 'unloaded' && operatedWall.startsWith('2025-09-13'),
      ],
      ['в Омске', ({ station }) => station.name === 'ОМСК'],
      ['в Чите', ({ station }) => station.name === 'ЧИТА I'],
      ['на дороге Забайкальской', ({ station }) => station.code === '940006'],
      ['до Селятино', ({ destination }) => destination?.name === 'СЕЛЯТИНО'],
      ['из Угловой', ({ origin }) => origin?.name === 'УГЛОВАЯ'],
      [
        'из Угловой в Селятино, брошены в Чите',
        ({ station, origin }, { status }) =>
          status === 'abandoned' && station.name === 'ЧИТА I' && origin?.name === 'УГЛОВАЯ',
      ],
      [
        'стоит в Чите',
        ({ station }, { status }) => station.name === 'ЧИТА I' && /^(?:standing|abandoned|at_)/.test(status),
      ],
    ]
    const positions = await findMany(db, numbers, everything)
    for (const [text, fits] of cases) {
      const current = positions.filter((position) => !isGone(position))
      const expected = current.filter((position) => fits(position, factsOf(position, settings)))
      expect(expected.length, text).toBeGreaterThan(0)
      const found = await searched(db, text)
      expect(found.map(({ container }) => container).sort(), text).toEqual(
        expected.map(({ container }) => container).sort(),
      )
      for (const position of found) {
        const same = expected.find(({ container }) => container === position.container)
        expect(position.facts, text).toEqual(same && factsOf(same, settings))
      }
    }
  })

  test('for the containers of a train', async ({ db }) => {
    await importPicture(db)
    await storeList(db, 'К25-103', numbers.slice(0, 40))
    const found = await searched(db, 'сколько из К25-103 в пути')
    const positions = await findMany(db, numbers.slice(0, 40), everything)
    const expected = positions.filter((position) => factsOf(position, settings).status === 'en_route')
    expect(found.map(({ container }) => container).sort()).toEqual(expected.map(({ container }) => container).sort())
  })

  test('and nothing of what is out of scope', async ({ db }) => {
    await importPicture(db)
    const { id: companyId } = await db
      .insertInto('company')
      .values({ name: 'Пусто' })
      .returning('id')
      .executeTakeFirstOrThrow()
    await db.updateTable('position').set({ consignee: 'ООО Чужой' }).execute()
    const filter = await filterOf(db, 'в Чите')
    const { found } = await search(db, filter, { ...options, scope: { kind: 'company', companyId } })
    expect(found).toEqual([])
  })
})

type Fits = (position: PositionView, facts: ReturnType<typeof factsOf>) => boolean

const options = { scope: everything, ...settings, zone: undefined }

async function searched(db: Db, text: string) {
  const { found, isCut } = await search(db, await filterOf(db, text), options)
  expect(isCut).toBe(false)
  return found
}

async function filterOf(db: Db, text: string): Promise<Filter> {
  const reading = readFilter(text, { directory: createDirectory(await listStations(db)), today: '2025-09-14' })
  if (!reading) throw new Error(`not understood: ${text}`)
  return reading.filter
}

function arrivalOf(position: PositionView): string {
  const moment = arrivalMoment(factsOf(position, settings).arrival)
  return moment ? toWall(moment, position.zone).slice(0, 10) : ''
}

/** Gone from the reports of its source for a week, whatever has become of it. */
function isGone({ missingSince, sourceStamp }: PositionView): boolean {
  return (
    missingSince !== null && sourceStamp !== null && sourceStamp.getTime() - missingSince.getTime() >= 7 * 86_400_000
  )
}

/** Reports of a fortnight in which containers move, stand, are abandoned, arrive, vanish; the same in every run. */
async function importPicture(db: Db): Promise<void> {
  const sourceId = await ensure(db, { kind: 'dislocation', sender: '', reportNumber: '103' })
  for (let number = 1; number <= lastDay; number++) {
    const rows = numbers.flatMap((container, box) => (isReportedOn(box, number) ? [rowOf(container, box, number)] : []))
    await importReport(db, sourceId, number, rows)
  }
}

/** Trips to one of the destinations have been measured; containers come two days earlier or later than by the plain pace. */
async function storePaces(db: Db): Promise<void> {
  const { id } = await db.selectFrom('station').select('id').where('code', '=', '181102').executeTakeFirstOrThrow()
  const figures = { step: 'lane', lowMinutes: -2880, highMinutes: 5760, errorMinutes: 720, trips: 12 } as const
  const rows = kmBucketStarts.map((_start, n) => ({
    destinationStationId: id,
    bucket: n + 1,
    usualMinutes: ((n % 3) - 1) * 2880,
    ...figures,
  }))
  await db.insertInto('forecastPace').values(rows).execute()
}

/** One in seven is gone from some day on. */
function isReportedOn(box: number, number: number): boolean {
  return box % 7 !== 0 || number <= 3 + (box % 11)
}

/** The row of a container on some day: its last operation is up to four days old. */
function rowOf(container: ContainerNumber, box: number, number: number): DislocationRow {
  const age = (box * 7) % 5
  const step = Math.max(1, number - age)
  const mix = box * 31 + step * 17
  const operatedAt = day(step, mix % 8)
  const station = stations[step === 1 ? 0 : (box + Math.floor(step / 6)) % stations.length]
  return {
    ...nothing,
    rowNumber: box + 5,
    container,
    operation: operations[mix % operations.length] ?? '',
    operationStation: station,
    operationRoad: station?.code === '940006' ? { name: 'ЗАБАЙКАЛЬСКАЯ', code: '94' } : undefined,
    operatedAt,
    operatedWall: toWall(operatedAt, 'Europe/Moscow'),
    originStation: stations[box % 3],
    destinationStation: box % 13 === 0 ? undefined : stations[3 + (box % 2)],
    tripStartedAt: day(1),
    waybill: `ЭФ${String(box).padStart(6, '0')}`,
    trainNumber: mix % 3 === 0 ? undefined : '2001',
    kmLeft: box % 17 === 0 ? undefined : (mix * 37) % 6000,
    idleMinutes: box % 4 === 0 ? undefined : age * 1440 + 30,
    tripEndedAt: box % 29 === 0 ? day(step, 9) : undefined,
  } as DislocationRow
}

const nothing = Object.fromEntries(
  `operationMnemonic containerType originCountry originRoad destinationCountry destinationRoad consignorTgnl consignorShort
  consignorOkpo consignor consigneeTgnl consigneeShort consigneeOkpo consignee cargo cargoCode weightKg condition trainIndex
  wagon seals countryReceived countryHanded roadReceived roadHanded deliveryDueAt kmTotal kmDone shipmentId waybillId loaded`
    .split(/\s+/)
    .map((name) => [name, undefined]),
)

async function importReport(db: Db, sourceId: number, number: number, rows: readonly DislocationRow[]): Promise<void> {
  const stamp = day(number, 9)
  const workbookId = await insertWorkbook(db, 'dislocation', stamp)
  await db.updateTable('workbook').set({ sourceId, zone: 'Europe/Moscow' }).where('id', '=', workbookId).execute()
  await using stage = openDislocationStage(db)
  await stage.add(Buffer.from(rows.map(encodeDislocationRow).join('')))
  await stage.finish(async (tx) => {
    await lockDislocationImports(tx)
    await mergeDislocation(tx, { workbookId, stamp, contentKey: number })
  })
}

async function storeList(db: Db, trainCode: string, containers: readonly ContainerNumber[]): Promise<void> {
  const sentAt = day(1)
  const workbookId = await insertWorkbook(db, 'train_roster', sentAt)
  const entries = containers.map((container, index) => ({
    rowNumber: index + 2,
    container,
    client: undefined,
    type: undefined,
    weightKg: undefined,
    wagon: undefined,
    waybill: undefined,
    destination: undefined,
  }))
  await db
    .transaction()
    .execute((tx) => trainRosters.insert(tx, { workbookId, trainCode, destination: 'Селятино', sentAt, entries }))
}

async function insertWorkbook(db: Db, kind: 'dislocation' | 'train_roster', stamp: Date): Promise<number> {
  const sha256 = Buffer.from(`${kind} ${stamp.toISOString()}`.padEnd(40))
  await db.insertInto('blob').values({ sha256, content: sha256 }).execute()
  const row = {
    origin: 'mail',
    fileName: 'report.xlsx',
    sha256,
    size: 40,
    receivedAt: stamp,
    stamp,
    kind,
    status: 'imported',
  } as const
  const { id } = await db.insertInto('workbook').values(row).returning('id').executeTakeFirstOrThrow()
  return id
}

function day(number: number, hour = 0): Date {
  return new Date(Date.UTC(2025, 8, number, hour))
}
