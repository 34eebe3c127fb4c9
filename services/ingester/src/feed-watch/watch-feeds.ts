import { type Db, feedAlarms, mailboxHealth } from '@atermtrack/data'
import { type Notice, notice } from '@atermtrack/messages'
import { deliveryPriority, type Handler, type Producer } from '@atermtrack/queue'
import { tellAdmins } from '../tell-admins.ts'
import { proxyRefusedText } from '../mail/imap-mailbox.ts'
import { type StorageSettings, watchStorage } from './watch-storage.ts'
import { decideAlarms, type FeedAlarm, type FeedWatchSettings, type MailboxState } from './decide-alarms.ts'

export interface FeedWatchDependencies {
  readonly db: Db
  readonly sendings: Producer<{ deliveryId: number }>
  readonly settings: FeedWatchSettings
  /** Name of the mailbox in the health table; undefined when no mail is read. */
  readonly mailbox: string | undefined
  readonly adminChatIds: readonly number[]
  readonly storage: StorageSettings
  readonly now: () => Promise<Date>
  readonly startedAt: Date
}

/** The handler of `watch-feeds`: tells the admins of silent feeds and full disks, and when they are over, once over all replicas. */
export function createWatchFeeds(dependencies: FeedWatchDependencies): Handler<object> {
  const { sendings, settings } = dependencies
  const { zone } = settings.workHours
  return async (_, { logger }) => {
    const { raise, takeBack } = decideAlarms(await readState(dependencies))
    for (const alarm of raise) {
      const content = notice('feed_alarm', { zone, alarm: describe(alarm) })
      const ids = await tell(dependencies, content, async (tx) => feedAlarms.raise(tx, alarm.name))
      if (ids) logger.warn({ alarm: alarm.name, admins: ids.length }, 'alarm raised')
      await ring(ids)
    }
    for (const recovery of takeBack) {
      const ids = await tell(dependencies, notice('feed_recovered', { zone, recovery }), async (tx) =>
        feedAlarms.takeBack(tx, recovery.name),
      )
      if (ids) logger.info({ alarm: recovery.name, admins: ids.length }, 'alarm taken back')
      await ring(ids)
    }
    const { db, storage, adminChatIds } = dependencies
    await ring(await watchStorage(db, storage, adminChatIds, logger))
  }

  async function ring(ids: readonly number[] = []): Promise<void> {
    for (const deliveryId of ids) await sendings.ring({ deliveryId }, { priority: deliveryPriority.alert })
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

/** The alarm and its messages in one transaction; undefined when another replica was first. */
async function tell(
  { db, adminChatIds }: FeedWatchDependencies,
  content: Notice,
  claim: (tx: Db) => Promise<boolean>,
): Promise<readonly number[] | undefined> {
  return db.transaction().execute(async (tx) => {
    if (!(await claim(tx))) return undefined
    return tellAdmins(tx, adminChatIds, content)
  })
}
