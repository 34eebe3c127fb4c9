import { startSandbox, type Sandbox, type SandboxOptions } from '@atermtrack/sandbox'
import { asService } from '@atermtrack/testkit'
import { onTestFailed, onTestFinished } from 'vitest'
import { type ServiceEnv, type ServiceName, type ServiceProcess, startService } from './service-process.ts'

/** Shaped like a real one, so that redaction is tested too. */
export const botToken = '7000000001:AAsystemTestTokenLongEnoughToLookReal'

const linesShown = 150

export interface SystemOptions {
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly queuePrefix: string
  readonly sandbox?: Sandbox
  /** For every service. */
  readonly env?: ServiceEnv
}

export interface System extends AsyncDisposable {
  /** Starts a service, or one more replica of it, and does not wait until it is ready. `release` is the folder of another release. */
  readonly start: (name: ServiceName, env?: ServiceEnv, release?: string) => Promise<ServiceProcess>
  readonly services: readonly ServiceProcess[]
  readonly ready: () => Promise<void>
}

/** The services of one test. They end with it, and their logs are shown if it fails. */
export function createSystem({ databaseUrl, redisUrl, queuePrefix, sandbox, env = {} }: SystemOptions): System {
  const services: ServiceProcess[] = []
  const common = {
    DATABASE_URL: asService(databaseUrl),
    REDIS_URL: redisUrl,
    QUEUE_PREFIX: queuePrefix,
    ...(sandbox && { BOT_TOKEN: botToken, TELEGRAM_API_ROOT: sandbox.apiRoot }),
    ACCESS_MODE: 'open',
    ...env,
  }
  onTestFailed(() => services.forEach(showLog))
  const endAll = async () => void (await Promise.all(services.map((service) => service[Symbol.asyncDispose]())))
  // A test that times out never reaches its disposals.
  onTestFinished(endAll)
  return {
    services,
    async start(name, own = {}, release) {
      const service = await startService(name, { ...common, ...own }, release)
      services.push(service)
      return service
    },
    ready: async () => void (await Promise.all(services.map(({ ready }) => ready()))),
    [Symbol.asyncDispose]: endAll,
  }
}

/** A sandbox that accepts no other token than the services'. */
export async function openSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return startSandbox({ token: botToken, ...options })
}

function showLog({ name, lines }: ServiceProcess): void {
  process.stderr.write(`\n── ${name}, the last of ${lines.length} lines ──\n${lines.slice(-linesShown).join('\n')}\n`)
}
