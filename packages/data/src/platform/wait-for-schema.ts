import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import type { Db, DbLogger } from './client.ts'
import { listMissingMigrations } from './migrate.ts'

export interface WaitOptions {
  readonly db: Db
  readonly logger: DbLogger
  /** How long a database that answers may lack migrations, or refuse the login. */
  readonly timeoutMs?: number
  readonly pauseMs?: number
  /** Ends the waiting with its reason. */
  readonly signal?: AbortSignal
}

type Problem = { readonly kind: 'away' | 'unusable'; readonly text: string }

/** Codes of PostgreSQL for a login that it does not accept and for a database that is not there. */
const refusal = /^(?:28|3D)/

/**
 * Resolves as soon as the database is there and has every migration of this release. It waits for a database that is away for as
 * long as that takes, since a restart would not help; it throws when one that answers stays unusable for too long.
 */
export async function waitForSchema(options: WaitOptions): Promise<void> {
  const { db, logger, timeoutMs = 60_000, pauseMs = 500, signal } = options
  let unusableSince: number | undefined
  let logged: Problem['kind'] | undefined
  for (;;) {
    signal?.throwIfAborted()
    const problem = await findProblem(db)
    if (problem === undefined) return
    if (problem.kind === 'unusable') unusableSince ??= performance.now()
    if (unusableSince !== undefined && performance.now() - unusableSince >= timeoutMs)
      throw new Error(`${problem.text}; was \`npm run migrate\` run?`)
    if (logged !== problem.kind) logger.warn({ problem: problem.text }, 'waiting for the database')
    logged = problem.kind
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
}

async function findProblem(db: Db): Promise<Problem | undefined> {
  try {
    const missing = await listMissingMigrations(db)
    return missing.length === 0 ? undefined : { kind: 'unusable', text: `the database lacks ${missing.join(', ')}` }
  } catch (error) {
    const isRefused = error instanceof pg.DatabaseError && refusal.test(error.code ?? '')
    const text = `the database does not answer: ${error instanceof Error ? error.message : String(error)}`
    return { kind: isRefused ? 'unusable' : 'away', text }
  }
}
