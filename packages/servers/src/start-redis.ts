import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureCommand } from './ensure-command.ts'
import { openServer, type Server } from './open-server.ts'
import { probe } from './probe.ts'
import { startServerProcess } from './server-process.ts'

export type RedisOptions = {
  /** Kept at dispose; without it a temporary folder is used and removed. */
  readonly dir?: string | undefined
  readonly port?: number | undefined
  /** Every write is on disk within a second. Without it nothing survives a restart. */
  readonly appendOnly?: boolean | undefined
}

export type RedisServer = Server & { readonly url: string; readonly dir: string }

/** Starts Redis (or Valkey) on 127.0.0.1, installing it if need be, and waits until its data is loaded. */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer> {
  const command = await ensureCommand({
    command: 'redis-server',
    alternatives: ['valkey-server'],
    debianPackage: 'redis-server',
  })
  const dir = options.dir === undefined ? await mkdtemp(join(tmpdir(), 'atermtrack-redis-')) : resolve(options.dir)
  await mkdir(dir, { recursive: true })
  const server = await openServer({
    port: options.port,
    launch: (port) => launchRedis({ command, dir, port, appendOnly: options.appendOnly ?? false }),
    temporaryFolder: options.dir === undefined ? dir : undefined,
    discard: (process) => process.kill9(),
  })
  return { ...server, url: `redis://${server.host}:${server.port}`, dir }
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
    async isReady(pid) {
      const info = (await probe(port, Buffer.from('INFO\r\n'))).toString()
      return info.includes(`\nprocess_id:${pid}\r`) && info.includes('\nloading:0\r')
    },
  })
}
