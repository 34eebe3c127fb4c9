import { bold } from '../../format/html.ts'
import type { alerts as ru } from '../../ru/chat/alerts.ts'
import { containers } from '../words.ts'

export const alerts: typeof ru = {
  command: 'Events and alerts',
  title: '🔔 <b>Events</b>',
  about:
    'I write when something happens to your containers: one message for each train and station. Each subscription has its own choice of events and times.',
  quietSilent: '🌙 In quiet hours: without a sound',
  quietHeld: '🌙 In quiet hours: I wait until they end and send one message',
  noQuiet: '🌙 No quiet hours are set',
  timing: { at_once: 'at once', digest: 'as a digest', never: 'not reported' },
  subscription: (name, timing, kinds) => `• ${bold(name)}: ${timing}${kinds > 0 ? `, kinds of events: ${kinds}` : ''}`,
  moreSubscriptions: (n) => `… and ${n} more`,
  noSubscriptions: 'No subscriptions yet: press “🔔 Watch” below the card of a container.',
  buttons: {
    silent: 'Without a sound',
    hold: 'Wait until the end',
    quiet: '🌙 Quiet hours',
    resume: '🔔 Bring them back',
    refresh: '🔄 Refresh',
  },
  list: (n) => `📋 <b>${containers(n)}</b>`,
  gone: 'You no longer see these containers',
  foreign: (names) =>
    `These events come from a colleague’s subscription (${names}), and its owner chooses what is reported. You can leave the whole subscription, its reports included.`,
  stopped: (kind, names) => `🔕 No longer reported: ${kind}.\nSubscription: ${names}`,
  resumed: (kind, names) => `🔔 Reported again: ${kind}.\nSubscription: ${names}`,
  saved: 'Saved',
}
