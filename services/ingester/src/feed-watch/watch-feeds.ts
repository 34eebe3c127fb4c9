import { type Db, feedAlarms, mailboxHealth } from '@atermtrack/data'
import { type Notice, notice } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import type { Handler } from '@atermtrack/queue'
import { notifyAdmins } from '../notify-admins.ts'
import { proxyRefusedText } from '../mail/imap-mailbox.ts'
import { watchBackup } from './watch-backup.ts'
import { type StorageSettings, watchStorage } from './watch-storage.ts'
import { decideAlarms, type FeedAlarm, type FeedWatchSettings, type MailboxState } from './decide-alarms.ts'

export interface FeedWatchDependencies extends Outbox {
  readonly settings: FeedWatchSettings
  /** Name of the mailbox in the health table; undefined when no mail is read. */
  readonly mailbox: string | undefined
  readonly adminChatIds: readonly number[]
  readonly storage: StorageSettings
  /** Age from which a backup is overdue; undefined where backups are not watched. */
  readonly backupOverdueSeconds: number | undefined
  readonly now: () => Promise<Date>
  readonly startedAt: Date
}

/**
 * The handler of `watch-feeds`: notifies the admins once over all replicas about silent feeds, full disks
 * and backups that fail, and when they are over.
 */
export function createWatchFeeds(dependencies: FeedWatchDependencies): Handler<object> {
  const { settings, storage, adminChatIds, backupOverdueSeconds: overdueSeconds } = dependencies
  const { zone } = settings.workHours
  return async (_, { logger }) => {
    const { raise, clear } = decideAlarms(await readState(dependencies))
    for (const alarm of raise) {
      const content = notice('feed_alarm', { zone, alarm: describe(alarm) })
      const admins = await notify(dependencies, content, async (tx) => feedAlarms.raise(tx, alarm.name))
      if (admins !== undefined) logger.warn({ alarm: alarm.name, admins }, 'alarm raised')
    }
    for (const recovery of clear) {
      const content = notice('feed_recovered', { zone, recovery })
      const admins = await notify(dependencies, content, async (tx) => feedAlarms.clear(tx, recovery.name))
      if (admins !== undefined) logger.info({ alarm: recovery.name, admins }, 'alarm taken back')
    }
    await watchStorage(dependencies, storage, adminChatIds, logger)
    await watchBackup({ ...dependencies, overdueSeconds, zone, logger })
  }
}

function describe(alarm: FeedAlarm) {
  if (alarm.name === 'dislocation-silent') return alarm
  return { ...alarm, isProxyRefusal: alarm.error === proxyRefusedText }
}

async function readState({ db, mailbox, settings, now, startedAt }: FeedWatchDependencies) {
  const [raised, lastArrivedAt, watchedSince] = await Promise.all([
    feedAlarms.listRaised(db),
    feedAlarms.findLastDislocation(db),
    feedAlarms.findBeginning(db),
  ])
  const health = mailbox === undefined ? undefined : await readMailbox(db, mailbox)
  return {
    now: await now(),
    startedAt,
    dislocation: { lastArrivedAt, watchedSince },
    mailbox: health,
    settings,
    raised,
  }
}

async function readMailbox(db: Db, mailbox: string): Promise<MailboxState | undefined> {
  const health = await mailboxHealth.find(db, mailbox)
  if (!health) return undefined
  const { failingSince, error, loginRefused } = health
  return { failingSince: failingSince ?? undefined, error: error ?? undefined, loginRefused }
}

/** Records the alarm and its messages in one transaction; undefined when another replica was first. */
async function notify(
  dependencies: FeedWatchDependencies,
  content: Notice,
  claim: (tx: Tx) => Promise<boolean>,
): Promise<number | undefined> {
  return transact(dependencies, async (tx) => {
    if (!(await claim(tx))) return undefined
    return notifyAdmins(tx, dependencies.adminChatIds, content)
  })
}
