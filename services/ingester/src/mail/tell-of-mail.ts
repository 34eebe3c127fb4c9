import { type Db, deliveries, refusedMail } from '@atermtrack/data'
import {
  type Notice,
  refusedMailNotice,
  refusedMailSummary,
  type RetriedMail,
  retriedMailNotice,
} from '@atermtrack/domain'

/** So many refusals are told of one by one within an hour; what goes beyond is summed up. */
const perHour = 5
const summaryMinutes = 10

/** Writes what the admins hear of a message that was refused just now; nothing where it is to be summed up. */
export async function tellOfRefusal(
  tx: Db,
  mail: Parameters<typeof refusedMailNotice>[0],
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  if (!(await refusedMail.claimNotice(tx, mail.id, { perHour }))) return []
  return tell(tx, refusedMailNotice(mail), adminChatIds)
}

/** Writes what the admins hear of all refusals that they have not heard of. */
export async function tellOfUntold(tx: Db, adminChatIds: readonly number[]): Promise<readonly number[]> {
  const reasons = await refusedMail.claimSummary(tx, { minutes: summaryMinutes })
  return reasons.length === 0 ? [] : tell(tx, refusedMailSummary(reasons), adminChatIds)
}

/** Writes what the admins hear of a message that was tried again. */
export async function tellOfRetry(
  tx: Db,
  mail: RetriedMail,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  return tell(tx, retriedMailNotice(mail), adminChatIds)
}

async function tell(
  tx: Db,
  { html: text, keyboard }: Notice,
  adminChatIds: readonly number[],
): Promise<readonly number[]> {
  const markup = keyboard.inline_keyboard.length > 0 ? keyboard : undefined
  const ids: number[] = []
  for (const chatId of adminChatIds) {
    const { id } = await deliveries.insertMessage(tx, { kind: 'alert', chatId, text, markup })
    ids.push(id)
  }
  return ids
}
