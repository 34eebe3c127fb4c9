import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Env } from '@atermtrack/runtime'
import { Interrupted } from './interrupts.ts'
import { readableLogLine } from './log-lines.ts'
import { supervise, type SupervisedProcess } from './process-supervisor.ts'

export const serviceNames = ['bot', 'ingester', 'reporter'] as const
export type ServiceName = (typeof serviceNames)[number]

export interface Services extends AsyncDisposable {
  /** Resolves when all of them report that they can work. Rejects when that takes over a minute, or one does not stay up. */
  readonly ready: (signal: AbortSignal) => Promise<void>
  /** Rejects when one does not stay up. */
  readonly failed: Promise<never>
  readonly kill: () => void
}

export interface ServicesOptions {
  readonly root: string
  readonly env: Env
  readonly host: string
  /** In the order of `serviceNames`. */
  readonly ports: readonly number[]
  /** Show warnings and errors only. */
  readonly quiet: boolean
}

const readyTimeoutMs = 60_000

/** Starts the three services as processes of their own and shows what they log. */
export function startServices({ root, env, host, ports, quiet }: ServicesOptions): Services {
  const colour = process.stdout.isTTY && !process.env['NO_COLOR']
  const processes = serviceNames.map((service, index) => ({
    service,
    port: ports[index] ?? 0,
    process: supervise({
      name: service,
      command: [process.execPath, '--enable-source-maps', join(root, 'services', service, 'dist', 'main.js')],
      env: { ...env, OPS_PORT: String(ports[index]), OPS_HOST: host },
      onLine(line) {
        const text = readableLogLine(line, { service, colour, atLeast: quiet ? 'warn' : 'trace' })
        if (text !== undefined) console.log(text)
      },
    }),
  }))
  const failed = Promise.race(processes.map(({ process }) => process.givenUp))
  failed.catch(() => undefined)
  return {
    failed,
    async ready(signal) {
      const enough = new AbortController()
      const onAbort = () => enough.abort(signal.reason)
      signal.addEventListener('abort', onAbort)
      const timer = setTimeout(() => enough.abort(new Error('late')), readyTimeoutMs)
      const all = processes.map(({ service, port }) => untilReady({ service, host, port, enough: enough.signal }))
      try {
        await Promise.race([Promise.all(all), failed])
      } finally {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        enough.abort()
      }
    },
    kill: () => processes.forEach(({ process }) => process.kill()),
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map(async ({ service, process }) => stop(service, process)))
    },
  }
}

async function stop(service: ServiceName, supervised: SupervisedProcess): Promise<void> {
  const ending = await supervised.stop()
  if (ending === 'code 0') return
  console.error(`${service} did not stop cleanly: it ended with ${ending}`)
  process.exitCode = 1
}

interface Awaited {
  readonly service: ServiceName
  readonly host: string
  readonly port: number
  readonly enough: AbortSignal
}

async function untilReady({ service, host, port, enough }: Awaited): Promise<void> {
  const url = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}/readyz`
  let state = 'no answer'
  while (!enough.aborted) {
    // A service that is not up yet refuses the connection.
    const answer = await fetch(url, { signal: enough }).catch(() => undefined)
    if (answer?.ok) return
    if (answer) state = await answer.text().catch(() => state)
    await delay(100)
  }
  if (enough.reason instanceof Interrupted) throw enough.reason
  throw new Error(`${service} was not ready after ${readyTimeoutMs / 1_000} s: ${state}`)
}
