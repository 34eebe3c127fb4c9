import { deliveries } from '@atermtrack/data'
import type { Command } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { textTable } from '../text-table.ts'

const limit = 200

export const unknownDeliveriesCommand: Command = {
  usage: '',
  about: 'list deliveries, answers included, that may or may not have arrived, and those that failed within a week',
  async run({ env, print }) {
    await using db = openDatabase(env)
    const rows = await deliveries.listUnresolved(db, { limit })
    print(
      textTable(
        ['id', 'status', 'channel', 'kind', 'to', 'what', 'sent at (UTC)'],
        rows.map(({ id, status, channel, kind, name, chatId, what, sendingAt }) => {
          return [id, status, channel, kind, name ?? chatId, what.slice(0, 60), sendingAt]
        }),
      ),
    )
    const { unknown, failed } = await deliveries.countUnresolved(db)
    const more = unknown + failed - rows.length
    if (more > 0) print(`… and ${more} more`)
  },
}
