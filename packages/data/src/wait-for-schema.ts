import { setTimeout as delay } from 'node:timers/promises'
import type { Db, DbLogger } from './client.ts'
import { listMissingMigrations } from './migrate.ts'

export interface WaitOptions {
  readonly db: Db
  readonly logger: DbLogger
  readonly timeoutMs?: number
  readonly pauseMs?: number
}

/**
 * Resolves as soon as the database is there and has every migration of this release: whoever applies them may be at it just
 * now. Throws when that takes too long.
 */
export async function waitForSchema({ db, logger, timeoutMs = 60_000, pauseMs = 500 }: WaitOptions): Promise<void> {
  const deadline = Date.now() + timeoutMs
  let told = false
  for (;;) {
    const problem = await findProblem(db)
    if (problem === undefined) return
    if (Date.now() >= deadline) throw new Error(`${problem}; is the database up, and was \`npm run migrate\` run?`)
    if (!told) logger.warn({ problem }, 'waiting for the database')
    told = true
    await delay(pauseMs)
  }
}

async function findProblem(db: Db): Promise<string | undefined> {
  try {
    const missing = await listMissingMigrations(db)
    return missing.length === 0 ? undefined : `the database lacks ${missing.join(', ')}`
  } catch (error) {
    return `the database does not answer: ${error instanceof Error ? error.message : String(error)}`
  }
}
