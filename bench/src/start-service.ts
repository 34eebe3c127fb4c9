import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, utf8Environment } from '@atermtrack/servers'
import { waitUntil } from '@atermtrack/testkit'

const setpriv = '/usr/bin/setpriv'
const stopTimeoutMs = 20_000

export interface ServiceOptions {
  readonly name: 'bot' | 'ingester' | 'reporter'
  readonly env: Readonly<Record<string, string>>
  /** The file of its log. */
  readonly folder: string
}

export interface RunningService extends AsyncDisposable {
  readonly pid: number
  readonly healthUrl: string
}

/** Starts a built service as its own process, with `env` and nothing else, and waits until it says that it can work. */
export async function startService({ name, env, folder }: ServiceOptions): Promise<RunningService> {
  const port = await freePort()
  const logFile = join(folder, `${name}.log`)
  const child = await spawnService(name, { ...env, OPS_PORT: String(port), OPS_HOST: '127.0.0.1' }, logFile)
  try {
    await untilReady(child, `http://127.0.0.1:${port}/readyz`, name)
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`${name} did not start:\n${await readFile(logFile, 'utf8')}`, { cause: error })
  }
  return {
    pid: child.pid ?? 0,
    healthUrl: `http://127.0.0.1:${port}/healthz`,
    [Symbol.asyncDispose]: () => stop(child),
  }
}

async function spawnService(name: string, env: Readonly<Record<string, string>>, logFile: string) {
  const main = fileURLToPath(new URL(`../../services/${name}/dist/main.js`, import.meta.url))
  // The kernel ends it even if we are killed; setpriv then becomes the service, so the pid stays.
  const command = [process.execPath, '--enable-source-maps', main] as const
  const [program, ...args] = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM', ...command] : command
  const log = await open(logFile, 'a')
  try {
    const child = spawn(program, args, { env: utf8Environment(env), stdio: ['ignore', log.fd, log.fd] })
    await once(child, 'spawn')
    return child
  } finally {
    await log.close()
  }
}

async function untilReady(child: ChildProcess, url: string, name: string): Promise<void> {
  const isReady = async () => {
    if (hasEnded(child)) throw new Error(`it ended with ${child.signalCode ?? child.exitCode}`)
    // A service that is not up yet refuses the connection.
    const answer = await fetch(url).catch(() => undefined)
    return answer?.ok === true
  }
  await waitUntil(isReady, { what: `the ${name}`, timeoutMs: 60_000 })
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
  await gone
  clearTimeout(timer)
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}
