import { randomUUID } from 'node:crypto'
import { migrate } from '@atermtrack/data'
import { startPostgres, startRedis } from '@atermtrack/servers'
import pg from 'pg'

const template = 'atermtrack_template'

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string
    readonly redisUrl: string
  }
}

export type TestServers = AsyncDisposable & {
  /** Superuser's URL of the throwaway server; clones of the template are made through it. */
  readonly postgresUrl: string
  readonly redisUrl: string
}

/** Starts one throwaway PostgreSQL, with a migrated template database, and one throwaway Redis. */
export async function startTestServers(): Promise<TestServers> {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  await execute(postgres.url, `create database ${template}`)
  await migrate({ url: withDatabase(postgres.url, template) })
  return {
    postgresUrl: postgres.url,
    redisUrl: redis.url,
    async [Symbol.asyncDispose]() {
      await Promise.all([postgres[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()])
    },
  }
}

export type TestDatabase = AsyncDisposable & { readonly url: string }

/** A fresh copy of the migrated template; it and whoever is still connected to it go at dispose. */
export async function cloneDatabase(postgresUrl: string): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await execute(postgresUrl, `create database ${name} template ${template}`)
  return {
    url: withDatabase(postgresUrl, name),
    [Symbol.asyncDispose]: () => execute(postgresUrl, `drop database ${name} with (force)`),
  }
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url)
  changed.pathname = name
  return changed.href
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
