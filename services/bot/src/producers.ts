import type { Producer } from '@atermtrack/queue'

/** The queues that answers to updates ring. */
export interface Producers {
  readonly buildReport: Producer<{ reportId: number }>
  readonly sendTelegram: Producer<{ deliveryId: number }>
  readonly sendEmail: Producer<{ deliveryId: number }>
}
