import type { subscriptionNotices as ru } from '../../ru/notices/subscriptions.ts'
import { containers } from '../words.ts'

export const subscriptionNotices: typeof ru = {
  empty: (name) =>
    name === undefined
      ? 'Nothing is in the report now: there are no containers.'
      : `“${name}”: nothing is in the report now, there are no containers.`,
  listTitle: (name) => `📋 ${name}`,
  left: (count) => `Removed from the list, since their trip is over: ${containers(count)}`,
  back: (count) => `On a new trip and in the list again: ${containers(count)}`,
  more: (count) => `… and ${count} more`,
  putBack: '↩️ Put back into the list',
  open: 'Open the subscription',
  asked: (owner, name, slots) =>
    `${owner} wants to send you the reports of ${name} (each time at ${slots}) and messages about events. Do you agree?`,
  accept: '✅ Yes, send them',
  decline: 'No, thank you',
  accepted: (colleague, name) => `✅ ${colleague} gets the reports of ${name}.`,
  declined: (colleague, name) => `${colleague} has declined the reports of ${name}.`,
  changedOne: (name, changes) => `🔧 An administrator has changed your subscription ${name}: ${changes}.`,
  changedMany: '🔧 An administrator has changed your subscriptions:',
  changes: {
    name: 'its name',
    subject: 'its subject',
    items: 'the list of containers',
    times: 'the times',
    days: 'the days of the week',
    zone: 'the time zone',
    paused: 'paused',
    resumed: 'resumed',
    options: 'the options of the report',
    columns: 'the columns',
    events: 'the events',
    removed: 'deleted',
    restored: 'restored',
    sent: 'the report was sent now',
  },
  openNamed: (name) => `Open “${name}”`,
  restoreNamed: (name) => `↩️ Restore “${name}”`,
  templateStored: (name, fileName) =>
    `📐 Done: the reports of ${name} now come in your file “${fileName}”. Press “Preview” to see one.`,
  templateFailed: (name, fileName, why) =>
    `📐 Your file “${fileName}” could not be filled for the reports of ${name}: ${why}. Meanwhile I send the usual table. Correct the file and send it again.`,
  notFillable: 'it is built in a way that cannot be completed without damage; save it in Excel as .xlsx again',
  rehearse: '👁 Preview',
  template: '📐 My own template',
  stale: (slot) => `The reports of ${slot} went out with old data`,
  source: (source) => `Source: ${source}`,
  heard: (at) => `Last data: ${at}. No newer ones came in the time allowed.`,
}
