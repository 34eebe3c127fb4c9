import type { Dispatcher } from 'undici'
import { reasonOf } from './exchange.ts'
import { TelegramRefusal, TelegramUnreachable } from './telegram-errors.ts'

const method = 'download'

export interface DownloadLimits {
  readonly maxBytes: number
  /** From the call to the last byte. */
  readonly timeoutMs: number
  readonly signal?: AbortSignal
}

/**
 * Downloads a file as fast as the caller reads its pieces. Throws TelegramRefusal, with 413 for a file over the limit, and
 * TelegramUnreachable.
 */
export async function* download(
  dispatcher: Dispatcher,
  place: { readonly origin: string; readonly path: string },
  { maxBytes, timeoutMs, signal }: DownloadLimits,
): AsyncGenerator<Uint8Array> {
  const late = AbortSignal.timeout(timeoutMs)
  const either = signal ? AbortSignal.any([late, signal]) : late
  let size = 0
  try {
    const { statusCode, body } = await dispatcher.request({ ...place, method: 'GET', signal: either })
    if (statusCode !== 200) {
      await body.dump()
      throw new TelegramRefusal({ method, code: statusCode, description: 'no such file' })
    }
    for await (const piece of body as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > maxBytes) throw new TelegramRefusal({ method, code: 413, description: 'file is too big' })
      yield piece
    }
  } catch (error) {
    if (error instanceof TelegramRefusal) throw error
    const reason = late.aborted ? `silent for ${timeoutMs} ms` : signal?.aborted ? 'called off' : reasonOf(error)
    throw new TelegramUnreachable(method, { reason, maybeDelivered: false })
  }
}
