import { knownSchedulers, type ListedScheduler, listSchedulers, removeUnknownSchedulers } from '@atermtrack/queue'
import type { Command, CommandInput } from '../command.ts'
import { queueConnection } from '../connections.ts'

export const listSchedulersCommand: Command = {
  right: 'inspect_queues',
  usage: '',
  about: 'list the job schedulers in Redis',
  async run({ env, table }) {
    showSchedulers(await listSchedulers(queueConnection(env)), table)
  },
}

export const pruneSchedulersCommand: Command = {
  right: 'inspect_queues',
  usage: '',
  about: 'remove job schedulers that this release does not know',
  async run({ env, print, table }) {
    const removed = await removeUnknownSchedulers(queueConnection(env), knownSchedulers)
    print(removed.length === 0 ? 'nothing to remove' : 'removed:')
    if (removed.length > 0) showSchedulers(removed, table)
  },
}

function showSchedulers(schedulers: readonly ListedScheduler[], table: CommandInput['table']): void {
  const rows = schedulers.map(({ queue, id, rhythm, nextAt }) => {
    return [queue, id, rhythm, nextAt, knownSchedulers.includes(id) ? '' : 'unknown']
  })
  table(['queue', 'scheduler', 'rhythm', 'next run (UTC)', ''], rows)
}
