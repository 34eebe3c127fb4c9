import { Agent, type Dispatcher, ProxyAgent } from 'undici'

/** How one request ended. `written` is false only when the request cannot have left as a whole. */
export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Buffer }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'cut'; readonly written: boolean; readonly reason: string }

export interface ExchangeRequest extends Omit<Dispatcher.DispatchOptions, 'body'> {
  readonly body: string | AsyncIterable<Uint8Array>
}

export interface ExchangeLimits {
  /** From the call to the last byte of the answer, the connection included. */
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
  /** False while a part of the body has not been handed over: a server that lacks it cannot have acted upon the request. */
  readonly isWhole: () => boolean
}

/** Opens the connections to one server, through an `http:`, `https:` or `socks5:` proxy if there is one. */
export function openDispatcher(proxy: string | undefined): Dispatcher {
  // The time-outs of an exchange are ours; the library's own (300 s) would only confuse a long poll.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 }
  if (proxy === undefined) return new Agent(timeouts)
  return new ProxyAgent({ uri: proxy, ...loginOf(proxy), ...timeouts })
}

/** For `socks5:` the library would send the login as it stands in the address, escapes and all. */
function loginOf(proxy: string) {
  const { username, password } = new URL(proxy)
  return username === '' ? {} : { username: decodeURIComponent(username), password: decodeURIComponent(password) }
}

/**
 * Sends one request and reads the whole answer. It never rejects. This speaks to the dispatcher itself because only there
 * one learns whether the request had been handed to a socket when things went wrong.
 */
export async function exchange(
  dispatcher: Dispatcher,
  request: ExchangeRequest,
  { timeoutMs, maxBytes, signal, isWhole }: ExchangeLimits,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    let status = 0
    let begun = false
    let ended = false
    let controller: Dispatcher.DispatchController | undefined

    function end(outcome: Exchange): void {
      if (ended) return
      ended = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    function stop(outcome: Exchange): void {
      end(outcome)
      controller?.abort(new Error('the exchange is over'))
    }
    const cut = (reason: string) => ({ kind: 'cut', written: begun && isWhole(), reason }) as const
    const onAbort = () => stop(cut('called off'))
    const timer = setTimeout(() => stop(cut(`silent for ${timeoutMs} ms`)), timeoutMs)
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort)

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        // Too late to be awaited, early enough not to be written.
        if (ended) started.abort(new Error('the exchange is over'))
        else begun = true
      },
      onResponseStart(_controller, code) {
        status = code
      },
      onResponseData(_controller, chunk) {
        size += chunk.length
        chunks.push(chunk)
        if (size > maxBytes) stop({ kind: 'tooLarge' })
      },
      onResponseEnd: () => end({ kind: 'answered', status, body: Buffer.concat(chunks) }),
      onResponseError: (_controller, error) => end(cut(reasonOf(error))),
    }
    try {
      // It documents that it takes iterables, and its types leave them out.
      dispatcher.dispatch(request as Dispatcher.DispatchOptions, handler)
    } catch (error) {
      end(cut(reasonOf(error)))
    }
  })
}

/** The code of an error; its message may hold the address, and the address holds the token. */
export function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'the connection failed'
}
