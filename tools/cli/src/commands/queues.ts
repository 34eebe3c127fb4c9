import { countPendingRows } from '@atermtrack/outbox'
import { type AnyQueue, contracts } from '@atermtrack/queue'
import type { Command } from '../command.ts'
import { openDatabase } from '../connections.ts'

export const listQueuesCommand: Command = {
  right: 'inspect_queues',
  usage: '',
  about: 'list the queues, with the rows in the database that wait for each',
  async run({ env, table }) {
    await using db = openDatabase(env)
    const pending = await countPendingRows(db)
    const queues: readonly AnyQueue[] = contracts
    const rows = queues.map(({ name, workedBy, schedules = [] }) => {
      const { waiting, oldestSince } = pending.find(({ queue }) => queue === name) ?? {}
      return [name, workedBy, waiting, oldestSince, schedules.map(({ id }) => id).join(', ')]
    })
    table(['queue', 'worked by', 'waiting', 'oldest since (UTC)', 'schedulers'], rows)
  },
}
