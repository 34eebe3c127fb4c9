import { type Db, refusedMail } from '@atermtrack/data'
import { type Notice, notice, type NoticeParams } from '@atermtrack/messages'
import { notifyWithinPeriod, tellAdmins } from '../tell-admins.ts'

type RefusedMail = NoticeParams<'mail_refused'>

/** Notifies the admins of a message that was refused just now; in a flood all but the first are gathered in one notice. */
export async function tellOfRefusal(
  tx: Db,
  mail: RefusedMail,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return notifyOnce(tx, mail, adminChatIds, notice('mail_refused', mail))
}

/** Notifies the admins once of a message that cannot be downloaded and is tried again. */
export async function tellOfDeferral(
  tx: Db,
  mail: RefusedMail,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return notifyOnce(tx, mail, adminChatIds, notice('mail_deferred', mail))
}

async function notifyOnce(
  tx: Db,
  mail: RefusedMail,
  adminChatIds: readonly number[],
  single: Notice,
): Promise<readonly number[]> {
  if (!(await refusedMail.markTold(tx, mail.id))) return []
  const entry = { name: mail.subject ?? mail.sender ?? `№${mail.id}`, reason: mail.reason }
  return notifyWithinPeriod(tx, adminChatIds, { topic: 'mail', entry, single })
}

/** Writes what the admins hear of a message that was tried again. */
export async function tellOfRetry(
  tx: Db,
  mail: NoticeParams<'mail_retried'>,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return tellAdmins(tx, adminChatIds, notice('mail_retried', mail))
}
