import { latinZone } from '../words.ts'
import type { unreached as ru } from '../../ru/reports/unreached.ts'

export const unreached: typeof ru = {
  title: 'Not reached by the broadcast',
  sheet: 'Not reached',
  caption: (count: number) => `The broadcast did not reach ${count} ${count === 1 ? 'person' : 'people'}`,
  cut: (count: number) => `The file holds the first ${count} rows`,
  columns: {
    name: 'Name',
    username: 'Name in Telegram',
    id: 'Id in Telegram',
    company: 'Company',
    reason: 'Reason',
    answer: "Telegram's answer",
  },
  at: (zone: string) => `When, ${latinZone(zone)}`,
  reasons: {
    blocked: 'Blocked the bot or left',
    failed: 'Could not be sent',
    unknown: 'Unknown: the connection was cut, the message may have arrived',
    cancelled: 'Not sent',
  },
}
