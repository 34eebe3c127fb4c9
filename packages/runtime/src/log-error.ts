import { pino } from 'pino'

/**
 * The properties of an error that may stand in the log. The others hold data that somebody sent: PostgreSQL's `detail` and `where` hold
 * whole rows, ioredis keeps the arguments of a command, telegraf the message that was to be sent.
 */
const named =
  'code errno syscall status statusCode responseCode exitCode signal severity schema table column constraint routine'.split(
    ' ',
  )
/** SQLSTATE class 22, data exception: the message quotes the value that was refused. */
const dataException = /^22[0-9A-Z]{3}$/

/** An error as fields of a log line: type, message, stack and what names the fault, and none of the data involved. */
export function logError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { type, message, stack } = pino.stdSerializers.err(error)
  const properties = error as unknown as Readonly<Record<string, unknown>>
  const facts = named.flatMap((name) => (isPlain(properties[name]) ? [[name, properties[name]] as const] : []))
  const clean = (text: string) => dataErrorsOf(error).reduce(withoutValue, text)
  return {
    type,
    message: clean(message),
    stack: clean(stack),
    ...Object.fromEntries(facts),
    ...(error instanceof AggregateError && { errors: error.errors.map(logError) }),
  }
}

function isPlain(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}

/** The messages of the error and its causes that quote a value: pino writes the causes into message and stack. */
function dataErrorsOf(error: unknown, depth = 0): readonly string[] {
  if (!(error instanceof Error) || depth > 10) return []
  const { code, message } = error as Error & { readonly code?: unknown }
  const own = typeof code === 'string' && dataException.test(code) ? [message] : []
  return [...own, ...dataErrorsOf(error.cause, depth + 1)]
}

function withoutValue(text: string, message: string): string {
  return message === '' ? text : text.replaceAll(message, message.replace(/"[^]*"/, '"…"'))
}
