import { adminChats, deliveries, noticePeriods } from '@atermtrack/data'
import {
  addToPeriod,
  gatheredNotice,
  type Language,
  type Notice,
  type NoticeEntry,
  type NoticeTopic,
} from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'

/** A message of Telegram HTML, with buttons or without. */
export type Told = Pick<Notice, 'html'> & Partial<Pick<Notice, 'keyboard'>>

/**
 * Writes a notice to every admin, each in their own language, and returns how many there are. Chats in `except` are notified in another
 * way.
 */
export async function tellAdmins(
  tx: Tx,
  configured: readonly number[],
  noticeIn: (language: Language) => Told,
  { except = [] }: { readonly except?: readonly (number | undefined)[] } = {},
): Promise<number> {
  const admins = (await adminChats.list(tx, configured)).filter(({ chatId }) => !except.includes(chatId))
  for (const { chatId, personId, language } of admins) {
    await say(tx, noticeIn(language), { kind: 'alert', audience: 'admin', chatId, personId })
  }
  return admins.length
}

const periodMinutes = 60
/** A gathered message is edited no oftener, whatever comes. */
const editPauseSeconds = 30

/**
 * Notifies every admin of one of many like things. The first few of an hour have messages of their own, `noticeIn`; the others
 * are gathered in one message per chat, which is edited while they come.
 */
export async function notifyWithinPeriod(
  tx: Tx,
  configured: readonly number[],
  notice: {
    readonly topic: NoticeTopic
    readonly entry: NoticeEntry
    readonly noticeIn: (language: Language) => Told
    readonly except?: readonly (number | undefined)[]
  },
): Promise<void> {
  const { topic, entry, noticeIn, except = [] } = notice
  const before = await noticePeriods.lock(tx, topic, { minutes: periodMinutes })
  const { isSingle, period } = addToPeriod(before, topic, entry)
  await noticePeriods.save(tx, topic, period)
  if (isSingle) return void (await tellAdmins(tx, configured, noticeIn, { except }))
  for (const { chatId, personId, language } of await adminChats.list(tx, configured)) {
    if (except.includes(chatId)) continue
    const { html: text, keyboard: markup } = gatheredNotice(period, topic, language)
    const message = { periodId: before.id, chatId, personId, text, markup, pauseSeconds: editPauseSeconds }
    const id = await noticePeriods.putGathered(tx, message)
    if (id !== undefined) tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.alert })
  }
}

/** Writes a message into the ledger; it leaves after the commit. */
export async function say(
  tx: Tx,
  { html: text, keyboard }: Told,
  to: Pick<Parameters<typeof deliveries.insertMessage>[1], 'kind' | 'audience' | 'chatId' | 'personId'>,
): Promise<void> {
  const markup = keyboard && keyboard.inline_keyboard.length > 0 ? keyboard : undefined
  const { id } = await deliveries.insertMessage(tx, { ...to, text, markup })
  tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority[to.kind] })
}
