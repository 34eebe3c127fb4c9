import type { Logger } from 'pino'

/** The end of a process. */
export interface Ending {
  /** Aborted as soon as the process is to end, with the error that caused it, if any. */
  readonly signal: AbortSignal
  /** Resolves at the first SIGTERM or SIGINT; rejects with the error that `fail` was given first. */
  readonly ended: Promise<void>
  /** Ends the process with code 1: in order if its resources close in time, else by force. */
  readonly fail: (error: unknown) => void
}

export interface EndingOptions {
  readonly logger: Logger
  /** Time for closing all resources. If one hangs longer, the process ends with code 1. */
  readonly graceMs: number
}

/**
 * Watches for the end of this process: a signal, an error that nobody caught, or a part that says it cannot go on. A second signal
 * ends the process at once with code 1.
 */
export function watchForEnd({ logger, graceMs }: EndingOptions): Ending {
  const stop = new AbortController()
  const { promise: ended, resolve, reject } = createDeferred()

  function begin(reason?: unknown): void {
    stop.abort(reason)
    setTimeout(() => {
      logger.error('shutdown took too long, leaving')
      process.exit(1)
    }, graceMs).unref()
  }
  function onSignal(name: string): void {
    if (stop.signal.aborted) {
      logger.warn({ signal: name }, 'second signal, leaving at once')
      process.exit(1)
    }
    logger.info({ signal: name }, 'shutting down')
    begin()
    resolve()
  }
  function fail(error: unknown): void {
    process.exitCode = 1
    logger.fatal({ err: error }, 'the process ends with an error')
    if (stop.signal.aborted) return
    begin(error)
    reject(error)
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  // Rejections that nobody handles come here too.
  process.on('uncaughtException', fail)
  return { signal: stop.signal, ended, fail }
}

function createDeferred() {
  let resolve: () => void = () => undefined
  let reject: (error: unknown) => void = () => undefined
  const promise = new Promise<void>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  // A process that is still starting does not listen yet.
  promise.catch(() => undefined)
  return { promise, resolve, reject }
}
