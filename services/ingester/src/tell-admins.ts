import { adminChats, type Db, deliveries, noticePeriods } from '@atermtrack/data'
import {
  addToPeriod,
  gatheredNotice,
  type Language,
  type Notice,
  type NoticeEntry,
  type NoticeTopic,
} from '@atermtrack/domain'

/** A message of Telegram HTML, with buttons or without. */
export type Told = Pick<Notice, 'html'> & Partial<Pick<Notice, 'keyboard'>>

/**
 * Writes what every admin is to hear, each in their own language, and returns the deliveries. Chats in `except` have heard of it
 * in another way.
 */
export async function tellAdmins(
  tx: Db,
  configured: readonly number[],
  noticeIn: (language: Language) => Told,
  { except = [] }: { readonly except?: readonly (number | undefined)[] } = {},
): Promise<readonly number[]> {
  const ids: number[] = []
  for (const { chatId, personId, language } of await adminChats.list(tx, configured)) {
    if (!except.includes(chatId))
      ids.push(await say(tx, noticeIn(language), { kind: 'alert', audience: 'admin', chatId, personId }))
  }
  return ids
}

const periodMinutes = 60
/** A gathered message is edited no oftener, whatever comes. */
const editPauseSeconds = 30

/**
 * Notifies every admin of one of many like things. The first few of an hour have messages of their own, `noticeIn`; the others
 * are gathered in one message per chat, which is edited while they come. Returns the new deliveries.
 */
export async function notifyWithinPeriod(
  tx: Db,
  configured: readonly number[],
  notice: {
    readonly topic: NoticeTopic
    readonly entry: NoticeEntry
    readonly noticeIn: (language: Language) => Told
    readonly except?: readonly (number | undefined)[]
  },
): Promise<readonly number[]> {
  const { topic, entry, noticeIn, except = [] } = notice
  const before = await noticePeriods.lock(tx, topic, { minutes: periodMinutes })
  const { isSingle, period } = addToPeriod(before, topic, entry)
  await noticePeriods.save(tx, topic, period)
  if (isSingle) return tellAdmins(tx, configured, noticeIn, { except })
  const ids: number[] = []
  for (const { chatId, personId, language } of await adminChats.list(tx, configured)) {
    if (except.includes(chatId)) continue
    const { html: text, keyboard: markup } = gatheredNotice(period, topic, language)
    const message = { periodId: before.id, chatId, personId, text, markup, pauseSeconds: editPauseSeconds }
    const id = await noticePeriods.putGathered(tx, message)
    if (id !== undefined) ids.push(id)
  }
  return ids
}

/** Writes a message into the ledger and returns the delivery; its bell rings after the commit. */
export async function say(
  tx: Db,
  { html: text, keyboard }: Told,
  to: Pick<Parameters<typeof deliveries.insertMessage>[1], 'kind' | 'audience' | 'chatId' | 'personId'>,
): Promise<number> {
  const markup = keyboard && keyboard.inline_keyboard.length > 0 ? keyboard : undefined
  return (await deliveries.insertMessage(tx, { ...to, text, markup })).id
}
