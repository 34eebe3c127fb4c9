import { createHash } from 'node:crypto'
import { type Db, resolveAll, subscriptionItems } from '@atermtrack/data'
import { toInstant, toWall, type WallTime } from '@atermtrack/domain'
import type { JobContext } from '@atermtrack/queue'
import { pino } from 'pino'

export const silent = pino({ level: 'silent' })

export function aJobContext(): JobContext {
  return { logger: silent, attempt: 1, signal: new AbortController().signal }
}

/** Settings of the dispatch of due reports. */
export const dispatchLimits = {
  staleAfterMinutes: 360,
  reportWaitMinutes: 30,
  scheduleZone: 'Asia/Vladivostok',
} as const

let telegramId = 5_000_000_000

export async function aPerson(
  db: Db,
  fields: { readonly language?: 'ru' | 'en'; readonly access?: 'granted' | 'denied'; readonly unreachable?: true } = {},
) {
  const { language = 'ru', access = 'granted', unreachable } = fields
  telegramId += 1
  return db
    .insertInto('person')
    .values({ telegramId, language, access, unreachableSince: unreachable ? new Date() : null })
    .returning(['id', 'telegramId'])
    .executeTakeFirstOrThrow()
}

export async function aProvedAddress(db: Db, personId: number, address: string) {
  return db
    .insertInto('emailAddress')
    .values({ personId, address, verifiedAt: new Date() })
    .returning('id')
    .executeTakeFirstOrThrow()
}

export async function aSubscription(
  db: Db,
  fields: {
    readonly personId: number
    readonly slots: readonly string[]
    readonly nextDueAt: Date
    readonly zone?: string
    readonly name?: string
    readonly containers?: readonly string[]
    readonly deletedAt?: Date
  },
) {
  const { slots, containers = ['CSQU3054383'], name = 'Новосибирск', zone = 'Asia/Vladivostok', ...rest } = fields
  const subscription = await db
    .insertInto('subscription')
    .values({ ...rest, name, zone, slots: [...slots] })
    .returning('id')
    .executeTakeFirstOrThrow()
  await subscriptionItems.add(
    db,
    subscription.id,
    containers.map((container) => ({ container })),
  )
  return subscription
}

/** A planned moment that lies `minutes` and `days` back, with its slot and date in Vladivostok. */
export function aMomentAgo({ minutes, days = 0 }: { readonly minutes: number; readonly days?: number }) {
  const zone = 'Asia/Vladivostok'
  const wall = toWall(new Date(Date.now() - minutes * 60_000 - days * 86_400_000), zone)
  const plannedAt = toInstant(`${wall.slice(0, 16)}:00` as WallTime, zone)
  return { plannedAt, slot: wall.slice(11, 16), localDate: wall.slice(0, 10) }
}

/** A container on its way from УГЛОВАЯ to СЕЛЯТИНО, as an imported workbook reports it. */
export async function aPosition(
  db: Db,
  fields: {
    readonly container: string
    readonly stamp?: Date
    readonly confirmedAt?: Date
    readonly kmLeft?: number | null
    readonly station?: string
    readonly consignee?: string
  },
): Promise<void> {
  const { container, stamp = new Date(), confirmedAt, kmLeft = 1_250, station = 'ЗАБАЙКАЛЬСК', consignee } = fields
  const operatedAt = new Date(stamp.getTime() - 2 * 3_600_000)
  const sha256 = createHash('sha256').update(container).digest()
  await db
    .insertInto('blob')
    .values({ sha256, content: Buffer.from(container) })
    .execute()
  const { id: workbookId } = await db
    .insertInto('workbook')
    .values({
      origin: 'mail',
      fileName: 'dislocation.xlsx',
      sha256,
      size: 1,
      receivedAt: stamp,
      status: 'imported',
      kind: 'dislocation',
      stamp,
      zone: 'Europe/Moscow',
      confirmedAt: confirmedAt ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .insertInto('position')
    .values({
      container,
      workbookId,
      stamp,
      operatedAt,
      operatedWall: toWall(operatedAt, 'Europe/Moscow'),
      rowNumber: 5,
      contentKey: 1,
      operationId: await idOf(db, 'Отправление вагона со станции'),
      stationId: await stationId(db, station),
      originStationId: await stationId(db, 'УГЛОВАЯ'),
      destinationStationId: await stationId(db, 'СЕЛЯТИНО'),
      consignee: consignee ?? null,
      wagon: '00123456',
      trainNumber: '2731',
      waybill: 'ЭФ038927',
      kmLeft,
      kmTotal: 9_300,
      loaded: true,
    })
    .execute()
  // No import has stored it.
  await resolveAll(db)
}

async function idOf(db: Db, name: string): Promise<number> {
  const row = await db
    .insertInto('operation')
    .values({ name })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

async function stationId(db: Db, name: string): Promise<number> {
  const row = await db
    .insertInto('station')
    .values({ key: name, name })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ name }))
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
