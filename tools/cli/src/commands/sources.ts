import { sources } from '@atermtrack/data'
import { kindName } from '@atermtrack/messages'
import type { Command } from '../command.ts'
import { openDatabase } from '../connections.ts'

export const listSourcesCommand: Command = {
  right: 'inspect_queues',
  usage: '',
  about: 'list where reports come from, and how fresh and large the newest of each source is',
  async run({ env, table }) {
    await using db = openDatabase(env)
    table(
      ['kind', 'sender', 'number', 'newest (UTC)', 'confirmed (UTC)', 'rows', 'usual rows', 'reports'],
      (await sources.listFreshness(db)).map((source) => {
        const { kind, sender, reportNumber, stamp, confirmedAt, rowCount, usualRows, reports } = source
        return [kindName(kind, 'en'), sender, reportNumber, stamp, confirmedAt, rowCount, usualRows, reports]
      }),
    )
  },
}
