import type { TelegramRefusal } from '../telegram/telegram-errors.ts'

/** The meaning of a refusal of Telegram for a delivery. */
export type RefusalMeaning =
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'moved'; readonly chatId: number }
  /** The chat accepts no message at all; the message itself is not at fault. */
  | { readonly kind: 'blocked' }
  /** Our HTML is broken. */
  | { readonly kind: 'markup' }
  | { readonly kind: 'file_forgotten' }
  /** Telegram already shows the requested content, or nobody waits for it any more. */
  | { readonly kind: 'needless' }
  /** The message that was to be edited is gone. */
  | { readonly kind: 'message_gone' }
  | { readonly kind: 'token_refused' }
  /** A server error: the message may have left before it. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed' }

const defaultWaitSeconds = 5
/** Flood waits of hours exist; a longer one is treated as this. */
const longestWaitSeconds = 6 * 3_600
const chatIsGone =
  /chat not found|user not found|peer_id_invalid|group chat was (deleted|deactivated)|chat_write_forbidden|(not enough|have no) rights to send/i

/** Reads the code, and the description too, because Telegram uses 400 for many different refusals. */
export function classifyRefusal({
  code,
  description,
  retryAfterSeconds,
  migrateToChatId,
}: Pick<TelegramRefusal, 'code' | 'description' | 'retryAfterSeconds' | 'migrateToChatId'>): RefusalMeaning {
  if (migrateToChatId !== undefined) return { kind: 'moved', chatId: migrateToChatId }
  if (code === 429) return { kind: 'wait', ms: waitMs(retryAfterSeconds) }
  // A token that was never valid is answered with 404, a revoked one with 401.
  if (code === 401 || code === 404) return { kind: 'token_refused' }
  if (code === 403 || chatIsGone.test(description)) return { kind: 'blocked' }
  if (code >= 500) return { kind: 'unknown' }
  if (/can't parse entities/i.test(description)) return { kind: 'markup' }
  if (/message is not modified|query is too old|query id is invalid/i.test(description)) return { kind: 'needless' }
  if (/message to edit not found|message can't be edited/i.test(description)) return { kind: 'message_gone' }
  if (/wrong (remote )?file|file_reference|invalid file_id/i.test(description)) return { kind: 'file_forgotten' }
  return { kind: 'failed' }
}

function waitMs(seconds = defaultWaitSeconds): number {
  return Math.min(Math.max(seconds, 1), longestWaitSeconds) * 1_000
}
