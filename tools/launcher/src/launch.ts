import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Db, migrate, openDb } from '@atermtrack/data'
import { type Language, launcherTexts, type LauncherTexts } from '@atermtrack/messages'
import type { Env } from '@atermtrack/runtime'
import type { Sandbox } from '@atermtrack/sandbox'
import { chooseOpsPorts } from './ops-ports.ts'
import { openMailPart, smtpPart } from './parts/mail.ts'
import type { Part } from './parts/part.ts'
import { openPostgresPart } from './parts/postgres.ts'
import { openRedisPart } from './parts/redis.ts'
import { openTelegramPart } from './parts/telegram.ts'
import { partsTable } from './parts-table.ts'
import { isDemo, type Plan, planParts } from './plan-parts.ts'
import { openDemo, writePartnerReport } from './demo/open-demo.ts'
import { machineLanguage } from './machine-language.ts'
import { writeRunningFile } from './running/running-file.ts'
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
  /** That of the machine. */
  readonly language: Language
  readonly words: LauncherTexts
  /** The settings of the services. */
  readonly env: Env
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
  const language = machineLanguage(env)
  const words = launcherTexts[language]
  await using folder = throwaway ? await temporaryFolder() : keptFolder(join(root, 'var'))
  const kept = (name: string) => (throwaway ? undefined : join(folder.path, name))
  const inboxDir = join(folder.path, 'inbox')
  const host = env['OPS_HOST'] || '127.0.0.1'
  const ports = await chooseOpsPorts(env['OPS_PORT'], { host, count: serviceNames.length })

  await using postgres = await openPostgresPart(plan.postgres, { env, dataDir: kept('postgres'), words })
  signal.throwIfAborted()
  await using redis = await openRedisPart(plan.redis, { env, dir: kept('redis'), words })
  signal.throwIfAborted()
  await using telegram = await openTelegramPart(plan.telegram, {
    env,
    port: throwaway ? 0 : chatPagePort,
    dir: kept('sandbox'),
    // A walk speaks Russian.
    language: throwaway ? 'ru' : language,
    words,
  })
  await using mail = await openMailPart(plan.mail, { env, dir: inboxDir, words })
  const parts: readonly Part[] = [postgres, redis, telegram, mail, smtpPart(plan.smtp, { env, words })]
  const services = serviceNames.map((name, index) => ({
    part: name,
    from: words.from.process,
    where: words.healthChecks(`http://${host}:${ports[index]}/readyz`),
  }))
  console.log(`\n${partsTable([...parts.map(({ row }) => row), ...services], words.table)}\n`)

  await migrate({ url: postgres.url, serviceRole: postgres.serviceRole }).catch((error: Error) => {
    throw new Error(`PostgreSQL (${postgres.row.where}) could not be prepared: ${error.message}`, { cause: error })
  })
  signal.throwIfAborted()
  const serviceEnv = Object.assign({ ...env }, ...parts.map((part) => part.env)) as Env
  await using db = openDb({ url: postgres.url, poolSize: 1 })
  if (!throwaway) await prepareDemo(plan, { db, sandbox: telegram.sandbox, inboxDir, language })
  const address = telegram.sandbox?.pageUrl ?? `http://${host}:${ports[0]}/readyz`
  await using _file = throwaway
    ? undefined
    : await writeRunningFile(join(folder.path, 'running.json'), {
        said: words.isRunning(address, process.pid),
        env: { ...Object.assign({}, ...parts.map((part) => part.env)), DATABASE_URL: postgres.url },
      })
  const quiet = throwaway || isDemo(plan, env)
  await using running = startServices({ root, env: serviceEnv, host, ports, quiet })
  options.onServices(running)
  await running.ready(signal)
  const { sandbox } = telegram
  await work({ plan, language, words, env: serviceEnv, sandbox, db, inboxDir, failed: running.failed })
}

interface Demo extends Pick<RunningSystem, 'db' | 'sandbox' | 'inboxDir' | 'language'> {}

/** People and a file that an admin can try things on; only where people and files are not real. */
async function prepareDemo(plan: Plan, { db, sandbox, inboxDir, language }: Demo): Promise<void> {
  if (plan.mail !== 'simulated' || !sandbox) return
  await openDemo(db, sandbox, language)
  await writePartnerReport(inboxDir, language)
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
