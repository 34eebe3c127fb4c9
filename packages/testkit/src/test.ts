import { randomUUID } from 'node:crypto'
import { type Db, openDb } from '@atermtrack/data'
import { type DovecotServer, type PostgresServer, startDovecot, startPostgres } from '@atermtrack/servers'
import { Redis } from 'ioredis'
import { inject, type TestAPI, test as base } from 'vitest'
import { asService } from './database/service-role.ts'
import { startSmtpServer, type TestSmtpServer } from './servers/smtp-server.ts'
import { cleanWorkerDatabase } from './database/worker-database.ts'

export { describe, expect, onTestFinished } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string
    readonly redisUrl: string
    readonly stoppedPostgres: string
  }
}

export type Fixtures = {
  /** URL of a migrated and empty database that no other test uses at the same time. */
  readonly databaseUrl: string
  readonly db: Db
  /** The same database, opened as services do: no superuser, and owner of nothing. */
  readonly serviceDb: Db
  /** A PostgreSQL server of the test's own, migrated and empty: the test may stop it. */
  readonly ownPostgres: PostgresServer
  /** URL of the run's shared Redis: keep to keys under `queuePrefix`. */
  readonly redisUrl: string
  /** Unique; every key that starts with it is removed after the test. */
  readonly queuePrefix: string
  /** An IMAP server that the worker's tests share, with an account of the test's own: the test may not stop it. */
  readonly mailServer: DovecotServer
  /** An IMAP server of the test's own with one empty mailbox: the test may stop it. */
  readonly ownMailServer: DovecotServer
  /** An SMTP server of the test's own that keeps what it receives. */
  readonly smtpServer: TestSmtpServer
}

/** vitest's test with real servers; a test pays only for the fixtures that it names. */
export const test: TestAPI<Fixtures> = isUnderVitest() ? extendTest() : (base as TestAPI<Fixtures>)

type WorkerFixtures = { readonly sharedMailServer: DovecotServer }

function extendTest(): TestAPI<Fixtures> {
  return base.extend<Fixtures & WorkerFixtures>({
    sharedMailServer: [
      // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures from this pattern
      async ({}, use) => {
        await using server = await startDovecot()
        await use(server)
      },
      { scope: 'worker' },
    ],
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures from this pattern
    databaseUrl: async ({}, use) => {
      await use(await cleanWorkerDatabase(inject('postgresUrl')))
    },
    db: async ({ databaseUrl }, use) => {
      await using db = openDb({ url: databaseUrl })
      await use(db)
    },
    serviceDb: async ({ databaseUrl }, use) => {
      await using db = openDb({ url: asService(databaseUrl) })
      await use(db)
    },
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures from this pattern
    ownPostgres: async ({}, use) => {
      await using server = await startPostgres({ copyOf: inject('stoppedPostgres') })
      await use(server)
    },
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures from this pattern
    redisUrl: async ({}, use) => use(inject('redisUrl')),
    queuePrefix: async ({ redisUrl }, use) => {
      const prefix = `test-${randomUUID()}`
      await use(prefix)
      await removeKeys(redisUrl, prefix)
    },
    mailServer: async ({ sharedMailServer }, use) => {
      await use({ ...sharedMailServer, ...sharedMailServer.openAccount() })
    },
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures from this pattern
    ownMailServer: async ({}, use) => {
      await using server = await startDovecot()
      await use(server)
    },
    // oxlint-disable-next-line no-empty-pattern -- vitest reads the names of the fixtures from this pattern
    smtpServer: async ({}, use) => {
      await using server = await startSmtpServer()
      await use(server)
    },
  })
}

// Benches and the demo read this package's builders outside vitest, where extend() throws.
function isUnderVitest(): boolean {
  return '__vitest_worker__' in globalThis
}

async function removeKeys(redisUrl: string, prefix: string): Promise<void> {
  const redis = new Redis(redisUrl)
  try {
    for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 1_000 })) {
      if (keys.length > 0) await redis.unlink(keys as string[])
    }
  } finally {
    redis.disconnect()
  }
}
