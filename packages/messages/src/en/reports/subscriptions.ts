import { bold } from '../../format/html.ts'
import { containers } from '../words.ts'
import type { subscriptions as ru } from '../../ru/reports/subscriptions.ts'

export const subscriptions: typeof ru = {
  command: 'My subscriptions',
  containers,
  title: (total: number) => (total === 0 ? 'No subscriptions yet.' : `📂 <b>My subscriptions: ${total}</b>`),
  about: 'A subscription sends an Excel file about your list of containers at the times you choose.',
  add: '➕ Create',
  askName: 'What shall the subscription be called? Up to 60 characters. Leave: /cancel',
  badName: 'The name must be a text of 1 to 60 characters. Please try again. Leave: /cancel',
  askNumbers: 'Send container numbers, up to 1000, in several messages if you like.',
  numbers: (taken: number, total: number) =>
    `Taken: ${containers(taken)}, ${total} in the list. Send more or press “Next”.`,
  noNumbers: 'I see no container number. Example: <code>MSKU6011672</code>. Leave: /cancel',
  suspicious: '⚠️ <b>Taken, but the check digit does not match:</b>',
  mistyped: '✏️ <b>Not a container number, left out:</b>',
  more: (count: number) => `… and ${count} more`,
  full: 'A subscription holds 1000 numbers: the rest was left out.',
  next: 'Next →',
  askTimes: (zone: string) => `When shall the report come? Times are ${zone}. Or write your own, such as 8:30, 17:00`,
  badTimes: 'I do not understand the time. Write, for example: 8:30, 17:00 (up to six times a day). Leave: /cancel',
  both: 'At 09:00 and 16:00',
  confirm: (name: string, size: number, times: string) =>
    `Please check:\n${bold(name)}\n${containers(size)}\nEvery day: ${times}`,
  pressSave: 'Press “Save” under the message above, or leave: /cancel',
  save: '✅ Save',
  drop: 'Cancel',
  dropped: 'All right, not saved.',
  saved: (name: string, next: string) => `✅ Subscription ${bold(name)} is created. First report: ${next}`,
  detail: (name: string, size: number, times: string, next: string) =>
    `🔔 ${bold(name)}\n${containers(size)}\nEvery day: ${times}\nNext report: ${next}`,
  sendNow: '📨 Send now',
  preparing: 'Preparing the report, it comes in a minute',
  remove: '🗑 Delete',
  askRemove: (name: string) => `Delete subscription ${bold(name)}? Its reports will not come any more.`,
  confirmRemove: (name: string) => `Yes, delete “${name}”`,
  removed: (name: string) => `Subscription “${name}” is deleted`,
  back: '‹ Back',
}
