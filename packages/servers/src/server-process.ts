import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { utf8Environment } from './utf8-environment.ts'

const setpriv = '/usr/bin/setpriv'
const readyTimeoutMs = 60_000
const stopTimeoutMs = 20_000

export type ServerProcessOptions = {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Output is appended here, and its tail is shown when the server does not start. */
  readonly logFile: string
  /** Stops the server in order: sent by stop(), and by the kernel when we die. */
  readonly stopSignal: 'SIGINT' | 'SIGTERM'
  readonly account?: { readonly uid: number; readonly gid: number } | undefined
  /** Whether the process of this pid serves, and not another one on its port; false or a throw is "not yet". */
  readonly isReady: (pid: number) => Promise<boolean>
}

export type ServerProcess = {
  readonly pid: number
  /** Resolves when the process is gone; does nothing when it is gone already. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<void>
  /** As a power cut: the server and all its children at once, without a shutdown. */
  readonly kill9: () => Promise<void>
  /** Stops the server and all its children in the middle of their work: it keeps its connections and answers nothing. */
  readonly freeze: () => Promise<void>
  readonly thaw: () => Promise<void>
}

/** Starts a server and waits until it serves. Rejects with the tail of its log when it ends or is not ready in 60 s. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const child = await spawnServer(options)
  const pid = child.pid ?? 0
  const server = {
    pid,
    stop: createStop(child, options.stopSignal),
    kill9: createKill9(child),
    freeze: async () => signalAll(pid, 'SIGSTOP'),
    thaw: async () => signalAll(pid, 'SIGCONT'),
  }
  try {
    await untilReady(child, options)
    return server
  } catch (error) {
    await server.kill9()
    throw error
  }
}

async function spawnServer({ command, args, logFile, stopSignal, account }: ServerProcessOptions) {
  // The kernel stops the server even if we are killed; setpriv then becomes the server, so the pid stays.
  const line = existsSync(setpriv)
    ? [setpriv, '--pdeathsig', stopSignal.slice('SIG'.length), command, ...args]
    : [command, ...args]
  const log = await open(logFile, 'a')
  try {
    // detached: Ctrl-C reaches a terminal's whole process group, but servers must outlive the clients' last words.
    const child = spawn(line[0] ?? command, line.slice(1), {
      ...account,
      cwd: '/',
      env: utf8Environment(),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    await once(child, 'spawn')
    return child
  } finally {
    await log.close()
  }
}

async function untilReady(child: ChildProcess, { name, logFile, isReady }: ServerProcessOptions): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs
  while (!hasEnded(child)) {
    if (await isReady(child.pid ?? 0).catch(() => false)) return
    if (Date.now() > deadline) {
      throw new Error(`${name} was not ready after ${readyTimeoutMs / 1000} s:\n${await tailOf(logFile)}`)
    }
    await delay(20)
  }
  throw new Error(`${name} ended with ${child.signalCode ?? child.exitCode} while starting:\n${await tailOf(logFile)}`)
}

function createStop(child: ChildProcess, stopSignal: NodeJS.Signals): ServerProcess['stop'] {
  return async (signal = stopSignal) => {
    if (hasEnded(child)) return
    const gone = once(child, 'exit')
    // One that is frozen would not hear it.
    if (child.pid !== undefined) await signalAll(child.pid, 'SIGCONT')
    child.kill(signal)
    const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
    await gone
    clearTimeout(timer)
  }
}

function createKill9(child: ChildProcess): ServerProcess['kill9'] {
  return async () => {
    if (hasEnded(child) || child.pid === undefined) return
    const gone = once(child, 'exit')
    const descendants = await listDescendants(child.pid)
    child.kill('SIGKILL')
    for (const pid of descendants) kill(pid, 'SIGKILL')
    await gone
    // A server's port and shared memory belong to its children too: free only when the last one is gone.
    while (descendants.some((pid) => isAlive(pid))) await delay(10)
  }
}

async function listDescendants(pid: number): Promise<readonly number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  const children = text.split(' ').filter(Boolean).map(Number)
  return [...children, ...(await Promise.all(children.map(listDescendants))).flat()]
}

/** The server first, so that it makes no children meanwhile. */
async function signalAll(pid: number, signal: NodeJS.Signals): Promise<void> {
  kill(pid, signal)
  for (const descendant of await listDescendants(pid)) kill(descendant, signal)
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    // "pid (name) state …": a zombie holds nothing any more, and nobody may ever reap it in a container.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function tailOf(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8')
  return text.trimEnd().split('\n').slice(-15).join('\n')
}
