import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort, utf8Environment } from '@atermtrack/servers'
import { waitUntil } from '@atermtrack/testkit'

/** The folder of this release; another may be built elsewhere. */
const ownRoot = join(import.meta.dirname, '../../..')
const readyTimeoutMs = 120_000
const stopTimeoutMs = 40_000

export type ServiceName = 'bot' | 'ingester' | 'reporter'
export type ServiceEnv = Readonly<Record<string, string>>

/** One built service in a process of its own, over all its restarts. */
export interface ServiceProcess extends AsyncDisposable {
  readonly name: ServiceName
  /** All lines of its output, oldest first. */
  readonly lines: readonly string[]
  /** The address of its health checks. */
  readonly opsPort: number
  /** Resolves when `/readyz` says that it can work. Rejects when it ends or is not ready within two minutes. */
  readonly ready: () => Promise<void>
  /** Whether `/readyz` reports at this moment that it can work. */
  readonly isReady: () => Promise<boolean>
  readonly isRunning: () => boolean
  /** Sends a signal and does not wait for anything. */
  readonly signal: (name: NodeJS.Signals) => void
  /** Resolves when it has ended, with its exit code; undefined when a signal ended it. */
  readonly ended: () => Promise<number | undefined>
  /** The process id since the last start. */
  readonly pid: () => number
  /** Kills the process as a power cut would. */
  readonly kill9: () => Promise<void>
  readonly sigterm: () => Promise<{ readonly code: number | undefined; readonly ms: number }>
  /** Starts it again with the same settings; the last process must have ended. */
  readonly start: () => void
}

/** Starts a built service of a release; `env` is its whole environment except the paths of the machine. */
export async function startService(name: ServiceName, env: ServiceEnv, root = ownRoot): Promise<ServiceProcess> {
  const port = await freePort()
  const lines: string[] = []
  const main = join(root, 'services', name, 'dist/main.js')
  const launch = () => launchService(main, { OPS_HOST: '127.0.0.1', ...env, OPS_PORT: String(port) }, lines)
  let child = launch()
  const isRunning = () => child.exitCode === null && child.signalCode === null

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (!isRunning()) return
    const gone = once(child, 'exit')
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await gone
    clearTimeout(timer)
  }
  const isReady = async () => {
    // It refuses connections until it is up.
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    await answer?.text()
    return answer?.ok === true
  }

  return {
    name,
    opsPort: port,
    lines,
    isReady,
    isRunning,
    pid: () => child.pid ?? 0,
    async ready() {
      const isUp = async () => {
        if (!isRunning()) throw new Error(`the ${name} ended with ${child.signalCode ?? child.exitCode}`)
        return isReady()
      }
      await waitUntil(isUp, { what: `a ready ${name}`, timeoutMs: readyTimeoutMs })
    },
    signal: (signal) => void child.kill(signal),
    async ended() {
      if (isRunning()) await once(child, 'exit')
      return child.exitCode ?? undefined
    },
    kill9: () => end('SIGKILL'),
    async sigterm() {
      const startedAt = performance.now()
      await end('SIGTERM')
      return { code: child.exitCode ?? undefined, ms: performance.now() - startedAt }
    },
    start() {
      if (isRunning()) throw new Error(`the ${name} runs already`)
      child = launch()
    },
    [Symbol.asyncDispose]: () => end('SIGKILL'),
  }
}

function launchService(main: string, env: ServiceEnv, lines: string[]): ChildProcess {
  const { PATH, HOME = '/' } = process.env
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: utf8Environment({ PATH, HOME, ...env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const input of [child.stdout, child.stderr]) {
    createInterface({ input }).on('line', (line) => lines.push(line))
  }
  return child
}
