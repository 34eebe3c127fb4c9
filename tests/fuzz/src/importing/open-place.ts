import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { migrate } from '@atermtrack/data'
import { type DovecotServer, startDovecot, startPostgres, startRedis } from '@atermtrack/servers'
import pg from 'pg'

/** Throwaway servers and what the ingester needs to find them. */
export interface Place extends AsyncDisposable {
  readonly inboxDir: string
  readonly mail: DovecotServer
  readonly client: pg.Client
  /** Environment of the ingester. */
  readonly env: Readonly<Record<string, string>>
}

/** Starts PostgreSQL with the whole schema, Redis and an IMAP server, and makes an empty drop folder. */
export async function openPlace(): Promise<Place> {
  const servers: AsyncDisposable[] = []
  const keep = async <T extends AsyncDisposable>(starting: Promise<T>): Promise<T> => {
    const server = await starting
    servers.push(server)
    return server
  }
  const inboxDir = await mkdtemp(join(tmpdir(), 'atermtrack-fuzz-'))
  const close = async () => {
    await Promise.all(servers.map(async (server) => server[Symbol.asyncDispose]()))
    await rm(inboxDir, { recursive: true, force: true })
  }
  try {
    const postgres = await keep(startPostgres())
    const redis = await keep(startRedis())
    const mail = await keep(startDovecot())
    await migrate({ url: postgres.url })
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    const env = {
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      INBOX_DIR: inboxDir,
      IMAP_SERVER: '127.0.0.1',
      IMAP_PORT: String(mail.port),
      IMAP_SECURE: 'false',
      IMAP_USER: mail.user,
      IMAP_PASS: mail.password,
      ADMIN_CHAT_ID: '1',
      // Lets the ingester import rosters from mail too.
      ROSTER_SENDERS: 'dispatcher@forwarder.example',
    }
    return {
      inboxDir,
      mail,
      client,
      env,
      async [Symbol.asyncDispose]() {
        await client.end()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
