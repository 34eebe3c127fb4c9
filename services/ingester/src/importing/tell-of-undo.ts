import { type Db, people, workbookUndo } from '@atermtrack/data'
import type { Notice } from '@atermtrack/messages'
import { say, tellAdmins } from '../tell-admins.ts'

/** Writes what who asked for an undo, and every admin, is to hear of it; returns the deliveries. */
export async function tellOfUndo(
  tx: Db,
  workbookId: number,
  adminChatIds: readonly number[],
  notice: Notice,
): Promise<readonly number[]> {
  const requester = await workbookUndo.findRequester(tx, workbookId)
  const person = requester && (await people.findByTelegramId(tx, requester.telegramId))
  const ids: number[] = []
  if (person) {
    const to = { kind: 'answer', chatId: person.telegramId, personId: person.id } as const
    ids.push(await say(tx, notice, to))
  }
  const others = await tellAdmins(tx, adminChatIds, notice, { except: [person?.telegramId] })
  return [...ids, ...others]
}
