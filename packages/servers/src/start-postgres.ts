import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Account, serverAccount } from './account.ts'
import { openServer, type Server } from './open-server.ts'
import { postgresDataFolder, postgresProgram, temporaryDataFolder } from './postgres-place.ts'
import { startServerProcess } from './server-process.ts'
import { utf8Environment } from './utf8-environment.ts'

const run = promisify(execFile)

export type PostgresOptions = {
  /** Folder with `bin`, `lib` and `share` of PostgreSQL; by default that of the installed package. */
  readonly program?: string | undefined
  /** Where a persistent server keeps its files. Root's may land elsewhere, see `dataDir` of the result. */
  readonly dataDir?: string | undefined
  readonly port?: number | undefined
  /** true: durable, kept. false: no fsync, removed at dispose. */
  readonly persistent?: boolean | undefined
  /** `dataDir` of a stopped server, whose databases and password the new one gets: a copy takes a tenth of the time of initdb. */
  readonly copyOf?: string | undefined
}

export type PostgresServer = Server & {
  /** Holds the password: not for logs. */
  readonly url: string
  readonly dataDir: string
  readonly version: string
}

type Cluster = {
  readonly program: string
  readonly folder: string
  readonly account: Account | undefined
  readonly persistent: boolean
}

/** Starts PostgreSQL on 127.0.0.1 and waits until it takes connections; a second start on the same files is refused. */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
  const { dataDir, persistent = false, copyOf } = options
  if (persistent && dataDir === undefined) throw new Error('a persistent PostgreSQL needs a dataDir')
  const account = await serverAccount(['postgres', 'nobody'])
  const program = await postgresProgram(account, options.program)
  const folder = await (dataDir === undefined ? temporaryDataFolder(account) : postgresDataFolder(dataDir, account))
  const cluster = { program, folder, account, persistent }

  if (copyOf !== undefined) await run('cp', ['-a', `${copyOf}/.`, folder])
  const password = await initialise(cluster)
  await untilReleased(clusterFolder(cluster))
  const server = await openServer({
    port: options.port,
    launch: (port) => launch(cluster, port),
    temporaryFolder: persistent ? undefined : folder,
    // Not kill9: only the server itself frees its piece of System V shared memory.
    discard: (process) => process.stop('SIGQUIT'),
  })
  return {
    ...server,
    url: `postgres://postgres:${password}@${server.host}:${server.port}/postgres`,
    dataDir: folder,
    version: (await readFile(join(clusterFolder(cluster), 'PG_VERSION'), 'utf8')).trim(),
  }
}

function clusterFolder({ folder }: Cluster): string {
  return join(folder, 'cluster')
}

/** Makes the database files once and returns the superuser's password. */
async function initialise(cluster: Cluster): Promise<string> {
  const { folder, program, account, persistent } = cluster
  const passwordFile = join(folder, 'password')
  const isComplete = await stat(clusterFolder(cluster)).then(
    () => true,
    () => false,
  )
  if (isComplete) return readFile(passwordFile, 'utf8')

  const password = randomBytes(24).toString('base64url')
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) await chown(passwordFile, account.uid, account.gid)
  // The name appears only with the rename: a half-made cluster is never taken for a whole one.
  const partial = join(folder, 'cluster.partial')
  await rm(partial, { recursive: true, force: true })
  const args = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8']
  // The builtin provider knows Cyrillic letters without any locale of the operating system.
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--pgdata', partial)
  if (!persistent) args.push('--no-sync')
  await run(join(program, 'bin/initdb'), args, { ...account, cwd: '/', env: utf8Environment() })
  await rename(partial, clusterFolder(cluster))
  return password
}

/** Waits for a server whose launcher was killed to end. PostgreSQL itself sees through a stale postmaster.pid. */
async function untilReleased(cluster: string): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const pid = await livePostmaster(cluster)
    if (pid === undefined) return
    if (waitedMs >= 10_000) {
      throw new Error(`PostgreSQL already runs on ${cluster}; if it was left behind, type: kill -INT ${pid}`)
    }
    await delay(100)
  }
}

async function livePostmaster(cluster: string): Promise<string | undefined> {
  const { pid } = await readPostmasterFile(cluster)
  if (!pid) return undefined
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return commandLine.split('\0').includes(cluster) ? pid : undefined
}

/** The server's own note: its pid in the first line, its state ("starting", "ready", …) in the eighth. */
async function readPostmasterFile(cluster: string) {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')
  const lines = text.split('\n').map((line) => line.trim())
  return { pid: lines[0], state: lines[7] }
}

async function launch(cluster: Cluster, port: number) {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '200',
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(cluster.persistent ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
  return startServerProcess({
    name: 'PostgreSQL',
    command: join(cluster.program, 'bin/postgres'),
    args: [
      '-D',
      clusterFolder(cluster),
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    logFile: join(cluster.folder, 'postgres.log'),
    stopSignal: 'SIGINT',
    account: cluster.account,
    isReady: (pid) => isReady(cluster, pid),
  })
}

async function isReady(cluster: Cluster, ownPid: number): Promise<boolean> {
  const { pid, state } = await readPostmasterFile(clusterFolder(cluster))
  return pid === String(ownPid) && state === 'ready'
}
