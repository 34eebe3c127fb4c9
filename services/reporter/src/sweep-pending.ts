import { deliveries } from '@atermtrack/data'
import { type Outbox, sweepPendingRows } from '@atermtrack/outbox'
import type { Handler, Queues } from '@atermtrack/queue'

export interface SweepDependencies extends Pick<Outbox, 'db'> {
  readonly queues: Pick<Queues, 'enqueueAll'>
  /** Whether a mail server is configured: without one, nobody works the queue of e-mail. */
  readonly emailIsOn: boolean
}

const limits = { seconds: 60, limit: 500 } as const
/** No call to Telegram or to the mail server lasts that long. */
const staleSendingSeconds = 120

/** Enqueues rows that wait in the database without a job, and releases deliveries whose sender died. */
export function createSweepPending({ db, queues, emailIsOn }: SweepDependencies): Handler<object> {
  return async (_payload, { logger }) => {
    const counts = await sweepPendingRows({ db, queues }, { ...limits, without: emailIsOn ? [] : ['send-email'] })
    if (Object.keys(counts).length > 0) logger.info(counts, 'forgotten rows are enqueued again')
    const unknown = await deliveries.markStaleSendingUnknown(db, { seconds: staleSendingSeconds })
    for (const deliveryId of unknown) logger.warn({ deliveryId }, 'delivery was cut in the middle, its fate is unknown')
  }
}
