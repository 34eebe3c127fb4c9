import { migrate } from '@atermtrack/data'
import { type PostgresServer, startPostgres, startRedis } from '@atermtrack/servers'
import { serviceRole } from '../database/service-role.ts'
import { execute, template, withDatabase } from '../database/test-database.ts'
import { prepareTemplate } from '../database/worker-database.ts'

export type TestServers = AsyncDisposable & {
  /** Superuser's URL of the throwaway server; clones of the template are made through it. */
  readonly postgresUrl: string
  readonly redisUrl: string
  /** Files of a stopped server with the migrated template, for servers of a test's own. */
  readonly stoppedPostgres: string
}

/** Starts one throwaway PostgreSQL, with a migrated template database, and one throwaway Redis. */
export async function startTestServers(): Promise<TestServers> {
  const [migrated, redis] = await Promise.all([startMigratedPostgres(), startRedis()])
  await migrated.stop()
  const postgres = await startPostgres({ copyOf: migrated.dataDir })
  await execute(withDatabase(postgres.url, 'template1'), `create database ${template} template postgres`)
  await prepareTemplate(withDatabase(postgres.url, template))
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    stoppedPostgres: migrated.dataDir,
    async [Symbol.asyncDispose]() {
      await Promise.all([postgres, redis, migrated].map(async (server) => server[Symbol.asyncDispose]()))
    },
  }
}

async function startMigratedPostgres(): Promise<PostgresServer> {
  const server = await startPostgres()
  await migrate({ url: server.url, serviceRole })
  return server
}
