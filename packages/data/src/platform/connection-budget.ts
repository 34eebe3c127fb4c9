import { sql } from 'kysely'
import type { Db, DbLogger } from './client.ts'
import { selectRow, selectRows } from './statements/typed-rows.ts'

/** For people, backups and migrations: what pools must leave free. */
export const connectionsKeptFree = 10

export interface Sessions {
  readonly applicationName: string
  readonly count: number
}

export interface ServerLimits {
  /** The least of what the server, the database and the role allow. */
  readonly maxConnections: number
  /** Connections that the server reserves for superusers. */
  readonly reserved: number
}

export interface ConnectionBudget {
  readonly allowed: number
  /** The connections of all pools when they are full, and those that others hold now. */
  readonly wanted: number
  /** Connections by service, as `2 × 20`. */
  readonly pools: Readonly<Record<string, string>>
  readonly others: number
}

const shape = /^atermtrack ([a-z]+) (\d+) [0-9a-f]+$/

/** Under this name the pool of a process stands in `pg_stat_activity`, with its size. */
export function poolName(service: string, poolSize: number, instance: string): string {
  return `atermtrack ${service} ${poolSize} ${instance}`
}

/** Adds up what may be asked of a server: a process counts with its whole pool, however few connections it has open. */
export function planConnections(limits: ServerLimits, sessions: readonly Sessions[]): ConnectionBudget {
  const sizes = new Map<string, number[]>()
  let others = 0
  for (const { applicationName, count } of sessions) {
    const [, service, size] = shape.exec(applicationName) ?? []
    if (service === undefined) others += count
    else sizes.set(service, [...(sizes.get(service) ?? []), Number(size)])
  }
  const ours = [...sizes.values()].flat().reduce((sum, size) => sum + size, 0)
  return {
    allowed: limits.maxConnections - limits.reserved - connectionsKeptFree,
    wanted: ours + others,
    pools: Object.fromEntries([...sizes].map(([service, all]) => [service, `${all.length} × ${all[0]}`])),
    others,
  }
}

/**
 * Compares at the start of a process the connections of all pools with the limit of the server, and logs when that is too much:
 * connections would be refused under load. Throws when this pool alone does not fit.
 */
export async function checkConnectionBudget(
  db: Db,
  { poolSize, logger }: { readonly poolSize: number; readonly logger: DbLogger },
): Promise<void> {
  const limits = await readLimits(db)
  const columns = { applicationName: sql<string>`coalesce(application_name, '')`, count: sql<number>`count(*)::int` }
  const sessions = await selectRows(
    db,
    columns,
    (list) => sql`select ${list} from pg_stat_activity where backend_type = 'client backend' group by 1`,
  )
  const budget = planConnections(limits, sessions)
  const { allowed, wanted, pools } = budget
  if (poolSize > allowed) {
    throw new Error(
      `a pool of ${poolSize} connections does not fit: of max_connections (${limits.maxConnections}) ${allowed} are left after ` +
        `${limits.reserved} for superusers and ${connectionsKeptFree} kept free`,
    )
  }
  if (wanted <= allowed) return
  logger.warn(
    { wanted, allowed, ...limits, keptFree: connectionsKeptFree, pools, others: budget.others },
    'the pools of all processes may take more connections than PostgreSQL gives: raise max_connections or run fewer copies',
  )
}

async function readLimits(db: Db): Promise<ServerLimits> {
  const columns = {
    maxConnections: sql<number>`least(current_setting('max_connections')::int, nullif(database.datconnlimit, -1),
      nullif(role.rolconnlimit, -1))`,
    reserved: sql<number>`current_setting('superuser_reserved_connections')::int
      + coalesce(current_setting('reserved_connections', true), '0')::int`,
  }
  const limits = await selectRow(
    db,
    columns,
    (list) => sql`select ${list} from pg_database as database, pg_roles as role
      where database.datname = current_database() and role.rolname = current_user`,
  )
  if (!limits) throw new Error('the role of this connection is gone')
  return limits
}
