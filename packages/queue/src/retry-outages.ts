import { JobDelayed } from './errors.ts'
import type { Handler } from './worker.ts'

const pauseMs = 5_000

/**
 * Brings a job back when its error tells of a server that is away or too slow: that is no attempt of the job, however long the
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
