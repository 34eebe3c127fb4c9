import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { Env } from '@atermtrack/runtime'
import { utf8Environment } from '@atermtrack/servers'

const setpriv = '/usr/bin/setpriv'

export interface SupervisorOptions {
  readonly name: string
  /** Program and arguments. */
  readonly command: readonly [string, ...string[]]
  readonly env: Env
  /** Gets every line that the process writes, and the messages of the supervisor. */
  readonly onLine: (line: string) => void
  /** Dying sooner after a start is a quick death; by default 10,000. */
  readonly quickMs?: number
  /** Pause after the first death; it doubles with every further quick one. By default 1,000. */
  readonly pauseMs?: number
  /** How long a stopping process may take before it is killed; by default 25,000. */
  readonly graceMs?: number
}

export interface SupervisedProcess {
  /** Rejects when the process has died quickly three times in a row; it is not started again then. */
  readonly givenUp: Promise<never>
  /** Sends SIGTERM once, waits, and returns how the process ended. */
  readonly stop: () => Promise<string>
  /** Ends the process at once. */
  readonly kill: () => void
}

const maxQuickDeaths = 3

/** Starts a process and starts it again when it dies by itself. */
export function supervise(options: SupervisorOptions): SupervisedProcess {
  const { name, onLine, quickMs = 10_000, pauseMs = 1_000, graceMs = 25_000 } = options
  const stopping = new AbortController()
  let child = spawnChild(options)
  let gaveUp: (error: Error) => void
  const givenUp = new Promise<never>((_resolve, reject) => (gaveUp = reject))
  // Nobody awaits this promise while the system stops.
  givenUp.catch(() => undefined)
  const ended = keepAlive()

  async function keepAlive(): Promise<string> {
    for (let deaths = 0; ;) {
      const startedAt = performance.now()
      const ending = await endingOf(child)
      if (stopping.signal.aborted) return ending
      deaths = performance.now() - startedAt < quickMs ? deaths + 1 : 1
      if (deaths >= maxQuickDeaths) {
        gaveUp(new Error(`${name} does not stay up: it ended ${deaths} times in a row, the last time with ${ending}`))
        return ending
      }
      onLine(`${name} ended with ${ending}, it is started again`)
      await delay(pauseMs * 2 ** (deaths - 1), undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return ending
      child = spawnChild(options)
    }
  }

  return {
    givenUp,
    async stop() {
      stopping.abort()
      child.kill('SIGTERM')
      const timer = setTimeout(() => killGroup(child), graceMs)
      const ending = await ended
      clearTimeout(timer)
      return ending
    },
    kill() {
      stopping.abort()
      killGroup(child)
    },
  }
}

function spawnChild({ command, env, onLine }: SupervisorOptions): ChildProcess {
  // The kernel ends it even if we are killed; setpriv then becomes the program.
  const [program, ...args] = existsSync(setpriv) ? [setpriv, '--pdeathsig', 'TERM', ...command] : command
  // detached: Ctrl-C reaches a terminal's whole process group, and the services take a second signal as "at once".
  const child = spawn(program, args, {
    env: utf8Environment(env),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  child.on('error', (error) => onLine(`cannot start ${program}: ${error.message}`))
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine)
  return child
}

async function endingOf(child: ChildProcess): Promise<string> {
  // Not events.once: it would throw at the error of a program that cannot be started.
  if (child.exitCode === null && child.signalCode === null) await new Promise((resolve) => child.once('close', resolve))
  return child.signalCode ?? `code ${child.exitCode}`
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  process.kill(-child.pid, 'SIGKILL')
}
