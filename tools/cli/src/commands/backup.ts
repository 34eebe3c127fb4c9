import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { audit, backupHealth, createDatabase, dropDatabase, openDb, restoreDump } from '@atermtrack/data'
import { nextSlot, type Slot } from '@atermtrack/domain'
import { databaseEnv, databaseUrl, type Env, readConfig, serviceEnv } from '@atermtrack/runtime'
import { listBackups, readManifest, removeOutdated, type Retention, sizeOf } from '../backup/backups-folder.ts'
import { readTable, verifyBackup } from '../backup/read-backup.ts'
import { writeBackup } from '../backup/write-backup.ts'
import { type Command, type CommandInput, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

const retentionOptions = {
  'keep-count': { type: 'string', default: '7' },
  'keep-days': { type: 'string', default: '30' },
} as const
const retentionUsage = '[--keep-count <n>] [--keep-days <n>]'
const hourMs = 3_600_000
/** A second failure in a row doubles the pause, and so on, up to this many times as long. */
const longestPause = 8

export const createBackupCommand: Command = {
  right: 'back_up',
  usage: `<folder> ${retentionUsage}`,
  about:
    'write a backup of the database into a folder, and remove those that are older than --keep-days, but not the newest --keep-count',
  options: retentionOptions,
  async run({ args, options, env, actor, print }) {
    await create(readFolder(args[0]), { env, actor, print, retention: readRetention(options) })
  },
}

export const dailyBackupCommand: Command = {
  right: 'back_up',
  usage: `<folder> [--at <time>] [--retry <seconds>] ${retentionUsage}`,
  about:
    'write a backup each day at a time of SCHEDULE_TIMEZONE, and at once where the newest is older than a day, until it is stopped; one that fails is tried again after --retry seconds, then after twice as long each time, up to eight times as long',
  options: { ...retentionOptions, at: { type: 'string', default: '02:30' }, retry: { type: 'string', default: '900' } },
  async run({ args, options, env, actor, print }) {
    const folder = readFolder(args[0])
    const retention = readRetention(options)
    const schedule = readSchedule(String(options['at']), env)
    const retryMs = readId(String(options['retry']), 'seconds until the next attempt') * 1_000
    let failures = 0
    for (let due = await isDue(folder); ; due = true) {
      if (due) failures = (await attempt(folder, { env, actor, print, retention })) ? 0 : failures + 1
      const next = nextSlot({ ...schedule, after: new Date() })
      if (!next) throw new Error('there is no next time for a backup')
      const untilNext = Math.max(0, next.plannedAt.getTime() - Date.now())
      await delay(failures === 0 ? untilNext : Math.min(untilNext, pauseAfter(failures, retryMs)))
    }
  },
}

export const listBackupsCommand: Command = {
  right: 'back_up',
  usage: '<folder> [--fresh <hours>]',
  about:
    'list the backups of a folder, newest first; with --fresh the exit code is 1 unless one is not older than that',
  options: { fresh: { type: 'string' } },
  async run({ args, options, table }) {
    const folder = readFolder(args[0])
    const hours = options['fresh'] === undefined ? undefined : readId(String(options['fresh']), 'hours')
    const backups = await listBackups(folder)
    const rows = await Promise.all(
      backups.map(async ({ name, createdAt }) => {
        const path = join(folder, name)
        const { migrations, tables } = await readManifest(path)
        const count = tables.reduce((sum, { rows: ofTable }) => sum + ofTable, 0)
        return [name, createdAt, await sizeOf(path), count, migrations.at(-1)] as const
      }),
    )
    table(['backup', 'made (UTC)', 'bytes', 'rows', 'schema'], rows)
    const newest = backups[0]?.createdAt.getTime() ?? 0
    if (hours !== undefined && Date.now() - newest > hours * hourMs)
      throw new Error(`no backup is younger than ${hours} hours`)
  },
}

export const verifyBackupCommand: Command = {
  right: 'back_up',
  usage: '<backup>',
  about: 'read a backup and compare every file with its checksum and its number of rows',
  async run({ args, print }) {
    const { tables, createdAt } = await verifyBackup(readFolder(args[0], 'the folder of a backup'))
    const rows = tables.reduce((sum, { rows: ofTable }) => sum + ofTable, 0)
    print(`the backup of ${createdAt.toISOString()} is whole: ${rows} rows of ${tables.length} tables`)
  },
}

export const restoreBackupCommand: Command = {
  right: 'back_up',
  usage: '<backup> [--into <database>] [--open-work]',
  about:
    'fill an empty database with a backup: that of the settings, or a new one of this name on the same server; what had not left yet is held, with --open-work it leaves',
  options: { into: { type: 'string' }, 'open-work': { type: 'boolean' } },
  async run({ args, options, env, actor, print }) {
    const path = readFolder(args[0], 'the folder of a backup')
    const facts = await verifyBackup(path)
    const server = databaseUrl(readConfig(databaseEnv, env))
    const into = typeof options['into'] === 'string' ? options['into'] : undefined
    const url = into === undefined ? server : await createDatabase(server, into)
    try {
      const leavesOpenWork = options['open-work'] === true
      const { held } = await restoreDump({ url, facts, read: (table) => readTable(path, table), leavesOpenWork })
      await using db = openDb({ url, poolSize: 1 })
      const details = { createdAt: facts.createdAt.toISOString(), held }
      await audit.insert(db, { ...actor, action: 'backup.restored', object: 'backup', details })
      print(`the backup of ${facts.createdAt.toISOString()} is restored`)
      if (held > 0) print(`${held} messages that had not left are unknown now: see /unknown or "deliveries unknown"`)
      print('next: "migrate", then start the services with an empty Redis or another QUEUE_PREFIX')
    } catch (error) {
      if (into !== undefined) await dropDatabase(server, into)
      throw error
    }
  },
}

/** Makes a backup, or records why there is none; whether there is one. */
async function attempt(folder: string, input: Parameters<typeof create>[1]): Promise<boolean> {
  try {
    await create(folder, input)
    return true
  } catch (error) {
    const { env, print } = input
    const reason = error instanceof Error ? error.message : String(error)
    print(`failed: ${reason}`)
    await recordFailure(env, reason).catch(() => print('the failure cannot be recorded: the database is away'))
    return false
  }
}

function pauseAfter(failures: number, retryMs: number): number {
  return retryMs * Math.min(longestPause, 2 ** (failures - 1))
}

async function create(
  folder: string,
  { env, actor, print, retention }: Pick<CommandInput, 'env' | 'actor' | 'print'> & { readonly retention: Retention },
): Promise<void> {
  const startedAt = new Date()
  await using db = openDatabase(env)
  const { path, bytes, rows } = await writeBackup(db, folder, startedAt)
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1_000)
  await backupHealth.recordSuccess(db, bytes)
  await audit.insert(db, { ...actor, action: 'backup.created', object: 'backup', details: { bytes, rows, seconds } })
  print(`${path}: ${rows} rows, ${bytes} bytes, ${seconds} s`)
  for (const name of await removeOutdated(folder, retention, startedAt)) print(`removed ${name}`)
}

/** The admins are notified about it by the service that watches the feeds. */
async function recordFailure(env: Env, reason: string): Promise<void> {
  await using db = openDatabase(env)
  await backupHealth.recordFailure(db, reason)
}

async function isDue(folder: string): Promise<boolean> {
  const newest = (await listBackups(folder))[0]
  return newest === undefined || Date.now() - newest.createdAt.getTime() > 24 * hourMs
}

function readFolder(text: string | undefined, what = 'a folder'): string {
  if (text === undefined || text === '') throw new UsageError(`expected ${what}`)
  return text
}

function readRetention(options: CommandInput['options']): Retention {
  return {
    count: readId(String(options['keep-count']), 'how many backups to keep'),
    days: readId(String(options['keep-days']), 'how many days to keep backups'),
  }
}

function readSchedule(at: string, env: Env) {
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(at)) throw new UsageError(`--at is not a time such as 02:30: ${at}`)
  const { SCHEDULE_TIMEZONE: zone } = readConfig(serviceEnv.pick({ SCHEDULE_TIMEZONE: true }), env)
  return { slots: [at as Slot], zone }
}
