import { refusedMail } from '@atermtrack/data'
import {
  deferredMailNotice,
  type Language,
  type Notice,
  type RefusedMail,
  refusedMailNotice,
  type RetriedMail,
  retriedMailNotice,
} from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { notifyWithinPeriod, tellAdmins } from '../tell-admins.ts'

/** Notifies the admins of a message that was refused just now; in a flood all but the first are gathered in one notice. */
export async function tellOfRefusal(tx: Tx, mail: RefusedMail, adminChatIds: readonly number[]): Promise<void> {
  return notifyOnce(tx, mail, adminChatIds, refusedMailNotice)
}

/** Notifies the admins once of a message that cannot be downloaded and is tried again. */
export async function tellOfDeferral(tx: Tx, mail: RefusedMail, adminChatIds: readonly number[]): Promise<void> {
  return notifyOnce(tx, mail, adminChatIds, deferredMailNotice)
}

async function notifyOnce(
  tx: Tx,
  mail: RefusedMail,
  adminChatIds: readonly number[],
  noticeOf: (mail: RefusedMail, language: Language) => Notice,
): Promise<void> {
  if (!(await refusedMail.markTold(tx, mail.id))) return
  const entry = { name: mail.subject ?? mail.sender ?? `№${mail.id}`, reason: mail.reason }
  const noticeIn = (language: Language) => noticeOf(mail, language)
  await notifyWithinPeriod(tx, adminChatIds, { topic: 'mail', entry, noticeIn })
}

/** Notifies the admins about a message that was tried again. */
export async function tellOfRetry(tx: Tx, mail: RetriedMail, adminChatIds: readonly number[]): Promise<void> {
  await tellAdmins(tx, adminChatIds, (language) => retriedMailNotice(mail, language))
}
