import type { share as ru } from '../../ru/containers/share.ts'
import { containers } from '../words.ts'

export const share: typeof ru = {
  button: '📤 Pass on to a client',
  choose: (what) =>
    `📤 <b>${what}</b>\nHow is it to be passed on? The message and the file hold only what a client needs: where it is, how far it has to go and when to expect it. No wagons, trains, norms or names of others.`,
  list: (count) => containers(count),
  text: '💬 As a message',
  excel: '📄 As an Excel file',
  intoChat: '↗ Into a chat at once',
  preparing: '📎 Preparing the Excel file, it follows: you can forward it.',
  nothing: 'These containers are in no position report now: there is nothing to pass on.',
  train: (code, destination) => `🚂 <b>Train ${code}</b>${destination === undefined ? '' : ` → ${destination}`}`,
  containers: (count) => `${containers(count)} in it`,
  notOnRailway: 'Not yet dispatched by rail',
  places: '<b>Where they are</b>',
  states: {
    at_origin: '🏗 at the origin station',
    under_way: '🚂 under way',
    delayed: '⏸ delayed on the way',
    arrived: '🏁 arrived at the destination station',
    unloaded: '✅ arrived, unloaded',
  },
  place: (place, time) => `Now at: ${place}, as of ${time}`,
  left: (distance) => `To go: ${distance}`,
  expected: (days) => `Expected: ${days}`,
  notBefore: (day) => `Expected not before: ${day}`,
  arrivedAt: (time) => `Arrived: ${time}`,
  valid: (asOf, until) => `Data of ${asOf}, valid until ${until}`,
  outdated: (asOf) => `Data of ${asOf}, there are no newer ones yet`,
  noData: 'There are no data yet',
  inline: {
    hint: 'Write the number of a container or a train',
    nothing: 'No such number was found',
    stranger: 'You need access: open the bot',
    several: (count) => containers(count),
    severalHint: 'in one message',
    train: (code) => `Train ${code}`,
  },
}
