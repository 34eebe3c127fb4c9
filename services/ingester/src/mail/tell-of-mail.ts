import { type Db, refusedMail } from '@atermtrack/data'
import {
  deferredMailNotice,
  type Language,
  type Notice,
  type RefusedMail,
  refusedMailNotice,
  refusedMailSummary,
  type RetriedMail,
  retriedMailNotice,
} from '@atermtrack/domain'
import { tellAdmins } from '../tell-admins.ts'

/** So many refusals are told of one by one within an hour; what goes beyond is summed up. */
const perHour = 5
const summaryMinutes = 10

/** Writes what the admins hear of a message that was refused just now; nothing where it is to be summed up. */
export async function tellOfRefusal(
  tx: Db,
  mail: RefusedMail,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return tellOnce(tx, mail, adminChatIds, refusedMailNotice)
}

/** Writes what the admins hear of a message that is tried again and again; nothing where they were told or it is summed up. */
export async function tellOfDeferral(
  tx: Db,
  mail: RefusedMail,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return tellOnce(tx, mail, adminChatIds, deferredMailNotice)
}

async function tellOnce(
  tx: Db,
  mail: RefusedMail,
  adminChatIds: readonly number[],
  noticeOf: (mail: RefusedMail, language: Language) => Notice,
): Promise<readonly number[]> {
  if (!(await refusedMail.claimNotice(tx, mail.id, { perHour }))) return []
  return tellAdmins(tx, adminChatIds, (language) => noticeOf(mail, language))
}

/** Writes what the admins hear of all refusals that they have not heard of. */
export async function tellOfUntold(tx: Db, adminChatIds: readonly number[]): Promise<readonly number[]> {
  const reasons = await refusedMail.claimSummary(tx, { minutes: summaryMinutes })
  if (reasons.length === 0) return []
  return tellAdmins(tx, adminChatIds, (language) => refusedMailSummary(reasons, language))
}

/** Writes what the admins hear of a message that was tried again. */
export async function tellOfRetry(
  tx: Db,
  mail: RetriedMail,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return tellAdmins(tx, adminChatIds, (language) => retriedMailNotice(mail, language))
}
