import { type Db, deliveries, people, workbookUndo } from '@atermtrack/data'
import type { Language, Notice } from '@atermtrack/domain'

/** Writes what who asked for an undo, and every admin chat, is to hear of it; returns the deliveries. */
export async function tellOfUndo(
  tx: Db,
  workbookId: number,
  adminChatIds: readonly number[],
  noticeIn: (language: Language) => Notice,
): Promise<readonly number[]> {
  const requester = await workbookUndo.findRequester(tx, workbookId)
  const person = requester && (await people.findByTelegramId(tx, requester.telegramId))
  const ids: number[] = []
  if (person) {
    const to = { kind: 'answer', chatId: person.telegramId, personId: person.id } as const
    ids.push(await say(tx, noticeIn(person.language), to))
  }
  for (const chatId of adminChatIds) {
    if (chatId !== person?.telegramId) ids.push(await say(tx, noticeIn('ru'), { kind: 'alert', chatId }))
  }
  return ids
}

async function say(
  tx: Db,
  { html: text, keyboard: markup }: Notice,
  to: { readonly kind: 'answer' | 'alert'; readonly chatId: number; readonly personId?: number },
): Promise<number> {
  return (await deliveries.insertMessage(tx, { ...to, text, markup })).id
}
