import { type Db, groups } from '@atermtrack/data'
import type { Logger } from 'pino'
import { type TelegramApi, TelegramRefusal } from '../../telegram/telegram-api.ts'

export interface LeaveOverdueOptions {
  readonly db: Db
  readonly api: Pick<TelegramApi, 'call'>
  readonly logger: Logger
  /** So long a group may wait for a decision. */
  readonly days: number
}

const mostAtOnce = 20

/** Leaves the groups that no admin has let in for so many days, and deletes those that were left long ago. */
export async function leaveOverdue({ db, api, logger, days }: LeaveOverdueOptions, signal: AbortSignal): Promise<void> {
  for (const chatId of await groups.listOverdue(db, { days, limit: mostAtOnce })) {
    if (signal.aborted) return
    await api.call('leaveChat', { chat_id: chatId }, { signal }).catch((error: unknown) => {
      // The bot is not in the group any more.
      if (!(error instanceof TelegramRefusal) || error.code === 429) throw error
    })
    await groups.markLeft(db, chatId)
    logger.info({ chatId, days }, 'left a group that no admin let in')
  }
  await groups.deleteLeft(db, { days: 30 })
}
