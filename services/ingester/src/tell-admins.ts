import { adminChats, type Db, deliveries } from '@atermtrack/data'
import type { Language, Notice } from '@atermtrack/domain'

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

/** Writes a message into the ledger and returns the delivery; its bell rings after the commit. */
export async function say(
  tx: Db,
  { html: text, keyboard }: Told,
  to: Pick<Parameters<typeof deliveries.insertMessage>[1], 'kind' | 'audience' | 'chatId' | 'personId'>,
): Promise<number> {
  const markup = keyboard && keyboard.inline_keyboard.length > 0 ? keyboard : undefined
  return (await deliveries.insertMessage(tx, { ...to, text, markup })).id
}
