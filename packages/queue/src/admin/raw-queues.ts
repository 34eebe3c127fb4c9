import { Queue } from 'bullmq'
import { closeQueues, producerConnection, type QueueConnection, whenReady } from '../connection.ts'
import { contracts } from '../contracts.ts'
import type { AnyQueue } from '../contracts/define-queue.ts'

/** Every declared queue as BullMQ knows it: for those who look at jobs, not for producers. */
export interface RawQueues extends AsyncDisposable {
  readonly list: readonly Queue[]
  /** Resolves when Redis answers; throws within 2 s while it is away. */
  readonly ready: () => Promise<void>
}

/** Opens all queues over one connection. */
export function openRawQueues(connection: QueueConnection): RawQueues {
  const redis = producerConnection(connection)
  const all: readonly AnyQueue[] = contracts
  const list = all.map(({ name }) => {
    const queue = new Queue(name, { connection: redis, prefix: connection.prefix, skipVersionCheck: true })
    queue.on('error', () => undefined) // The connection reports it already.
    return queue
  })
  return {
    list,
    ready: async () => whenReady(redis),
    [Symbol.asyncDispose]: async () => closeQueues(list, redis),
  }
}
