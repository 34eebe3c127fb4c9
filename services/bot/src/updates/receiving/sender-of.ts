import type { Update, User } from 'telegraf/types'

/** Who wrote the message or pressed the button of an update. */
export function senderOf(update: Update): User | undefined {
  if ('callback_query' in update) return update.callback_query.from
  return 'message' in update ? update.message.from : undefined
}
