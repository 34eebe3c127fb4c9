import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createInterface } from 'node:readline'
import { freePort, utf8Environment } from '@atermtrack/servers'
import { waitUntil } from '@atermtrack/testkit'

export interface IngesterProcess extends AsyncDisposable {
  readonly pid: number
  readonly healthUrl: string
  /** What is wrong with the process: it ended, or it logged a failed job. Undefined while all is well. */
  readonly trouble: () => string | undefined
  /** Ends it with SIGTERM and returns its exit code, undefined when it had to be killed. */
  readonly stop: () => Promise<number | undefined>
}

const main = fileURLToPath(new URL('../../../../services/ingester/dist/main.js', import.meta.url))
const setpriv = '/usr/bin/setpriv'
const stopTimeoutMs = 25_000
const linesKept = 40
/** A handler must record its outcome in a row; a throw is our own fault, whatever the file holds. */
const troubles = ['job failed', 'job cannot succeed', 'job will be tried again', 'job stalled', 'could not record']

/** Starts the built ingester with no settings but `env`, and waits until it is ready. */
export async function startIngester(env: Readonly<Record<string, string>>): Promise<IngesterProcess> {
  const port = await freePort()
  const { PATH, HOME = '/' } = process.env
  const command = [process.execPath, '--enable-source-maps', main] as const
  // The kernel ends it even if we are killed; setpriv then becomes the ingester, so the pid stays.
  const [program, ...args] = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM', ...command] : command
  const child = spawn(program, args, {
    env: utf8Environment({ PATH, HOME, ...env, OPS_PORT: String(port), OPS_HOST: '127.0.0.1' }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = watchLog(child)
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null
  const trouble = () =>
    hasEnded() ? `the ingester ended with ${child.signalCode ?? child.exitCode}:\n${log.tail()}` : log.trouble()
  const isReady = async () => {
    if (hasEnded()) throw new Error(trouble())
    // It refuses connections until it is up.
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined)
    return answer?.ok === true
  }
  const stop = async () => {
    if (hasEnded()) return child.exitCode ?? undefined
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await gone
    clearTimeout(timer)
    return child.exitCode ?? undefined
  }
  try {
    await waitUntil(isReady, { what: 'the ingester', timeoutMs: 60_000 })
  } catch (error) {
    await stop()
    throw error
  }
  return {
    pid: child.pid ?? 0,
    healthUrl: `http://127.0.0.1:${port}/healthz`,
    trouble,
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  }
}

interface WatchedLog {
  readonly tail: () => string
  readonly trouble: () => string | undefined
}

function watchLog(child: ChildProcess): WatchedLog {
  const last: string[] = []
  let found: string | undefined
  for (const input of [child.stdout, child.stderr]) {
    if (!input) continue
    createInterface({ input }).on('line', (line) => {
      last.push(line)
      if (last.length > linesKept) last.shift()
      if (troubles.some((trouble) => line.includes(trouble))) found ??= inShort(line)
    })
  }
  return { tail: () => last.join('\n'), trouble: () => found }
}

/** A line of the log without the time and the like. */
function inShort(line: string): string {
  const { msg, queue, err } = JSON.parse(line) as { msg: string; queue?: string; err?: { stack?: string } }
  return `${msg} (${queue}): ${err?.stack}`
}
