import { deliveries, deliveryLedger } from '@atermtrack/data'
import { type Command, readId, UsageError } from '../command.ts'
import { openDatabase } from '../connections.ts'

const limit = 200

export const listDeliveriesCommand: Command = {
  right: 'inspect_deliveries',
  usage: '[--filter <filter>] [--limit <n>]',
  about: `list deliveries, newest first; filter: ${deliveryLedger.ledgerFilters.join(', ')}`,
  options: { filter: { type: 'string', default: 'all' }, limit: { type: 'string', default: '50' } },
  async run({ options, env, table }) {
    const filter = deliveryLedger.ledgerFilters.find((one) => one === options['filter'])
    if (!filter) throw new UsageError(`expected a filter: ${deliveryLedger.ledgerFilters.join(', ')}`)
    const rowLimit = readId(String(options['limit']), 'a limit')
    await using db = openDatabase(env)
    const { rows } = await deliveryLedger.listLedger(db, { filter, offset: 0, limit: rowLimit })
    table(
      ['id', 'at (UTC)', 'status', 'channel', 'kind', 'to', 'what', 'tries', 'error'],
      rows.map(({ id, at, status, channel, kind, name, chatId, address, what, attempts, error }) => {
        const to = [name ?? chatId, address].filter(Boolean).join(', ')
        return [id, at, status, channel, kind, to, what.slice(0, 60), attempts, error?.slice(0, 80)]
      }),
    )
  },
}

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
