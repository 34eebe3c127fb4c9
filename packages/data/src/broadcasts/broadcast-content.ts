import type { Json } from '../schema.generated.ts'

/** The call of the Bot API that sends a broadcast to one chat, without the chat. An album has its parts under `payload.media`. */
export interface BroadcastContent {
  readonly method: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** The stored content; undefined for a broadcast of an earlier release, whose deliveries hold its text. */
export function toContent(stored: Json | null): BroadcastContent | undefined {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return undefined
  const { method, payload } = stored
  if (typeof method !== 'string' || typeof payload !== 'object' || payload === null || Array.isArray(payload))
    return undefined
  return { method, payload }
}
