import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@atermtrack/data'
import { startPostgres, startRedis } from '@atermtrack/servers'
import pg from 'pg'

export interface BenchServers extends AsyncDisposable {
  readonly redisUrl: string
  /** Holds workbooks and logs; removed with the servers. */
  readonly folder: string
  /** Makes an empty database with the whole schema and returns its address. */
  readonly createDatabase: (name: string) => Promise<string>
}

/** Starts PostgreSQL and Redis as durable as in production, in a folder that is removed with them. */
export async function openBenchServers(): Promise<BenchServers> {
  const folder = await mkdtemp(join(tmpdir(), 'atermtrack-bench-'))
  // PostgreSQL runs as another user when we are root.
  await chmod(folder, 0o755)
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), persistent: true })
  const redis = await startRedis({ dir: join(folder, 'redis'), appendOnly: true })
  return {
    redisUrl: redis.url,
    folder,
    createDatabase: (name) => createDatabase(postgres.url, name),
    async [Symbol.asyncDispose]() {
      await Promise.all([postgres[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()])
      // The data lie elsewhere when the server's user cannot enter the folder.
      await Promise.all([folder, postgres.dataDir].map((path) => rm(path, { recursive: true, force: true })))
    },
  }
}

async function createDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`create database ${pg.escapeIdentifier(name)}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = name
  await migrate({ url: url.href })
  return url.href
}
