import { adminChats, deliveries, noticePeriods } from '@atermtrack/data'
import { addToPeriod, type NoticeEntry, type NoticeTopic } from '@atermtrack/domain'
import { type Notice, notice as noticeOf } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'

/**
 * Writes a notice to every admin and returns how many there are. Chats in `except` are notified in another way.
 */
export async function notifyAdmins(
  tx: Tx,
  configured: readonly number[],
  notice: Notice,
  { except = [] }: { readonly except?: readonly (number | undefined)[] } = {},
): Promise<number> {
  const admins = (await adminChats.list(tx, configured)).filter(({ chatId }) => !except.includes(chatId))
  for (const { chatId, personId } of admins) {
    await say(tx, notice, { kind: 'alert', audience: 'admin', chatId, personId })
  }
  return admins.length
}

const periodMinutes = 60
/** The shortest time between two edits of a gathered message. */
const editPauseSeconds = 30

/**
 * Notifies every admin about one of many similar events. The first few of an hour have messages of their own, `single`; the others
 * are gathered in one message per chat, which is edited while they come.
 */
export async function notifyWithinPeriod(
  tx: Tx,
  configured: readonly number[],
  about: {
    readonly topic: NoticeTopic
    readonly entry: NoticeEntry
    readonly single: Notice
    readonly except?: readonly (number | undefined)[]
  },
): Promise<void> {
  const { topic, entry, single, except = [] } = about
  const before = await noticePeriods.lock(tx, topic, { minutes: periodMinutes })
  const { isSingle, period } = addToPeriod(before, topic, entry)
  await noticePeriods.save(tx, topic, period)
  if (isSingle) return void (await notifyAdmins(tx, configured, single, { except }))
  const notice = noticeOf('gathered', { topic, ...period, newest: [...period.newest] })
  for (const { chatId, personId } of await adminChats.list(tx, configured)) {
    if (except.includes(chatId)) continue
    const message = { periodId: before.id, chatId, personId, notice, pauseSeconds: editPauseSeconds }
    const id = await noticePeriods.upsertGathered(tx, message)
    if (id !== undefined) tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
  }
}

/** Writes a notice into the ledger; it leaves after the commit. */
export async function say(
  tx: Tx,
  notice: Notice,
  to: Pick<Parameters<typeof deliveries.insertMessage>[1], 'kind' | 'audience' | 'chatId' | 'personId'>,
): Promise<void> {
  const { id } = await deliveries.insertMessage(tx, { ...to, notice })
  tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority[to.kind] })
}
