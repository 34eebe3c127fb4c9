import { bold } from '../../format/html.ts'
import type { attention as ru } from '../../ru/containers/attention.ts'
import { containers } from '../words.ts'

const reasons = {
  abandoned: '🛑 train held en route',
  late: '⏰ late',
  missing: '❓ missing from the report',
  stuck: '⏸ not moving for a long time',
  not_picked_up: '🚚 arrived, not picked up',
  at_risk: '⏳ expected to be late',
}

export const attention: typeof ru = {
  command: 'Containers that need attention',
  title: (count, whose) => `🔥 <b>Need attention: ${containers(count)}</b> (${whose})`,
  own: 'my subscriptions',
  all: 'all that I see',
  nothing: (whose) => `✅ Nothing needs attention (${whose}).`,
  cut: (most) => `Only the first ${most} are shown: narrow the list to your subscriptions.`,
  putAway: (n) => `🙈 Put off and hidden: ${n}`,
  reasons,
  one: { ...reasons, stuck: '⏸ not moving' },
  since: (moment, duration) => `since ${moment} (${duration})`,
  due: (day) => `due ${day}`,
  taken: (name, when) => `✋ Taken: ${bold(name)}, ${when}`,
  later: (until) => `💤 Put off until ${until}`,
  hidden: '🙈 Hidden until something changes',
  note: (text) => `📝 ${text}`,
  todo: {
    abandoned: 'Ask the forwarder or the railway when the train will move again.',
    late: 'A claim against the carrier for the delay can be prepared.',
    missing: 'Check the tracking: newer reports no longer list the container.',
    stuck: 'Ask the railway why it stands.',
    not_picked_up: 'Have it picked up: storage is charged.',
    at_risk: 'Warn the consignee of the delay.',
  },
  calm: '✅ Needs no attention now.',
  buttons: {
    all: 'All',
    hidden: '🙈',
    own: '👤 My subscriptions',
    everything: '🌐 All that I see',
    refresh: '🔄 Refresh',
    take: '✋ I’ll take it',
    takeAll: '✋ I’ll take all',
    release: '↩️ Release',
    later: (hours) => (hours < 24 ? `💤 For ${hours} h` : `💤 For ${hours / 24} d`),
    until: '🗓 Put off until…',
    hide: '🙈 Until a change',
    show: '👁 Show again',
    note: '📝 Note',
    card: '📦 Card',
    back: '‹ To the list',
  },
  takenNow: 'You have taken it',
  takenMany: (count, total) =>
    count === total ? `Taken: ${containers(count)}` : `Taken: ${count} of ${total}, others have the rest`,
  takenBefore: (name) => `Already taken by ${name}`,
  released: 'Released',
  releasedMany: (count) => `Released: ${containers(count)}`,
  putOff: (until) => `Put off until ${until}`,
  askUntil: (container) =>
    `Until when should ${container} be put off? For example: 5 December, 5.12 09:00, tomorrow 15:00 or in 3 days. Leave: /cancel`,
  badUntil: {
    unknown:
      'I do not understand until when. Write a day, a time or a span: 5 December, 5.12 09:00, in 3 days. Leave: /cancel',
    past: 'That time has passed. Write a later one, such as tomorrow 15:00. Leave: /cancel',
    far: 'That is too far ahead: 90 days at most. Write a nearer time. Leave: /cancel',
  },
  hiddenNow: 'Hidden until something changes',
  shown: 'In the list again',
  askNote: (container) =>
    `Write a note about ${container}, up to 200 characters. To delete it, send a minus. Leave: /cancel`,
  badNote: 'A text of up to 200 characters is needed. Try again. Leave: /cancel',
  noteSaved: '📝 The note is saved.',
  oneOfGroup: 'For one container, tap its number',
  groupGone: 'The list no longer has this group',
  gone: 'You no longer see this container',
}
