import { type ContainerNumber, type DislocationRow, kmBucketStarts, toWall } from '@atermtrack/domain'
import { containerNumber } from '@atermtrack/testkit'
import type { Db } from '../platform/client.ts'
import * as trainRosters from '../trains/train-rosters.ts'
import { ensure } from '../workbooks/sources.ts'
import { lockDislocationImports, mergeDislocation } from './import/dislocation-import.ts'
import { openDislocationStage } from './import/dislocation-stage.ts'
import { encodeDislocationRow } from './import/dislocation-staging.ts'

const boxes = 300
/** The containers of the reports. */
export const numbers = Array.from({ length: boxes }, (_, index) => containerNumber(index) as ContainerNumber)
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
/** Ten days of reports: what only the first ones hold is dropped. */
const lastDay = 14

/** Reports of a fortnight in which containers move, stand, are abandoned, arrive, vanish; the same in every run. */
export async function importPicture(db: Db): Promise<void> {
  const sourceId = await ensure(db, { kind: 'dislocation', sender: '', reportNumber: '103' })
  for (let number = 1; number <= lastDay; number++) {
    const rows = numbers.flatMap((container, box) => (isReportedOn(box, number) ? [rowOf(container, box, number)] : []))
    await importReport(db, sourceId, number, rows)
  }
}

/** Trips to one of the destinations have been measured; containers come two days earlier or later than by the plain pace. */
export async function storePaces(db: Db): Promise<void> {
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
    containerType: box % 3 === 0 ? '22G1' : '45G1',
    loaded: box % 2 === 0,
    deliveryDueAt: box % 5 === 0 ? undefined : day(8 + (box % 12), -3),
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

/** Stores the list of a train. */
export async function storeList(db: Db, trainCode: string, containers: readonly ContainerNumber[]): Promise<void> {
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
