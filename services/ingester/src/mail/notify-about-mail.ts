import { refusedMail } from '@atermtrack/data'
import { type Notice, notice, type NoticeParams } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { notifyWithinPeriod, notifyAdmins } from '../notify-admins.ts'

type RefusedMail = NoticeParams<'mail_refused'>

/** Notifies the admins about a message that was refused just now; a flood is gathered in one notice after the first messages. */
export async function notifyAboutRefusal(tx: Tx, mail: RefusedMail, adminChatIds: readonly number[]): Promise<void> {
  return notifyOnce(tx, mail, adminChatIds, notice('mail_refused', mail))
}

/** Notifies the admins once about a message that cannot be downloaded and is tried again. */
export async function notifyAboutDeferral(tx: Tx, mail: RefusedMail, adminChatIds: readonly number[]): Promise<void> {
  return notifyOnce(tx, mail, adminChatIds, notice('mail_deferred', mail))
}

async function notifyOnce(tx: Tx, mail: RefusedMail, adminChatIds: readonly number[], single: Notice): Promise<void> {
  if (!(await refusedMail.markNotified(tx, mail.id))) return
  const entry = { name: mail.subject ?? mail.sender ?? `№${mail.id}`, reason: mail.reason }
  await notifyWithinPeriod(tx, adminChatIds, { topic: 'mail', entry, single })
}

/** Notifies the admins about a message that was tried again. */
export async function notifyAboutRetry(
  tx: Tx,
  mail: NoticeParams<'mail_retried'>,
  adminChatIds: readonly number[],
): Promise<void> {
  await notifyAdmins(tx, adminChatIds, notice('mail_retried', mail))
}
