import { type Db, people, workbookUndo } from '@atermtrack/data'
import type { Language, Notice } from '@atermtrack/domain'
import { say, tellAdmins } from '../tell-admins.ts'

/** Writes what who asked for an undo, and every admin, is to hear of it; returns the deliveries. */
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
  const others = await tellAdmins(tx, adminChatIds, noticeIn, { except: [person?.telegramId] })
  return [...ids, ...others]
}
