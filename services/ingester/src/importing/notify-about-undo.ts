import { people, workbookUndo } from '@atermtrack/data'
import type { Notice } from '@atermtrack/messages'
import type { Tx } from '@atermtrack/outbox'
import { say, notifyAdmins } from '../notify-admins.ts'

/** Notifies the person who asked for an undo, and every admin. */
export async function notifyAboutUndo(
  tx: Tx,
  workbookId: number,
  adminChatIds: readonly number[],
  notice: Notice,
): Promise<void> {
  const requester = await workbookUndo.findRequester(tx, workbookId)
  const person = requester && (await people.findByTelegramId(tx, requester.telegramId))
  if (person) {
    const to = { kind: 'answer', chatId: person.telegramId, personId: person.id } as const
    await say(tx, notice, to)
  }
  await notifyAdmins(tx, adminChatIds, notice, { except: [person?.telegramId] })
}
