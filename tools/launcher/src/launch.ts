import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, migrate, openDb } from '@atermtrack/data'
import type { Env } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { chooseOpsPorts } from './ops-ports.ts'
import { openMailPart, smtpPart } from './parts/mail.ts'
import type { Part } from './parts/part.ts'
import { openPostgresPart } from './parts/postgres.ts'
import { openRedisPart } from './parts/redis.ts'
import { openTelegramPart } from './parts/telegram.ts'
import { partsTable } from './parts-table.ts'
import { type Plan, planParts } from './plan-parts.ts'
import { serviceNames, type Services, startServices } from './services.ts'

export interface LaunchOptions {
  readonly root: string
  readonly env: Env
  /** Stores everything in a temporary folder that is removed, uses free ports, and keeps the services quiet. */
  readonly throwaway: boolean
  /** Aborted when the system is to be stopped. */
  readonly signal: AbortSignal
  /** Called with the processes to kill when there is no time to stop. */
  readonly onServices: (services: Services) => void
}

export interface RunningSystem {
  readonly plan: Plan
  readonly sandbox: Sandbox | undefined
  readonly db: Db
  /** The drop folder that holds the simulated reports. */
  readonly inboxDir: string
  readonly failed: Promise<never>
}

const chatPagePort = 8081

/** Starts every part, runs `work` once all services are ready, and stops everything in the opposite order. */
export async function launch(options: LaunchOptions, work: (system: RunningSystem) => Promise<void>): Promise<void> {
  const { root, env, throwaway, signal } = options
  const plan = planParts(env)
  await using folder = throwaway ? await temporaryFolder() : keptFolder(join(root, 'var'))
  const kept = (name: string) => (throwaway ? undefined : join(folder.path, name))
  const inboxDir = join(folder.path, 'inbox')
  const host = env['OPS_HOST'] || '127.0.0.1'
  const ports = await chooseOpsPorts(env['OPS_PORT'], { host, count: serviceNames.length })

  await using postgres = await openPostgresPart(plan.postgres, { env, dataDir: kept('postgres') })
  signal.throwIfAborted()
  await using redis = await openRedisPart(plan.redis, { env, dir: kept('redis') })
  signal.throwIfAborted()
  await using telegram = await openTelegramPart(plan.telegram, { env, port: throwaway ? 0 : chatPagePort })
  await using mail = await openMailPart(plan.mail, { env, dir: inboxDir })
  const parts: readonly Part[] = [postgres, redis, telegram, mail, smtpPart(plan.smtp, env)]
  const services = serviceNames.map((name, index) => ({
    part: name,
    from: 'process',
    where: `health checks http://${host}:${ports[index]}/readyz`,
  }))
  console.log(`\n${partsTable([...parts.map(({ row }) => row), ...services])}\n`)

  await migrate({ url: postgres.url, serviceRole: postgres.serviceRole }).catch((error: Error) => {
    throw new Error(`PostgreSQL (${postgres.row.where}) could not be prepared: ${error.message}`, { cause: error })
  })
  signal.throwIfAborted()
  const serviceEnv = Object.assign({ ...env }, ...parts.map((part) => part.env)) as Env
  await using db = openDb({ url: postgres.url, poolSize: 1 })
  await using running = startServices({ root, env: serviceEnv, host, ports, quiet: throwaway })
  options.onServices(running)
  await running.ready(signal)
  await work({ plan, sandbox: telegram.sandbox, db, inboxDir, failed: running.failed })
}

interface Folder extends AsyncDisposable {
  readonly path: string
}

async function temporaryFolder(): Promise<Folder> {
  const path = await mkdtemp(join(tmpdir(), 'atermtrack-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}

function keptFolder(path: string): Folder {
  return { path, [Symbol.asyncDispose]: async () => undefined }
}
