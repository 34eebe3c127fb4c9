import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureCommand } from './ensure-command.ts'
import { probe } from './probe.ts'
import { retryOnTakenPort } from './retry-on-taken-port.ts'
import { startServerProcess } from './server-process.ts'

export type RedisOptions = {
  /** Kept at dispose; without it a temporary folder is used and removed. */
  readonly dir?: string | undefined
  readonly port?: number | undefined
  /** Every write is on disk within a second. Without it nothing survives a restart. */
  readonly appendOnly?: boolean | undefined
}

export type RedisServer = AsyncDisposable & {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly dir: string
  readonly stop: () => Promise<void>
  readonly kill9: () => Promise<void>
  /** Stops it if it runs, then starts it on the same port and folder. */
  readonly restart: () => Promise<void>
}

/** Starts Redis (or Valkey) on 127.0.0.1, installing it if need be, and waits until its data is loaded. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const command = await ensureCommand({
    command: 'redis-server',
    alternatives: ['valkey-server'],
    debianPackage: 'redis-server',
  })
  const dir = options.dir === undefined ? await mkdtemp(join(tmpdir(), 'atermtrack-redis-')) : resolve(options.dir)
  await mkdir(dir, { recursive: true })
  const launch = (port: number) => launchRedis({ command, dir, port, appendOnly: options.appendOnly ?? false })
  const { port, process } = await retryOnTakenPort(options.port, async (port) => ({
    port,
    process: await launch(port),
  }))

  let running = process
  return {
    url: `redis://127.0.0.1:${port}`,
    host: '127.0.0.1',
    port,
    dir,
    stop: () => running.stop(),
    kill9: () => running.kill9(),
    async restart() {
      await running.stop()
      running = await launch(port)
    },
    async [Symbol.asyncDispose]() {
      await running.stop()
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true })
    },
  }
}

type Launch = { readonly command: string; readonly dir: string; readonly port: number; readonly appendOnly: boolean }

async function launchRedis({ command, dir, port, appendOnly }: Launch) {
  const settings = {
    bind: '127.0.0.1',
    port: String(port),
    dir,
    // BullMQ loses jobs when Redis evicts keys.
    'maxmemory-policy': 'noeviction',
    save: '',
    appendonly: appendOnly ? 'yes' : 'no',
  }
  return startServerProcess({
    name: 'Redis',
    command,
    args: Object.entries(settings).flatMap(([key, value]) => [`--${key}`, value]),
    logFile: join(dir, 'redis.log'),
    stopSignal: 'SIGTERM',
    isReady: async () => (await probe(port, Buffer.from('PING\r\n'))).toString().startsWith('+PONG'),
  })
}
