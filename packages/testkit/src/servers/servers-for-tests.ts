import { migrate } from '@atermtrack/data'
import { startPostgres, startRedis } from '@atermtrack/servers'
import { serviceRole } from '../database/service-role.ts'
import { execute, template, withDatabase } from '../database/test-database.ts'
import { prepareTemplate } from '../database/worker-database.ts'

export type TestServers = AsyncDisposable & {
  /** Superuser's URL of the throwaway server; clones of the template are made through it. */
  readonly postgresUrl: string
  readonly redisUrl: string
}

/** Starts one throwaway PostgreSQL, with a migrated template database, and one throwaway Redis. */
export async function startTestServers(): Promise<TestServers> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  await execute(postgres.url, `create database ${template}`)
  await migrate({ url: withDatabase(postgres.url, template), serviceRole })
  await prepareTemplate(withDatabase(postgres.url, template))
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    async [Symbol.asyncDispose]() {
      await Promise.all([postgres[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()])
    },
  }
}
