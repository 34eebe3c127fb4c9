import { adminChats, type Db, deliveries, emailAddresses, telegramGate } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import type { Producer } from '@atermtrack/queue'
import type { Logger } from 'pino'

export interface ReportPauseDependencies {
  readonly db: Db
  /** Undefined where no mail server is configured. */
  readonly email: Producer<{ readonly deliveryId: number }> | undefined
  /** Fixed recipients of the operator's choice. */
  readonly recipients: readonly string[]
  readonly policy: Pick<AccessPolicy, 'adminChatIds'>
  /** Zone of the times in the text. */
  readonly scheduleZone: string
}

/** A shorter pause is over before anybody has read of it. */
const longPauseSeconds = 60

/**
 * Tells the admins by e-mail that deliveries to Telegram have been paused for a minute, once in each pause: the fixed recipients,
 * and every admin with a proven address. Without a mail server it does nothing.
 */
export function createReportPause(dependencies: ReportPauseDependencies): (logger: Logger) => Promise<void> {
  const { db, email } = dependencies
  return async (logger) => {
    if (!email) return
    const ids = await db.transaction().execute(async (tx) => {
      const pause = await telegramGate.takeUnreported(tx, { seconds: longPauseSeconds })
      return pause ? writeLetters(tx, pause, dependencies) : []
    })
    if (ids.length > 0) logger.warn({ letters: ids.length }, 'deliveries are paused, admins are told by e-mail')
    await email.enqueueAll(ids.map((deliveryId) => ({ payload: { deliveryId } })))
  }
}

async function writeLetters(
  tx: Db,
  { reason, since }: telegramGate.Pause,
  { recipients, policy, scheduleZone: zone }: ReportPauseDependencies,
): Promise<readonly number[]> {
  const letter = { kind: 'alert', notice: notice('sending_paused', { reason, since, zone }) } as const
  const ids: number[] = []
  for (const address of recipients) {
    ids.push((await deliveries.insertEmail(tx, { ...letter, audience: 'anybody', address })).id)
  }
  for (const { personId } of await adminChats.list(tx, policy.adminChatIds)) {
    const own = personId === undefined ? undefined : await emailAddresses.find(tx, personId)
    if (!own?.verifiedAt || own.bouncedAt || recipients.includes(own.address)) continue
    const to = { audience: 'admin', personId, emailAddressId: own.id } as const
    ids.push((await deliveries.insertEmail(tx, { ...letter, ...to })).id)
  }
  return ids
}
