import { knownSchedulers, type ListedScheduler, listSchedulers, removeUnknownSchedulers } from '@atermtrack/queue'
import type { Command } from '../command.ts'
import { queueConnection } from '../connections.ts'
import { textTable } from '../text-table.ts'

export const listSchedulersCommand: Command = {
  usage: '',
  about: 'list the job schedulers in Redis',
  async run({ env, print }) {
    print(schedulerTable(await listSchedulers(queueConnection(env))))
  },
}

export const pruneSchedulersCommand: Command = {
  usage: '',
  about: 'remove job schedulers that this release does not know',
  async run({ env, print }) {
    const removed = await removeUnknownSchedulers(queueConnection(env), knownSchedulers)
    print(removed.length === 0 ? 'nothing to remove' : `removed:\n${schedulerTable(removed)}`)
  },
}

function schedulerTable(schedulers: readonly ListedScheduler[]): string {
  const rows = schedulers.map(({ queue, id, rhythm, nextAt }) => {
    return [queue, id, rhythm, nextAt, knownSchedulers.includes(id) ? '' : 'unknown']
  })
  return textTable(['queue', 'scheduler', 'rhythm', 'next run (UTC)', ''], rows)
}
