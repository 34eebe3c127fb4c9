import { people, workbookUndo } from '@atermtrack/data'
import type { Language, Notice } from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { say, tellAdmins } from '../tell-admins.ts'

/** Notifies the person who asked for an undo, and every admin. */
export async function notifyAboutUndo(
  tx: Tx,
  workbookId: number,
  adminChatIds: readonly number[],
  noticeIn: (language: Language) => Notice,
): Promise<void> {
  const requester = await workbookUndo.findRequester(tx, workbookId)
  const person = requester && (await people.findByTelegramId(tx, requester.telegramId))
  if (person) {
    const to = { kind: 'answer', chatId: person.telegramId, personId: person.id } as const
    await say(tx, noticeIn(person.language), to)
  }
  await tellAdmins(tx, adminChatIds, noticeIn, { except: [person?.telegramId] })
}
