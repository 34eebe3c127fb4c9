import { openQueues, type QueueContract } from '@atermtrack/queue'
import type { Env } from '@atermtrack/runtime'
import { queueConnection } from './connections.ts'

/** Enqueues jobs of rows that are committed; false for each that Redis did not take, which the sweep enqueues later. */
export async function enqueueEach<Payload>(
  env: Env,
  queue: QueueContract<Payload>,
  payloads: readonly Payload[],
): Promise<readonly boolean[]> {
  await using queues = openQueues(queueConnection(env))
  const taken: boolean[] = []
  for (const payload of payloads) {
    taken.push(
      await queues.enqueue(queue, payload).then(
        () => true,
        () => false,
      ),
    )
  }
  return taken
}

/** As `enqueueEach`, for one job. */
export async function enqueue<Payload>(env: Env, queue: QueueContract<Payload>, payload: Payload): Promise<boolean> {
  return (await enqueueEach(env, queue, [payload]))[0] === true
}
