import type { ContainerNumber, DislocationRow, WallTime } from '@atermtrack/domain'
import { containerNumber } from '@atermtrack/testkit'
import { sql } from 'kysely'
import type { Db } from '../../platform/client.ts'
import { lockDislocationImports, mergeDislocation } from './dislocation-import.ts'
import { openDislocationStage } from './dislocation-stage.ts'
import { encodeDislocationRow } from './dislocation-staging.ts'
import { ensure } from '../../workbooks/sources.ts'
import { insertRows } from '../../workbooks/undo/stored-rows.ts'

export const route = {
  origin: { name: 'УГЛОВАЯ', code: '982206' },
  between: { name: 'ЧИТА I', code: '940006' },
  destination: { name: 'СЕЛЯТИНО', code: '181102' },
}

/** The rows of a report about a container, in their order. */
export interface Step extends Partial<DislocationRow> {
  /** Day of September on which it happened. */
  readonly day: number
}

export interface Report {
  readonly stamp: Date
  readonly steps: readonly Step[]
}

export function day(number: number, hour = 0): Date {
  return new Date(Date.UTC(2025, 8, number, hour))
}

function aRow({ day: number, ...fields }: Step): DislocationRow {
  const operatedAt = day(number)
  return {
    ...nothing,
    rowNumber: 5,
    container: containerNumber(1) as ContainerNumber,
    operation: 'Отправление вагона со станции (2)',
    operationStation: route.between,
    operatedAt,
    operatedWall: operatedAt.toISOString().slice(0, 19) as WallTime,
    originStation: route.origin,
    destinationStation: route.destination,
    tripStartedAt: day(1),
    waybill: 'ЭФ000001',
    trainNumber: '2001',
    kmLeft: 100,
    ...fields,
  }
}

const nothing = Object.fromEntries(
  `operationMnemonic operationRoad containerType tripEndedAt originCountry originRoad destinationCountry destinationRoad
  consignorTgnl consignorShort consignorOkpo consignor consigneeTgnl consigneeShort consigneeOkpo consignee cargo cargoCode
  weightKg condition trainIndex wagon seals countryReceived countryHanded roadReceived roadHanded deliveryDueAt kmTotal kmDone
  idleMinutes shipmentId waybillId loaded`
    .split(/\s+/)
    .map((name) => [name, undefined]),
) as unknown as DislocationRow

/** The lines of a report, as a reading process makes them. */
export function linesOf(steps: readonly Step[]): Buffer {
  return Buffer.from(steps.map((step, n) => encodeDislocationRow({ ...aRow(step), rowNumber: 5 + n })).join(''))
}

/** A number that only the content decides, as the hash of a real report does. */
export function contentKeyOf({ stamp, steps }: Report): number {
  let key = 7
  for (const character of JSON.stringify([stamp, steps])) key = (key * 31 + character.charCodeAt(0)) % 1_000_000_007
  return key
}

/** The content key of a report, from the hash that `importReport` stores. */
export function keyOfHash(hash: Uint8Array): number {
  return Number(Buffer.from(hash).toString())
}

/** Imports a report and returns the id of its workbook. */
export async function importReport(db: Db, report: Report): Promise<number> {
  const { stamp, steps } = report
  const sourceId = await ensure(db, { kind: 'dislocation', sender: '', reportNumber: '103' })
  const sha256 = Buffer.from(String(contentKeyOf(report)))
  await db
    .insertInto('blob')
    .values({ sha256, content: Buffer.alloc(0) })
    .onConflict((c) => c.doNothing())
    .execute()
  const workbook = {
    origin: 'mail',
    fileName: 'x',
    size: 0,
    receivedAt: stamp,
    status: 'imported',
    stamp,
    sourceId,
    kind: 'dislocation',
    zone: 'Europe/Moscow',
  } as const
  const containers = sql<string[]>`${[...new Set(steps.map((step) => aRow(step).container))]}`
  const { id } = await db
    .insertInto('workbook')
    .values({ ...workbook, sha256, contentHash: sha256, containers })
    .returning('id')
    .executeTakeFirstOrThrow()
  await using stage = openDislocationStage(db)
  await stage.add(linesOf(steps))
  await stage.finish(async (tx, rows) => {
    await lockDislocationImports(tx)
    await insertRows(tx, id, rows)
    await mergeDislocation(tx, { workbookId: id, stamp, contentKey: contentKeyOf(report) })
  })
  return id
}
