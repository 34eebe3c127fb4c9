import { audit, type Db, deliveries, emailRecipients, mailLists } from '@atermtrack/data'
import { notice as noticeOf } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { MailAnswer } from './read-answer.ts'

/** An answer to mails that we really sent. */
export interface KnownAnswer {
  /** Why the message brings nothing else. */
  readonly reason: 'unsubscribed' | 'mail_returned'
  /** The mails after which an address is paused. */
  readonly pausedBy: readonly emailRecipients.SentMail[]
}

/**
 * Finds the mails that a message answers. Nobody stops the mail of somebody else: the sender must be the address that the mail went to, proved where
 * the own server proves senders, and must name an id that only who had the mail can know. A mail server is known by that id alone.
 */
export async function findAnswered(
  db: Db,
  answer: MailAnswer,
  { sender, isProven }: { readonly sender: string | undefined; readonly isProven: boolean },
): Promise<KnownAnswer | undefined> {
  const sent = await emailRecipients.findSent(db, answer.messageIds)
  if (answer.kind === 'returned') {
    return sent.length === 0 ? undefined : { reason: 'mail_returned', pausedBy: answer.isRefused ? sent : [] }
  }
  const own = sent.filter(({ address }) => address?.toLowerCase() === sender?.toLowerCase())
  return own.length === 0 || !isProven ? undefined : { reason: 'unsubscribed', pausedBy: own }
}

/** Pauses the addresses of answered mails, and notifies their owners in the chat, each once. */
export async function pauseAnswered(tx: Tx, { reason, pausedBy }: KnownAnswer): Promise<void> {
  const because = reason === 'unsubscribed' ? 'unsubscribed' : 'bounced'
  for (const { deliveryId, address } of pausedBy) {
    const paused = address === undefined ? undefined : await emailRecipients.pause(tx, deliveryId, { address, because })
    if (!paused) {
      if (address !== undefined && because === 'unsubscribed') await dropFromList(tx, { deliveryId, address })
      continue
    }
    const notice = noticeOf('email_paused', { id: paused.id, address: paused.address, because })
    const { chatId, personId } = paused
    const { id } = await deliveries.insertMessage(tx, { kind: 'alert', chatId, personId, notice })
    tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
  }
}

/** An address of a list belongs to nobody in Telegram: the record of who did what says that it has gone. */
async function dropFromList(
  tx: Tx,
  answered: { readonly deliveryId: number; readonly address: string },
): Promise<void> {
  const list = await mailLists.dropAddress(tx, answered)
  if (!list) return
  const { deliveryId } = answered
  await audit.insert(tx, { action: 'mail_list.unsubscribed', object: `mail_list:${list.id}`, details: { deliveryId } })
}
