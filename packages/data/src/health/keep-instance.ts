import { randomUUID } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import {
  type Health,
  type HealthCheck,
  type IntervalOptions,
  probe,
  resolvesWithin,
  startInterval,
  version,
} from '@atermtrack/runtime'
import type { Db } from '../platform/client.ts'
import * as instances from './service-instances.ts'

export interface KeepInstanceOptions {
  readonly db: Db
  readonly service: string
  readonly health: Pick<Health, 'inspect'>
  /** Servers that only this service can reach. One that is away is shown to admins and does not turn `/readyz` red. */
  readonly servers?: Readonly<Record<string, HealthCheck>>
  /** A folder on the volume of the data; by default that of temporary files. */
  readonly diskPath?: string | undefined
  readonly logger: IntervalOptions['logger']
  readonly everyMs?: number
}

/** How often a service describes itself, and how long its description counts. */
export const describeEveryMs = 15_000
export const aliveSeconds = 60

const serverMs = 5_000
const deadHours = 24
const endMs = 1_000

/**
 * Describes a running service in the database again and again: its parts, its version, its disk, and the servers whose secrets only it
 * knows. A service that ends in order leaves no row.
 */
export function keepInstance(options: KeepInstanceOptions): AsyncDisposable {
  const { db, service, health, servers = {}, diskPath = tmpdir(), logger, everyMs = describeEveryMs } = options
  const id = randomUUID()
  let isKept = true
  async function describe(): Promise<void> {
    const [parts, reached, disk] = await Promise.all([health.inspect(), askAll(servers), spaceOf(diskPath)])
    try {
      await instances.record(db, { id, service, version, parts, servers: reached, disk })
      await instances.removeDead(db, { hours: deadHours })
      isKept = true
    } catch (error) {
      // The database is away: the process has logged that.
      if (isKept) logger.warn({ err: error }, 'could not describe this service')
      isKept = false
    }
  }
  const interval = startInterval(describe, { what: 'look at this service', everyMs, logger })
  return {
    async [Symbol.asyncDispose]() {
      // A server or a database that hangs does not hold up the end of a process.
      await resolvesWithin(Promise.resolve(interval[Symbol.asyncDispose]()), endMs)
      await resolvesWithin(instances.remove(db, id), endMs).catch(() => logger.info('the row of this service stays'))
    },
  }
}

async function askAll(servers: Readonly<Record<string, HealthCheck>>): Promise<readonly instances.SeenPart[]> {
  return Promise.all(
    Object.entries(servers).map(async ([name, check]) => {
      const { state, ms, value, error } = await probe(check, serverMs)
      const detail = value?.detail ?? codeOf(error)
      return { name, state, ms, ...(detail !== undefined && { detail }) }
    }),
  )
}

/** The code of a failure, such as ECONNREFUSED: messages of libraries may name accounts. */
function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : undefined
}

async function spaceOf(path: string): Promise<instances.DescribedService['disk']> {
  try {
    const { blocks, bavail, bsize } = await statfs(path)
    return { free: bavail * bsize, size: blocks * bsize }
  } catch {
    return undefined
  }
}
