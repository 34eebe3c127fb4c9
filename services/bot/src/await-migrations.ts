import { setTimeout as delay } from 'node:timers/promises'
import { type Db, listMissingMigrations } from '@atermtrack/data'
import { ConfigError } from '@atermtrack/runtime'
import type { Logger } from 'pino'

const limitMs = 60_000
const everyMs = 1_000

/** Waits up to a minute for whoever migrates the database. Throws a ConfigError when it is still behind then. */
export async function awaitMigrations(db: Db, { logger }: { readonly logger: Logger }): Promise<void> {
  const deadline = performance.now() + limitMs
  for (let attempt = 0; ; attempt++) {
    const missing = await listMissingMigrations(db).catch((error: unknown) => {
      if (performance.now() > deadline) throw error
      return undefined
    })
    if (missing?.length === 0) return
    if (attempt === 0) logger.info({ missing }, 'waiting for the database and its migrations')
    if (performance.now() > deadline) {
      throw new ConfigError(`The database lacks ${missing?.join(', ')}: run npm run migrate`)
    }
    await delay(everyMs)
  }
}
