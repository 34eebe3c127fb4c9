import { adminChats, type Db, deliveries, noticePeriods } from '@atermtrack/data'
import { addToPeriod, type NoticeEntry, type NoticeTopic } from '@atermtrack/domain'
import { type Notice, notice as noticeOf } from '@atermtrack/messages'

/**
 * Writes a notice to every admin and returns the deliveries. Chats in `except` were notified in another way.
 */
export async function tellAdmins(
  tx: Db,
  configured: readonly number[],
  notice: Notice,
  { except = [] }: { readonly except?: readonly (number | undefined)[] } = {},
): Promise<readonly number[]> {
  const ids: number[] = []
  for (const to of await adminChats.list(tx, configured)) {
    if (!except.includes(to.chatId)) ids.push(await say(tx, notice, { kind: 'alert', audience: 'admin', ...to }))
  }
  return ids
}

const periodMinutes = 60
/** A gathered message is edited no oftener, whatever comes. */
const editPauseSeconds = 30

/**
 * Notifies every admin of one of many like things. The first few of an hour have messages of their own, `single`; the others
 * are gathered in one message per chat, which is edited while they come. Returns the new deliveries.
 */
export async function notifyWithinPeriod(
  tx: Db,
  configured: readonly number[],
  about: {
    readonly topic: NoticeTopic
    readonly entry: NoticeEntry
    readonly single: Notice
    readonly except?: readonly (number | undefined)[]
  },
): Promise<readonly number[]> {
  const { topic, entry, single, except = [] } = about
  const before = await noticePeriods.lock(tx, topic, { minutes: periodMinutes })
  const { isSingle, period } = addToPeriod(before, topic, entry)
  await noticePeriods.save(tx, topic, period)
  if (isSingle) return tellAdmins(tx, configured, single, { except })
  const ids: number[] = []
  const notice = noticeOf('gathered', { topic, ...period, newest: [...period.newest] })
  for (const { chatId, personId } of await adminChats.list(tx, configured)) {
    if (except.includes(chatId)) continue
    const message = { periodId: before.id, chatId, personId, notice, pauseSeconds: editPauseSeconds }
    const id = await noticePeriods.putGathered(tx, message)
    if (id !== undefined) ids.push(id)
  }
  return ids
}

/** Writes a notice into the ledger and returns the delivery, which is enqueued after the commit. */
export async function say(
  tx: Db,
  notice: Notice,
  to: Pick<Parameters<typeof deliveries.insertMessage>[1], 'kind' | 'audience' | 'chatId' | 'personId'>,
): Promise<number> {
  return (await deliveries.insertMessage(tx, { ...to, notice })).id
}
