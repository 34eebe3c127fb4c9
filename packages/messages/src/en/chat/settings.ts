import { latinZone } from '../words.ts'
import type { settings as ru } from '../../ru/chat/settings.ts'

const parts: (typeof ru)['parts'] = {
  route: 'route',
  operation: 'operation',
  idle: 'idle time',
  distance: 'distance',
  forecast: 'forecast',
  train: 'train',
  wagon: 'wagon',
  waybill: 'waybill',
  ties: 'terminal and train list',
}

export const settings: typeof ru = {
  command: 'Settings',
  title: '⚙️ <b>Settings</b>',
  language: (name: string) => `🌐 Language: ${name}`,
  autoLanguage: 'as in Telegram',
  zone: (name: string, now: string) => `🕒 Time zone: ${name}, now ${now}`,
  sourceZone: '🕒 Time zone: as in the source',
  quiet: (hours: string, zone: string) => `🌙 Quiet hours: ${hours} (${latinZone(zone)})`,
  noQuiet: '🌙 Quiet hours: none',
  wholeCard: '📦 On the card: everything',
  card: (hidden: string) => `📦 Hidden on the card: ${hidden}`,
  parts,
  buttons: {
    language: '🌐 Language',
    zone: '🕒 Time zone',
    quiet: '🌙 Quiet hours',
    card: '📦 Card',
    email: '📧 E-mail',
    subscriptions: '📂 Subscriptions',
    events: '🔔 Events',
    privacy: '🔒 My data',
  },
  back: '‹ Back',
  saved: 'Saved',
  askLanguage: '🌐 Which language should I answer in?',
  menuSwitched: 'The menu and the commands are in English now.',
  askZone:
    '🕒 <b>Time zone</b>\nI show times in it and offer it for new subscriptions. “As in the source”: the time of the railway.',
  autoZone: 'As in the source',
  typeZone: '✏️ Write its name',
  askZoneName: 'Write a city or the name of a zone, such as Vladivostok, MSK+7 or Asia/Tbilisi. Leave: /cancel',
  unknownZone: 'I know no such city or zone. Write a large city nearby or a name such as Asia/Tbilisi. Leave: /cancel',
  askQuiet: (zone: string) =>
    `🌙 <b>Quiet hours</b> (${latinZone(zone)})\nAlerts and broadcasts come without a sound then: nothing is delayed or lost. Answers to you and the reports of your own schedule come as usual. Alerts can also wait until the quiet hours end: /alerts`,
  noQuietHours: 'No quiet hours',
  typeQuiet: '✏️ My own times',
  askQuietHours: 'Write the hours in which messages come without a sound, such as 22:30–07:00. Leave: /cancel',
  badQuietHours: 'I do not understand. Write the beginning and the end, such as 22:30–07:00. Leave: /cancel',
  group: {
    command: 'Quiet hours of this group or topic',
    inGroup: 'Write this command in a group or its topic. Your own quiet hours: /settings',
    title: (isTopic) => `🌙 <b>Quiet hours of the ${isTopic ? 'topic' : 'group'}</b>`,
    none: 'None are set: events are reported with a sound at any time.',
    hours: (hours, zone, holds) =>
      `${hours} (${latinZone(zone)}): ${holds ? 'I wait until they end and send one message' : 'events are reported without a sound'}.`,
    ofGroup: 'Set for the whole group.',
    about:
      'Your own times: /quiet_hours 22:30–07:00. They can be changed by those whose subscriptions come here, and by admins of the bot.',
    silent: 'Without a sound',
    hold: 'Wait until the end',
    follow: '↩️ As in the whole group',
    notYours: 'Quiet hours are changed here by those whose subscriptions come here, and by admins of the bot.',
    bad: 'I do not understand the hours. Write the beginning and the end, such as /quiet_hours 22:30–07:00',
  },
  askCard:
    '📦 <b>Card of a container</b>\nPress to hide or to show. Where it is and how fresh the data are is always shown.',
}
