import { deliveries } from '@atermtrack/data'
import type { Command } from '../command.ts'
import { openDatabase } from '../connections.ts'

const limit = 200

export const unknownDeliveriesCommand: Command = {
  right: 'inspect_deliveries',
  usage: '',
  about: 'list deliveries, answers included, that may or may not have arrived, and those that failed within a week',
  async run({ env, print, table }) {
    await using db = openDatabase(env)
    const rows = await deliveries.listUnresolved(db, { limit })
    table(
      ['id', 'status', 'channel', 'kind', 'to', 'what', 'sent at (UTC)'],
      rows.map(({ id, status, channel, kind, name, chatId, what, sendingAt }) => {
        return [id, status, channel, kind, name ?? chatId, what.slice(0, 60), sendingAt]
      }),
    )
    const { unknown, failed } = await deliveries.countUnresolved(db)
    const more = unknown + failed - rows.length
    if (more > 0) print(`… and ${more} more`)
  },
}
