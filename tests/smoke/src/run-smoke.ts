import { execFile } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { waitUntil } from '@atermtrack/testkit'
import { type Chat, openChat } from './chat.ts'
import { type Compose, openCompose } from './compose.ts'

const run = promisify(execFile)

const healthMs = 240_000
const importMs = 240_000
const askEveryMs = 5_000
/** Anna, the admin of the demonstration. */
const admin = 1001
const copies = { bot: 3, ingester: 2, reporter: 3 } as const
const services = Object.keys(copies) as (keyof typeof copies)[]
const cli = ['node', 'tools/cli/dist/main.js'] as const
/** More than the bot lists in one message. */
const manyContainers = 12

export interface SmokeOptions {
  /** The folder of the Compose file. */
  readonly folder: string
  readonly port: number
  /** Leaves the stack running at the end, for a look at it. */
  readonly keep: boolean
  readonly print: (line: string) => void
}

/**
 * Builds the images, starts the stack with the sandbox as Telegram, does the main job, runs several copies of each service, kills
 * containers, restores a backup, and removes everything. Throws with what was expected at the first step that fails.
 */
export async function runSmoke({ folder, port, keep, print }: SmokeOptions): Promise<void> {
  const compose = await openCompose({
    folder,
    project: 'atermtrack-smoke',
    envFile: 'ops/demo/demo.env',
    profiles: ['demo'],
    env: { SANDBOX_PORT: String(port) },
  })
  const step = async (name: string, work: () => Promise<void>) => {
    const startedAt = performance.now()
    print(`\n== ${name} ==`)
    await work()
    print(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  }
  const chat = openChat(`http://127.0.0.1:${port}`, admin)
  try {
    await step('Build and start', async () => {
      await compose.show('down', '--volumes', '--remove-orphans')
      await compose.show('up', '-d', '--build')
      await untilHealthy(compose, { bot: 1, ingester: 1, reporter: 1 })
    })
    let containers: readonly string[] = []
    await step('Reports are imported, and questions answered', async () => {
      await untilImported(chat)
      containers = await listContainers(compose)
      await askForAll(chat, containers)
    })
    await step('Several copies of each service', async () => {
      const scales = services.flatMap((name) => ['--scale', `${name}=${copies[name]}`])
      await compose.show('up', '-d', '--no-recreate', ...scales)
      await untilHealthy(compose, copies)
      await checkConnections(compose, print)
      await askForAll(chat, containers)
    })
    await step('Killed containers', async () => {
      for (const service of [...services, 'redis', 'postgres']) {
        const [id] = await compose.containers(service)
        if (id === undefined) throw new Error(`there is no container of ${service}`)
        print(`killing one of ${service}`)
        await run('docker', ['kill', id])
        // A start that comes before its end leaves a network behind that cannot be removed.
        await run('docker', ['wait', id])
        // Docker starts a container again that ends by itself, and not one that somebody kills.
        await run('docker', ['start', id])
        await askForAll(chat, containers)
      }
      await untilHealthy(compose, copies)
    })
    await step('Backup and restore', async () => backUpAndRestore(compose, print))
  } finally {
    if (!keep) await compose.show('down', '--volumes', '--remove-orphans')
  }
}

async function untilHealthy(compose: Compose, wanted: Readonly<Record<string, number>>): Promise<void> {
  for (const [service, count] of Object.entries(wanted)) {
    const areHealthy = async () => {
      const states = await compose.health(service)
      return states.length === count && states.every((state) => state === 'healthy')
    }
    await waitUntil(areHealthy, { what: `${count} healthy ${service}`, timeoutMs: healthMs })
  }
}

/** Asks until containers are found that are on their way. */
async function untilImported(chat: Chat): Promise<void> {
  await chat.ask('/start', (answer) => answer.length > 0)
  const deadline = performance.now() + importMs
  for (;;) {
    const answer = await chat.ask('все в пути', (text) => text.length > 0)
    if (answer.includes('Найдено')) return
    if (performance.now() > deadline) throw new Error('no report was imported')
    // The bot counts the questions of a minute.
    await delay(askEveryMs)
  }
}

async function listContainers(compose: Compose): Promise<readonly string[]> {
  const query = `select container from position where is_live limit ${manyContainers}`
  const found = await compose.read('exec', '-T', 'postgres', 'psql', '-U', 'atermtrack', '-Atc', query)
  return found.split('\n').filter(Boolean)
}

/** One number is answered with its card, and several with all of them, as a list or as a workbook. */
async function askForAll(chat: Chat, containers: readonly string[]): Promise<void> {
  const [first = ''] = containers
  await chat.ask(first, (answer) => answer.includes(first) && answer.includes('\n'))
  await chat.ask(containers.join('\n'), (answer) => answer.includes(`${containers.length} из ${containers.length}`))
}

async function checkConnections(compose: Compose, print: (line: string) => void): Promise<void> {
  const query =
    "select count(*) || ' of ' || current_setting('max_connections') from pg_stat_activity where backend_type = 'client backend'"
  const counted = await compose.read('exec', '-T', 'postgres', 'psql', '-U', 'atermtrack', '-Atc', query)
  print(`connections to PostgreSQL: ${counted.trim()}`)
}

/** Writes a backup in a container, restores it into another database, and compares what both hold. */
async function backUpAndRestore(compose: Compose, print: (line: string) => void): Promise<void> {
  const backup = ['run', '--rm', 'backup', ...cli, 'backup'] as const
  await compose.show(...backup, 'create', '/backups')
  const name = /atermtrack-[\dTZ-]+/.exec(await compose.read(...backup, 'list', '/backups'))?.[0]
  if (name === undefined) throw new Error('the backup is not listed')
  const restored = 'atermtrack_restored'
  await compose.show('run', '--rm', 'migrate', ...cli, 'backup', 'restore', `/backups/${name}`, '--into', restored)
  const before = await countRows(compose, 'atermtrack')
  const after = await countRows(compose, restored)
  print(`rows of positions, movements and workbooks: ${before}, restored ${after}`)
  if (before !== after) throw new Error('the restored database holds something else')
}

async function countRows(compose: Compose, database: string): Promise<string> {
  const query = `select (select count(*) from position) || ' ' || (select count(*) from movement) || ' ' ||
    (select count(*) from workbook)`
  return (
    await compose.read('exec', '-T', 'postgres', 'psql', '-U', 'atermtrack', '-d', database, '-Atc', query)
  ).trim()
}
