import { deliveries } from '@atermtrack/data'
import type { Command } from '../command.ts'
import { openDatabase } from '../connections.ts'
import { textTable } from '../text-table.ts'

const limit = 200

export const unknownDeliveriesCommand: Command = {
  usage: '',
  about: 'list deliveries that were cut in the middle, of which nobody knows whether they arrived',
  async run({ env, print }) {
    await using db = openDatabase(env)
    const rows = await deliveries.listUnknown(db, { limit })
    print(
      textTable(
        ['id', 'channel', 'kind', 'to', 'what', 'cut at (UTC)'],
        rows.map(({ id, channel, kind, name, chatId, what, sendingAt }) => {
          return [id, channel, kind, name ?? chatId, what.slice(0, 60), sendingAt]
        }),
      ),
    )
    const count = await deliveries.countUnknown(db)
    if (count > rows.length) print(`… and ${count - rows.length} more`)
  },
}
