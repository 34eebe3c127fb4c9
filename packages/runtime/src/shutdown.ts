import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'

/**
 * Resolves at the first SIGTERM or SIGINT. From then on the process has `graceMs` to let go of what it holds; a second
 * signal, or the end of that time, ends it at once with code 1.
 */
export async function untilShutdown({
  logger,
  graceMs,
}: {
  readonly logger: Logger
  readonly graceMs: number
}): Promise<void> {
  const signal = await new Promise<string>((resolve) => {
    let asked = false
    const onSignal = (name: string) => {
      if (asked) {
        logger.warn({ signal: name }, 'second signal, leaving at once')
        process.exit(1)
      }
      asked = true
      resolve(name)
    }
    process.on('SIGTERM', onSignal)
    process.on('SIGINT', onSignal)
  })
  logger.info({ signal }, 'shutting down')
  void delay(graceMs, undefined, { ref: false }).then(() => {
    logger.error('shutdown took too long, leaving')
    process.exit(1)
  })
}
