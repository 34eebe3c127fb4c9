import { createHash } from 'node:crypto'
import { blankFields } from '@atermtrack/testkit'
import { type Db, type PositionView, resolveAll, workbooks } from '@atermtrack/data'
import { operationMeaningOf, operationMeanings, type WallTime } from '@atermtrack/domain'

/** A container on its way from Владивосток to Селятино, as the views get it. */
export function aPosition(fields: Partial<PositionView> = {}): PositionView {
  return {
    container: 'MSKU6011672',
    asOf: new Date('2025-09-02T05:00:00Z'),
    confirmedAt: null,
    zone: 'Europe/Moscow',
    operatedAt: new Date('2025-09-02T03:30:00Z'),
    operatedWall: '2025-09-02T06:30:00' as WallTime,
    operation: 'Отправление со станции',
    operationMnemonic: 'ОТПР',
    station: { name: 'ЧИТА I', code: '940006' },
    roadName: 'ЗАБАЙКАЛЬСКАЯ',
    roadCode: '94',
    origin: { name: 'ВЛАДИВОСТОК', code: '980003' },
    destination: { name: 'СЕЛЯТИНО', code: '181102' },
    ...blankFields,
    waybill: 'ЭФ038927',
    containerType: '40',
    tripStartedAt: new Date('2025-08-28T00:00:00Z'),
    arrivedAt: null,
    trainIndex: '9822+123+1811',
    trainNumber: '2051',
    wagon: '94287657',
    kmTotal: 9_200,
    kmLeft: 6_120,
    idleMinutes: 90,
    loaded: true,
    isAbandoned: false,
    missingSince: null,
    sourceStamp: null,
    sourceHeardAt: null,
    ...fields,
  }
}

/** Stores positions as the import of one report does; `asOf` and the zone are those of the first. */
export async function storePositions(db: Db, positions: readonly PositionView[]): Promise<void> {
  const [first = aPosition()] = positions
  const content = Buffer.from(positions.map(({ container }) => container).join())
  const sha256 = createHash('sha256').update(content).digest()
  const workbookId = await workbooks.insert(db, {
    origin: 'mail',
    fileName: 'report.xlsx',
    content,
    sha256,
    receivedAt: first.asOf,
  })
  if (workbookId === undefined) throw new Error('the workbook is there already')
  const { asOf: stamp, zone, confirmedAt } = first
  await db
    .updateTable('workbook')
    .set({ kind: 'dislocation', status: 'imported', stamp, zone, confirmedAt })
    .where('id', '=', workbookId)
    .execute()
  for (const position of positions) await storePosition(db, workbookId, position)
  // Only an import does this otherwise.
  await resolveAll(db)
}

async function storePosition(db: Db, workbookId: number, position: PositionView): Promise<void> {
  const { container, asOf, operatedAt, operatedWall, waybill, trainIndex, trainNumber, wagon } = position
  const { kmTotal, kmLeft, idleMinutes, tripStartedAt, tripEndedAt, arrivedAt, deliveryDueAt, loaded, containerType } =
    position
  const { name: stationName, code } = position.station
  const meaning = operationMeaningOf(position.operation, operationMeanings)
  const operation = await db
    .insertInto('operation')
    .values({ name: position.operation, meaning })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name: position.operation }))
    .returning('id')
    .executeTakeFirstOrThrow()
  const stationId = await storeStation(db, { name: stationName, code, roadName: position.roadName })
  await db
    .insertInto('position')
    .values({
      container,
      workbookId,
      stamp: asOf,
      operatedAt,
      rowNumber: 1,
      contentKey: 1,
      operatedWall,
      operationId: operation.id,
      isAbandoned: position.isAbandoned || meaning === 'abandoned',
      stationId,
      originStationId: position.origin ? await storeStation(db, { ...position.origin, roadName: null }) : null,
      destinationStationId: position.destination
        ? await storeStation(db, { ...position.destination, roadName: null })
        : null,
      waybill,
      trainIndex,
      trainNumber,
      wagon,
      kmTotal,
      kmLeft,
      idleMinutes,
      tripStartedAt,
      tripEndedAt,
      arrivedAt,
      deliveryDueAt,
      loaded,
      containerType,
    })
    .execute()
}

async function storeStation(
  db: Db,
  station: { readonly name: string; readonly code: string | null; readonly roadName: string | null },
): Promise<number> {
  const { id } = await db
    .insertInto('station')
    .values({ key: station.code ?? station.name, ...station })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ name: station.name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}
