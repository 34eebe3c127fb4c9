import type { ArrivedUpdate } from '@atermtrack/data'
import { z } from 'zod'

/** The kinds of updates that the bot requests from Telegram. */
export const allowedUpdates = ['message', 'callback_query', 'inline_query', 'my_chat_member'] as const

const withId = z.looseObject({ id: z.int() })
const shape = z.looseObject({
  update_id: z.int(),
  message: z.looseObject({ chat: withId }).optional(),
  callback_query: z.looseObject({ from: withId, message: z.looseObject({ chat: withId }).optional() }).optional(),
  inline_query: z.looseObject({ from: withId }).optional(),
  my_chat_member: z.looseObject({ chat: withId }).optional(),
})

/**
 * Stores an arrived update. A source that is the only one to store (`isAlone`) has free updates begun at once; the others wait
 * until this process or another claims them.
 */
export type StoreUpdates = (updates: readonly ArrivedUpdate[], options: { readonly isAlone: boolean }) => Promise<void>

/** The row of an update; undefined for a payload that is no update, or of a kind that the bot did not request. */
export function toArrivedUpdate(payload: unknown): ArrivedUpdate | undefined {
  const { data } = shape.safeParse(payload)
  if (!data) return undefined
  const { message, callback_query: query, inline_query: inline, my_chat_member: membership } = data
  // A question from another chat waits for the person's own ones.
  const chatId = message?.chat.id ?? query?.message?.chat.id ?? query?.from.id ?? inline?.from.id ?? membership?.chat.id
  return chatId === undefined ? undefined : { updateId: data.update_id, chatId, payload: data }
}
