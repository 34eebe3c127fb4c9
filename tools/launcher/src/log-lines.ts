const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const
type Level = (typeof levels)[number]

/** Codes of a terminal. */
const dim = 2
const red = 31
const colours: Readonly<Record<Level, number>> = { trace: dim, debug: dim, info: 32, warn: 33, error: red, fatal: red }

export interface LogLineOptions {
  /** The service that wrote the line. */
  readonly service: string
  /** Lines of a service's log below this level give undefined; other lines are always shown. */
  readonly atLeast?: Level
  readonly colour?: boolean
}

/** A JSON line of a service's log in readable form: time, level, service, message, fields. Other lines pass as they are. */
export function readableLogLine(line: string, options: LogLineOptions): string | undefined {
  const { service, atLeast = 'trace', colour = false } = options
  const record = parseRecord(line)
  if (!record) return `${' '.repeat(15)}${service.padEnd(9)} ${line}`
  const { level, time, msg = '', service: _service, err, ...fields } = record
  if (levels.indexOf(level) < levels.indexOf(atLeast)) return undefined

  const label = level.toUpperCase().padEnd(5)
  const paint = (code: number, text: string) => (colour ? `\u001B[${code}m${text}\u001B[0m` : text)
  const details = { ...fields, ...(isError(err) && { err: err.message }) }
  const head = `${paint(dim, clock(time))} ${paint(colours[level], label)} ${service.padEnd(9)} ${String(msg)}`
  const pairs = Object.entries(details).map(([key, value]) => `${key}=${shown(value)}`)
  const stack = (level === 'error' || level === 'fatal') && isError(err) ? stackLines(err.stack) : []
  return [[head, ...pairs.map((pair) => paint(dim, pair))].join(' '), ...stack].join('\n')
}

interface LogRecord {
  readonly level: Level
  readonly time: string
  readonly [field: string]: unknown
}

function parseRecord(line: string): LogRecord | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    const record = JSON.parse(line) as Record<string, unknown>
    const isRecord = levels.includes(record['level'] as Level) && typeof record['time'] === 'string'
    return isRecord ? (record as unknown as LogRecord) : undefined
  } catch {
    return undefined
  }
}

/** `HH:MM:SS` in the zone of this machine. */
function clock(time: string): string {
  return new Date(time).toTimeString().slice(0, 8)
}

function shown(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"=]+$/.test(value)) return value
  return JSON.stringify(value)
}

function isError(value: unknown): value is { readonly message: string; readonly stack?: string } {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string'
}

function stackLines(stack = ''): readonly string[] {
  return stack.split('\n').filter((line) => line.startsWith('    at '))
}
