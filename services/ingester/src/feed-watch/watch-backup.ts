import { backupHealth, feedAlarms } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact } from '@atermtrack/outbox'
import type { Logger } from 'pino'
import { notifyAdmins } from '../notify-admins.ts'
import { type BackupAlarm, type BackupAlarmName, decideBackup } from './decide-backup.ts'

export interface BackupWatch extends Outbox {
  /** Age from which a backup is overdue; undefined where backups are not watched. */
  readonly overdueSeconds: number | undefined
  readonly adminChatIds: readonly number[]
  /** Of the times in notices where the reader has chosen none. */
  readonly zone: string
  readonly logger: Logger
}

/** Notifies the admins once when a backup fails, once when none succeeds for long, and once when one has succeeded again. */
export async function watchBackup(watch: BackupWatch): Promise<void> {
  const { db, overdueSeconds } = watch
  const [backup, raised] = await Promise.all([backupHealth.find(db), feedAlarms.listRaised(db)])
  const { raise, clear } = decideBackup({ backup, overdueSeconds, raised })
  for (const alarm of raise) await raiseAlarm(watch, alarm)
  if (clear.length > 0) await clearAlarms(watch, clear, backup?.failingSince ? undefined : (backup?.okAt ?? undefined))
}

async function raiseAlarm(watch: BackupWatch, alarm: BackupAlarm): Promise<void> {
  const { adminChatIds, zone, logger } = watch
  const admins = await transact(watch, async (tx) => {
    if (!(await feedAlarms.raise(tx, alarm.name))) return undefined
    return notifyAdmins(tx, adminChatIds, notice('backup_alarm', { zone, alarm }))
  })
  if (admins !== undefined) logger.warn({ alarm: alarm.name, admins }, 'alarm raised')
}

/** One backup ends both alarms and is reported once. An alarm that ends without a backup is no news. */
async function clearAlarms(
  watch: BackupWatch,
  names: readonly BackupAlarmName[],
  madeAt: Date | undefined,
): Promise<void> {
  const { adminChatIds, overdueSeconds, zone, logger } = watch
  await transact(watch, async (tx) => {
    const cleared: string[] = []
    for (const name of names) if (await feedAlarms.clear(tx, name)) cleared.push(name)
    if (cleared.length === 0) return
    logger.info({ alarms: cleared }, 'alarm taken back')
    if (madeAt && overdueSeconds !== undefined)
      await notifyAdmins(tx, adminChatIds, notice('backup_recovered', { zone, madeAt }))
  })
}
