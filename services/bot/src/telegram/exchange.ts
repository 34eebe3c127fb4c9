import { Agent, type Dispatcher, ProxyAgent } from 'undici'

/** The outcome of one request. `written` is false only when the request cannot have left as a whole. */
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
  /** False while a part of the body has not been passed to the socket: without it no server can have processed the request. */
  readonly isWhole: () => boolean
}

/** Opens the connections to one server, through an `http:`, `https:` or `socks5:` proxy if there is one. */
export function openDispatcher(proxy: string | undefined): Dispatcher {
  // An exchange has time-outs of its own; those of the library (300 s) would only interfere with a long poll.
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 }
  if (proxy === undefined) return new Agent(timeouts)
  return new ProxyAgent({ uri: proxy, ...loginOf(proxy), ...timeouts })
}

/** For `socks5:` the library would send the login with the escapes of the address. */
function loginOf(proxy: string) {
  const { username, password } = new URL(proxy)
  return username === '' ? {} : { username: decodeURIComponent(username), password: decodeURIComponent(password) }
}

/**
 * Sends one request and reads the whole answer. It never rejects. It uses the dispatcher itself because only the dispatcher shows
 * whether a failed request had been passed to a socket.
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
        // It is too late to wait for the request, and early enough to prevent its writing.
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
      // The documentation allows iterables; the types omit them.
      dispatcher.dispatch(request as Dispatcher.DispatchOptions, handler)
    } catch (error) {
      end(cut(reasonOf(error)))
    }
  })
}

/** The code of an error; its message may contain the address, and the address contains the token. */
export function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : 'the connection failed'
}
