const windowMs = 10_000
const chatsThatMeanAll = 3

/** Tells whether a 429 is about one chat or about the bot as a whole. */
export interface RefusalWatch {
  /** Notes a 429 of a chat; true when everything must wait, not only this chat. */
  concernsAll(refusal: { readonly chatId: number; readonly atMs: number; readonly waitMs: number }): boolean
  /** How long everything must still wait; 0 = not at all. */
  restMs(atMs: number): number
}

/**
 * A group has limits of its own, so its 429 delays the group alone; a private chat has none that we reach, so its 429 is
 * about the bot, and so are those of three different chats within 10 s. It remembers the end of such a wait because the queue's
 * own pause begins only when the refused job has ended, and jobs that started meanwhile would call too soon.
 */
export function createRefusalWatch(): RefusalWatch {
  const lastRefusals = new Map<number, number>()
  let silentUntil = 0
  return {
    concernsAll({ chatId, atMs, waitMs }) {
      lastRefusals.set(chatId, atMs)
      for (const [chat, at] of lastRefusals) if (at <= atMs - windowMs) lastRefusals.delete(chat)
      if (chatId < 0 && lastRefusals.size < chatsThatMeanAll) return false
      silentUntil = Math.max(silentUntil, atMs + waitMs)
      return true
    },
    restMs: (atMs) => Math.max(0, silentUntil - atMs),
  }
}
