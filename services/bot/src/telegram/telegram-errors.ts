export interface RefusalDetails {
  readonly method: string
  readonly code: number
  readonly description: string
  readonly retryAfterSeconds?: number | undefined
  readonly migrateToChatId?: number | undefined
}

/** Telegram has refused the call, which had no effect. A 5xx is the exception: its effect is unknown. */
export class TelegramRefusal extends Error {
  override readonly name = 'TelegramRefusal'
  readonly method: string
  readonly code: number
  readonly description: string
  readonly retryAfterSeconds: number | undefined
  readonly migrateToChatId: number | undefined

  constructor({ method, code, description, retryAfterSeconds, migrateToChatId }: RefusalDetails) {
    super(`Telegram refused ${method}: ${code} ${description}`)
    this.method = method
    this.code = code
    this.description = description
    this.retryAfterSeconds = retryAfterSeconds
    this.migrateToChatId = migrateToChatId
  }
}

/**
 * No usable answer came. `maybeDelivered` is false only when the request surely was not written: no server listens, the name does
 * not resolve, the proxy refuses. It carries no cause: errors of the HTTP client contain addresses, and ours contain the token.
 */
export class TelegramUnreachable extends Error {
  override readonly name = 'TelegramUnreachable'
  readonly method: string
  readonly maybeDelivered: boolean

  constructor(
    method: string,
    { reason, maybeDelivered }: { readonly reason: string; readonly maybeDelivered: boolean },
  ) {
    super(`no answer of Telegram to ${method}: ${reason}`)
    this.method = method
    this.maybeDelivered = maybeDelivered
  }
}
