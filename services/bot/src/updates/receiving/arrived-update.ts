import type { ArrivedUpdate } from '@atermtrack/data'
import { z } from 'zod'

/** What the bot asks Telegram for. */
export const allowedUpdates = ['message', 'callback_query', 'my_chat_member'] as const

const withId = z.looseObject({ id: z.int() })
const shape = z.looseObject({
  update_id: z.int(),
  message: z.looseObject({ chat: withId }).optional(),
  callback_query: z.looseObject({ from: withId, message: z.looseObject({ chat: withId }).optional() }).optional(),
  my_chat_member: z.looseObject({ chat: withId }).optional(),
})

/**
 * Stores what arrived. A source that alone stores (`isAlone`) has free updates begun at once; the others wait to be claimed, by
 * this process or another.
 */
export type StoreUpdates = (updates: readonly ArrivedUpdate[], options: { readonly isAlone: boolean }) => Promise<void>

/** The row of an update; undefined for a payload that is none, or that the bot did not ask for. */
export function toArrivedUpdate(payload: unknown): ArrivedUpdate | undefined {
  const { data } = shape.safeParse(payload)
  if (!data) return undefined
  const { message, callback_query: query, my_chat_member: membership } = data
  const chatId = message?.chat.id ?? query?.message?.chat.id ?? query?.from.id ?? membership?.chat.id
  return chatId === undefined ? undefined : { updateId: data.update_id, chatId, payload: data }
}
