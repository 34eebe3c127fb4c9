import { plural } from '../words.ts'
import type { terminals as ru } from '../../ru/containers/terminals.ts'

export const terminals: typeof ru = {
  command: 'What stands at the terminal',
  title: (name: string) => `🏗 <b>Terminal ${name}</b>`,
  titleOnly: '🏗 <b>Terminal</b>',
  onSite: (count: number) => `<b>${count}</b> ${plural(count, { one: 'container', other: 'containers' })} on site`,
  sizes: (containers20: number, containers40: number, teu: number) =>
    `20': ${containers20}, 40': ${containers40}, ${teu} TEU`,
  lastDay: '<b>In the last 24 hours of data</b>',
  arrived: 'Arrived',
  dispatched: 'Dispatched',
  conditions: '<b>By condition</b>',
  condition: { loaded: 'loaded', empty: 'empty', damaged: 'damaged', customs: 'at customs' },
  noDirection: 'No direction given',
  noStock: 'no stock given',
  noName: 'without a name',
  empty: 'Nothing stands on site.',
  choose: '🏗 Choose a terminal:',
  summary: (name: string, onSite: number, time: string, age: string) =>
    `• ${name}: ${onSite} on site, report of ${time}, ${age} old`,
  noTerminals: 'There are no reports of a terminal yet, or nothing stands on site.',
  refresh: '🔄 Refresh',
  refreshed: 'Refreshed',
  others: '🏗 Other terminals',
}
