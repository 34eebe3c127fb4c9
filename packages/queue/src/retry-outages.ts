import { JobDelayed } from './errors.ts'
import type { Handler } from './worker.ts'

const pauseMs = 5_000

/**
 * Delays a job whose error shows that a server is away or too slow. That run does not count as an attempt, however long the
 * server takes.
 */
export function retryOutages<Payload>(
  handler: Handler<Payload>,
  isOutage: (error: unknown) => boolean,
): Handler<Payload> {
  return async (payload, context) => {
    try {
      await handler(payload, context)
    } catch (error) {
      if (!isOutage(error)) throw error
      context.logger.warn({ err: error }, 'a server is away or too slow, the job comes again')
      throw new JobDelayed(pauseMs + Math.random() * pauseMs)
    }
  }
}
