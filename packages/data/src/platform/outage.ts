/** Classes of SQLSTATE: connection, deadlock, insufficient resources, operator intervention, system. */
const classes = ['08', '40', '53', '57', '58'] as const
/** A lock that was not had in time, a transaction that stood idle for too long, and a server that is a standby just now. */
const states: readonly string[] = ['55P03', '25P03', '25P04', '25006']
/** A statement that takes too long may well be its own fault. */
const queryCanceled = '57014'
const systemCodes: readonly string[] =
  'ECONNREFUSED ECONNRESET ECONNABORTED ETIMEDOUT EPIPE EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' ')
/** Errors of the drivers that have no code. */
const messages =
  /^(connection terminated|connection ended|timeout exceeded when trying to connect|client has encountered a connection error|query read timeout|client was closed|redis is out of reach|connection is closed|command timed out|socket timeout|stream isn't writeable|reached the max retries)/i

/**
 * Whether an error comes from a server that is away, full or too slow, and not from the work that met it: the same work may
 * succeed later.
 */
export function isOutage(error: unknown, depth = 0): boolean {
  if (!(error instanceof Error) || depth > 5) return false
  const { code } = error as Error & { readonly code?: unknown }
  if (typeof code === 'string' && (systemCodes.includes(code) || isPassingState(code))) return true
  if (messages.test(error.message)) return true
  if (error instanceof AggregateError) return error.errors.some((one) => isOutage(one, depth + 1))
  return isOutage(error.cause, depth + 1)
}

function isPassingState(code: string): boolean {
  if (code === queryCanceled) return false
  return code.length === 5 && (states.includes(code) || classes.some((start) => code.startsWith(start)))
}
