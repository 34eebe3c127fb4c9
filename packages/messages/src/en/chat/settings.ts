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
  quiet: (hours: string, zone: string) => `🌙 Quiet hours: ${hours} (${zone})`,
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
  askLanguage: '🌐 In which language shall I answer?',
  menuSwitched: 'The menu and the commands are in English now.',
  askZone:
    '🕒 <b>Time zone</b>\nI show times in it and offer it for new subscriptions. “As in the source”: times as the railway or the terminal gives them.',
  autoZone: 'As in the source',
  typeZone: '✏️ Write its name',
  askZoneName: 'Write a city or the name of a zone, such as Vladivostok, МСК+7 or Asia/Tbilisi. Leave: /cancel',
  unknownZone: 'I know no such city or zone. Write a large city nearby or a name such as Asia/Tbilisi. Leave: /cancel',
  askQuiet: (zone: string) =>
    `🌙 <b>Quiet hours</b> (${zone})\nAlerts and broadcasts come without a sound then: nothing is delayed or lost. Answers to you and the reports of your own schedule come as usual.`,
  noQuietHours: 'No quiet hours',
  typeQuiet: '✏️ My own times',
  askQuietHours: 'Write from when until when to be silent, such as 22:30–07:00. Leave: /cancel',
  badQuietHours: 'I do not understand. Write the beginning and the end, such as 22:30–07:00. Leave: /cancel',
  askCard:
    '📦 <b>Card of a container</b>\nPress to hide or to show. Where it is and how fresh the data are is always shown.',
}
