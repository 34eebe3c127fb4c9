import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

/** The state of a part of a service, or of a server that only it can reach. */
export interface SeenPart {
  readonly name: string
  readonly state: string
  readonly ms: number
  readonly detail?: string | undefined
}

export interface DescribedService {
  readonly id: string
  readonly service: string
  readonly version: string
  readonly parts: readonly SeenPart[]
  readonly servers: readonly SeenPart[]
  readonly disk: { readonly free: number; readonly size: number } | undefined
}

/** Writes down how a running service is now. */
export async function record(db: Db, { id, service, version, parts, servers, disk }: DescribedService): Promise<void> {
  const state = {
    parts: JSON.stringify(parts),
    servers: JSON.stringify(servers),
    diskFree: disk?.free ?? null,
    diskSize: disk?.size ?? null,
  }
  await db
    .insertInto('serviceInstance')
    .values({ id, service, version, ...state })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...state, seenAt: sql<Date>`now()` }))
    .execute()
}

/** Forgets a service that has ended in order. */
export async function remove(db: Db, id: string): Promise<void> {
  await db.deleteFrom('serviceInstance').where('id', '=', id).execute()
}

/** Forgets services that were killed long ago. */
export async function removeDead(db: Db, { hours }: { readonly hours: number }): Promise<void> {
  await db
    .deleteFrom('serviceInstance')
    .where('seenAt', '<', sql<Date>`now() - make_interval(hours => ${hours})`)
    .execute()
}

/** All services that are known to run, with the age of what they said of themselves by the clock of the database. */
export async function list(db: Db) {
  const rows = await db
    .selectFrom('serviceInstance')
    .select(['service', 'version', 'startedAt', 'seenAt', 'parts', 'servers', 'diskFree', 'diskSize'])
    .select(sql<number>`extract(epoch from now() - seen_at)::integer`.as('ageSeconds'))
    .orderBy('service')
    .orderBy('startedAt')
    .execute()
  return rows.map(({ diskFree, diskSize, ...row }) => ({
    ...row,
    parts: row.parts as unknown as readonly SeenPart[],
    servers: row.servers as unknown as readonly SeenPart[],
    disk: diskFree === null || diskSize === null ? undefined : { free: diskFree, size: diskSize },
  }))
}

export type ServiceInstance = Awaited<ReturnType<typeof list>>[number]
