import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface Login {
  readonly user: string
  readonly password: string
}

/** Whether the page answers a request, or the status with which it refuses it. */
export type Verdict = 'answer' | 401 | 403 | 405 | 429

/** Wrong passwords in a minute, of everybody together, after which the page takes none for the rest of it. */
const mostFailures = 20
const windowMs = 60_000

/**
 * Checks requests by the login of HTTP's basic authentication. A page that is read-only takes no request that changes something, and any
 * page takes one from itself alone, since browsers add the login to requests that other sites make.
 */
export function createRequestCheck({
  login,
  isReadOnly,
  now = () => performance.now(),
}: {
  readonly login: Login
  readonly isReadOnly: boolean
  readonly now?: () => number
}): (request: Pick<IncomingMessage, 'method' | 'headers'>) => Verdict {
  const expected = digestOf(`Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`)
  let failures: readonly number[] = []
  return ({ method = '', headers }) => {
    failures = failures.filter((at) => now() - at < windowMs)
    if (failures.length >= mostFailures) return 429
    if (headers.authorization === undefined) return 401
    if (!timingSafeEqual(digestOf(headers.authorization), expected)) {
      failures = [...failures, now()]
      return 401
    }
    if (method === 'GET' || method === 'HEAD') return 'answer'
    if (isReadOnly) return 405
    return isOfThisPage(headers) ? 'answer' : 403
  }
}

/** Digests have one length, so that their comparison takes the same time for any text. */
function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function isOfThisPage({ origin, host }: IncomingMessage['headers']): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host
}
