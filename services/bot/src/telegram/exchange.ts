import { Agent, type Dispatcher, ProxyAgent } from 'undici'

/** How one request ended. `written` is false only when no byte of the request can have left. */
export type Exchange =
  | { readonly kind: 'answered'; readonly status: number; readonly body: Buffer }
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'cut'; readonly written: boolean; readonly reason: string }

export interface ExchangeLimits {
  /** From the call to the last byte of the answer, the connection included. */
  readonly timeoutMs: number
  readonly maxBytes: number
  readonly signal?: AbortSignal | undefined
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
  request: Dispatcher.DispatchOptions,
  { timeoutMs, maxBytes, signal }: ExchangeLimits,
): Promise<Exchange> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    let status = 0
    let written = false
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
    const onAbort = () => stop({ kind: 'cut', written, reason: 'called off' })
    const timer = setTimeout(() => stop({ kind: 'cut', written, reason: `silent for ${timeoutMs} ms` }), timeoutMs)
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort)

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        controller = started
        // Too late to be awaited, early enough not to be written.
        if (ended) started.abort(new Error('the exchange is over'))
        else written = true
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
      onResponseError: (_controller, error) => end({ kind: 'cut', written, reason: reasonOf(error) }),
    }
    try {
      dispatcher.dispatch(request, handler)
    } catch (error) {
      end({ kind: 'cut', written, reason: reasonOf(error) })
    }
  })
}

/** The code of an error; its message may hold the address, and the address holds the token. */
function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'the connection failed'
}
