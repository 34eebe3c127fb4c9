/** Classes of SQLSTATE that tell of the server, its resources or its other users, and never of the data. */
const serverClasses = /^(?:08|40|53|57|58)/
/** A statement that took too long may well be its own fault. */
const queryCanceled = '57014'
/** The lock of somebody else was in the way; the server is a standby just now. */
const passing: ReadonlySet<string> = new Set(['55P03', '25006'])
const networkCodes = /^(?:ECONN(?:REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/
/** What the driver says without a code. */
const driverTexts =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|connection ended|query read timeout/i

/** True when a query failed because of the database as a whole, so that the same query may well succeed later. */
export function isDatabaseOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (code === queryCanceled) return false
  return serverClasses.test(code) || passing.has(code) || networkCodes.test(code) || driverTexts.test(error.message)
}
