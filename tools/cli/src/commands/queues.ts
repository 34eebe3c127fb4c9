import { countPendingRows } from '@atermtrack/outbox'
import { audit } from '@atermtrack/data'
import { type AnyQueue, contracts, listFailedJobs, listUnknownQueues, retryFailedJobs } from '@atermtrack/queue'
import { type Command, readId, UsageError } from '../command.ts'
import { openDatabase, queueConnection } from '../connections.ts'

export const listQueuesCommand: Command = {
  right: 'inspect_queues',
  usage: '',
  about:
    'list the queues, with the rows in the database that wait for each, and those in Redis that this release does not know',
  async run({ env, table, print }) {
    await using db = openDatabase(env)
    const pending = await countPendingRows(db)
    const queues: readonly AnyQueue[] = contracts
    const rows = queues.map(({ name, workedBy, schedules = [] }) => {
      const { waiting, oldestSince } = pending.find(({ queue }) => queue === name) ?? {}
      return [name, workedBy, waiting, oldestSince, schedules.map(({ id }) => id).join(', ')]
    })
    table(['queue', 'worked by', 'waiting', 'oldest since (UTC)', 'schedulers'], rows)
    // The rows are what counts, so that this list also helps while Redis is away.
    const unknown = await listUnknownQueues(queueConnection(env)).catch(() => [])
    if (unknown.length > 0) print(`queues in Redis that this release does not know: ${unknown.join(', ')}`)
  },
}

export const failedJobsCommand: Command = {
  right: 'inspect_queues',
  usage: '<queue> [--limit <n>]',
  about: 'list the jobs of a queue that failed for good and are still kept, newest first',
  options: { limit: { type: 'string', default: '50' } },
  async run({ args, options, env, table }) {
    const queue = readQueue(args[0])
    const limit = readId(String(options['limit']), 'a limit')
    const rows = await listFailedJobs(queueConnection(env), queue, limit)
    table(
      ['job', 'payload', 'starts', 'failed (UTC)', 'reason'],
      rows.map(({ id, payload, starts, failedAt, reason }) => [id, payload, starts, failedAt, reason.slice(0, 200)]),
    )
  },
}

/** The rows decide what is left to do: a job whose row has ended meanwhile does nothing. */
export const retryJobsCommand: Command = {
  right: 'inspect_queues',
  usage: '<queue> [--job <id>]',
  about: 'start the jobs of a queue again that failed for good, or one of them',
  options: { job: { type: 'string' } },
  async run({ args, options, env, actor, print }) {
    const queue = readQueue(args[0])
    const jobId = typeof options['job'] === 'string' ? options['job'] : undefined
    await using db = openDatabase(env)
    const count = await retryFailedJobs(queueConnection(env), queue, jobId)
    if (jobId !== undefined && count === 0) throw new Error(`job ${jobId} of ${queue} has not failed`)
    if (count > 0) {
      const details = { jobs: count, ...(jobId !== undefined && { job: jobId }) }
      await audit.insert(db, { ...actor, action: 'queue.retried', object: `queue:${queue}`, details })
    }
    print(`${count} jobs of ${queue} are started again`)
  },
}

function readQueue(text: string | undefined): string {
  const queues: readonly AnyQueue[] = contracts
  if (queues.some(({ name }) => name === text) && text !== undefined) return text
  throw new UsageError(`expected a queue: ${queues.map(({ name }) => name).join(', ')}`)
}
