import { randomBytes } from 'node:crypto'
import type { ServiceRole } from '@atermtrack/data'
import type { LauncherTexts } from '@atermtrack/messages'
import { databaseEnv, databaseUrl, type Env, readConfig } from '@atermtrack/runtime'
import { startPostgres } from '@atermtrack/servers'
import pg from 'pg'
import { withoutLogin } from '../parts-table.ts'
import type { Plan } from '../plan-parts.ts'
import { configuredPart, type Part } from './part.ts'

export interface PostgresPart extends Part {
  /** The address for the owner of the tables, who runs the migrations. */
  readonly url: string
  /** The role of the services on an embedded server; the migration makes it. */
  readonly serviceRole?: ServiceRole
}

/**
 * The database of the environment, or an embedded PostgreSQL. `dataDir` undefined: everything is removed at the end; on a
 * configured server the work takes place in a database made for it.
 */
export async function openPostgresPart(
  plan: Plan['postgres'],
  { env, dataDir, words }: { readonly env: Env; readonly dataDir: string | undefined; readonly words: LauncherTexts },
): Promise<PostgresPart> {
  if (plan === 'embedded') return startEmbedded(dataDir, words)
  const url = databaseUrl(readConfig(databaseEnv, env))
  return dataDir === undefined ? makeScratchDatabase(url, words) : toPart(url, words.from.environment)
}

async function startEmbedded(dataDir: string | undefined, words: LauncherTexts): Promise<PostgresPart> {
  const server = await startPostgres(dataDir === undefined ? {} : { dataDir, persistent: true })
  const part = toPart(
    server.url,
    `${words.from.embedded} ${server.version}`,
    dataDir === undefined ? undefined : (place) => words.filesIn(place, server.dataDir),
  )
  const serviceRole = { name: 'atermtrack_service', password: randomBytes(24).toString('base64url') }
  return {
    ...part,
    env: { DATABASE_URL: urlOf(serviceRole, server.url) },
    serviceRole,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

function urlOf({ name, password }: ServiceRole, server: string): string {
  const url = new URL(server)
  url.username = name
  url.password = password
  return url.href
}

function toPart(url: string, from: string, remark = (place: string) => place): PostgresPart {
  const row = { part: 'PostgreSQL', from, where: remark(withoutLogin(url)) }
  return { ...configuredPart(row, { DATABASE_URL: url }), url }
}

/** A walk leaves real data alone: it works in a database of its own beside the configured one. */
async function makeScratchDatabase(server: string, words: LauncherTexts): Promise<PostgresPart> {
  const name = `atermtrack_once_${randomBytes(4).toString('hex')}`
  await execute(server, `create database ${name}`)
  const url = new URL(server)
  url.pathname = name
  return {
    ...toPart(url.href, words.from.environment, words.droppedAtEnd),
    [Symbol.asyncDispose]: () => execute(server, `drop database ${name} with (force)`),
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
