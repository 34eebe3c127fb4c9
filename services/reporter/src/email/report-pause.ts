import { adminChats, deliveries, emailAddresses, telegramGate } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { notice } from '@atermtrack/messages'
import { type Outbox, transact, type Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendEmail } from '@atermtrack/queue'
import type { Logger } from 'pino'

export interface ReportPauseDependencies extends Outbox {
  /** Whether a mail server is configured. */
  readonly emailIsOn: boolean
  /** Fixed recipients of the operator's choice. */
  readonly recipients: readonly string[]
  readonly policy: Pick<AccessPolicy, 'adminChatIds'>
  /** Zone of the times in the text. */
  readonly scheduleZone: string
}

/** A shorter pause is over before anybody has read about it. */
const longPauseSeconds = 60

/**
 * Notifies the admins by e-mail that deliveries to Telegram have been paused for a minute, once in each pause: the fixed recipients,
 * and every admin with a proven address. Without a mail server it does nothing.
 */
export function createReportPause(dependencies: ReportPauseDependencies): (logger: Logger) => Promise<void> {
  return async (logger) => {
    if (!dependencies.emailIsOn) return
    const letters = await transact(dependencies, async (tx) => {
      const pause = await telegramGate.claimUnreported(tx, { seconds: longPauseSeconds })
      return pause ? writeLetters(tx, pause, dependencies) : 0
    })
    if (letters > 0) logger.warn({ letters }, 'deliveries are paused, admins are notified by e-mail')
  }
}

/** Returns how many letters leave. */
async function writeLetters(
  tx: Tx,
  { reason, since }: telegramGate.Pause,
  { recipients, policy, scheduleZone: zone }: ReportPauseDependencies,
): Promise<number> {
  const letter = { kind: 'alert', notice: notice('sending_paused', { reason, since, zone }) } as const
  let letters = 0
  async function write(to: Parameters<typeof deliveries.insertEmail>[1]): Promise<void> {
    const { id } = await deliveries.insertEmail(tx, to)
    tx.enqueue(sendEmail, { deliveryId: id }, { priority: deliveryPriority.alert })
    letters += 1
  }
  for (const address of recipients) await write({ ...letter, audience: 'anybody', address })
  for (const { personId } of await adminChats.list(tx, policy.adminChatIds)) {
    if (personId === undefined) continue
    for (const { id: emailAddressId, address } of await emailAddresses.listReceiving(tx, personId)) {
      if (!recipients.includes(address)) await write({ ...letter, audience: 'admin', personId, emailAddressId })
    }
  }
  return letters
}
