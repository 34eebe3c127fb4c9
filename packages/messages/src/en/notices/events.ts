import type { events as ru } from '../../ru/notices/events.ts'
import { containers, plural } from '../words.ts'

const hours = (n: number) => `${n} ${plural(n, { one: 'hour', other: 'hours' })}`

const kinds = {
  departed: '🚂 Departed',
  arrived_at_station: '🚉 Arrived at a station',
  abandoned: '🛑 Train held en route',
  picked_up: '✅ Train moving again',
  long_idle_began: '⏸ Standing for a long time',
  long_idle_ended: '▶️ Moving again after a long stop',
  wagon_changed: '🔁 Another wagon',
  train_changed: '🔀 Another train',
  destination_changed: '⚠️ Another destination',
  arrived: '🏁 Arrived at the destination',
  unloaded: '📤 Unloaded or released',
  left_terminal: '🚪 Left the terminal',
  came_to_terminal: '🏗 Arrived at the terminal',
  missing: '❓ Missing from the report',
  returned: '🔎 Back in the report',
  forecast_moved: '📅 The forecast has changed',
  norm_at_risk: '⏳ Expected to miss the due date',
  norm_missed: '⏰ Missed the due date',
  free_days_end: '💰 Free days at the terminal are ending',
}

export const events: typeof ru = {
  kinds,
  forecastLater: '📅 Arrival is later',
  forecastEarlier: '📅 Arrival is earlier',
  containers,
  train: (name) => `train ${name}`,
  fromTo: (from, to) => `from ${from} to ${to}`,
  movedBy: (least, most) => `by ${least === most ? hours(least) : `${least}–${hours(most)}`}`,
  expected: (destination, when) => `🎯 ${destination}: arrival expected ${when}`,
  notBefore: (destination, when) => `🎯 ${destination}: arrival not before ${when}`,
  going: (destination) => `🎯 Destination: ${destination}`,
  freeUntil: (when, dayRate) => `💳 Free until ${when}${dayRate === undefined ? '' : `, then ${dayRate} ₽ a day`}`,
  elsewhere: (list) => `↪️ Another destination: ${list}`,
  more: (n) => `… and ${n} more`,
  corrected: (list) => `✏️ Corrected, this did not happen: ${list}`,
  correctedAll: (heading, list) =>
    `✏️ <b>Correction.</b> ${heading}: this did not happen, the data were withdrawn.\n${list}`,
  digest: (name) => `🔔 <b>Events: ${name}</b>`,
  morning: '🌅 <b>Events of the quiet hours</b>',
  gathered: '🔔 <b>More events of this hour</b>',
  otherGroups: (n) => `… and ${n} more ${plural(n, { one: 'event', other: 'events' })}`,
  buttons: {
    list: '📋 All containers',
    train: '🚂 Train',
    stop: '🔕 No more of these',
    settings: '⚙️ Events',
  },
  subject: (heading, count) => `${heading}: ${count}`,
}
