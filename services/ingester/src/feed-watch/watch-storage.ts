import { statfs } from 'node:fs/promises'
import { databaseSize, feedAlarms } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import type { Logger } from 'pino'
import { notifyAdmins } from '../notify-admins.ts'
import { decideStorage, type Level } from './decide-storage.ts'

export interface StorageSettings {
  /** The size that the database may have on its server, which may be another machine. */
  readonly databaseLimitBytes: number
  /** A folder on the volume of the data, where this process can see it. */
  readonly path: string | undefined
}

/** Notifies the admins once when the database or the disk is nearly full, and once when there is room again. */
export async function watchStorage(
  outbox: Outbox,
  { databaseLimitBytes, path }: StorageSettings,
  adminChatIds: readonly number[],
  logger: Logger,
): Promise<void> {
  const { db } = outbox
  const [used, raised] = await Promise.all([databaseSize(db), feedAlarms.listRaised(db)])
  const disk = path === undefined ? undefined : await levelOfDisk(path, logger)
  const { raise, clear } = decideStorage({ database: { used, limit: databaseLimitBytes }, disk, raised })
  const changes = [
    ...raise.map((alarm) => ({ alarm, claim: feedAlarms.raise, content: notice('storage_alarm', alarm) })),
    ...clear.map((alarm) => ({ alarm, claim: feedAlarms.clear, content: notice('storage_recovered', alarm) })),
  ]
  for (const { alarm, claim, content } of changes) {
    const admins = await transact(outbox, async (tx) => {
      if (!(await claim(tx, alarm.name))) return 0
      return notifyAdmins(tx, adminChatIds, content)
    })
    if (admins > 0) logger.warn({ alarm: alarm.name, used: alarm.used, limit: alarm.limit }, 'storage alarm changed')
  }
}

async function levelOfDisk(path: string, logger: Logger): Promise<Level | undefined> {
  try {
    const { blocks, bavail, bsize } = await statfs(path)
    return { used: (blocks - bavail) * bsize, limit: blocks * bsize }
  } catch (error) {
    logger.warn({ err: error }, 'the disk of the data cannot be looked at')
    return undefined
  }
}
