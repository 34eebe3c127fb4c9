import { plural } from '../words.ts'
import type { privacy as ru } from '../../ru/chat/privacy.ts'

const countRecords = (n: number) => `${n} ${plural(n, { one: 'record', other: 'records' })}`

export const privacy: typeof ru = {
  command: 'What the bot stores',
  privacy: [
    '🔒 <b>What I store about you</b>',
    '• Telegram id, name, username, language: to know you and to answer;',
    '• settings: language, time zone, quiet hours, what the card shows;',
    '• your request for access, what you wrote about yourself, who decided and when, your role and company;',
    '• messages and presses as Telegram sent them: 14 days, to look into failures;',
    '• which containers you asked about and when: a year;',
    '• the step of the dialog that you are in;',
    '• subscriptions, finished reports (files for 90 days) and what was sent to you when;',
    '• files that you sent, and how their import ended; what reports say goes into the shared data;',
    '• your e-mail address, if you gave one (an administrator may have copies of reports sent to a common one);',
    '• your broadcasts, and the record of who changed what and when.',
    '',
    'These terms are the usual ones: the administrator may set others. Only administrators of the system see these data.',
  ].join('\n'),
  export: '📤 My data as a file',
  erase: '🗑 Erase my data',
  preparing: 'I am preparing the file and will send it here',
  sentJustNow: 'The file was sent already. A new one can be had in 10 minutes',
  fileName: (date: string) => `My data ${date}.json`,
  caption: (when: string) => `📤 Everything I store about you, as of ${when}. It is a JSON text; any editor opens it.`,
  endOfAccess: {
    none: '',
    requested: 'Your request for access is erased too, nobody will decide on it.',
    granted: 'Your access ends: where an administrator grants it, you must ask for it again.',
    denied: '',
  },
  keptAWhile: '<b>Kept a while longer:</b>',
  keptAccount: {
    requested:
      'your Telegram id and the time of your last request. A day after it you may ask again, and the next night I erase them.',
    denied:
      'your Telegram id and the time you were declined: erasing does not undo that. A day after it you may ask again, and after a year I erase them.',
  },
  askErase: (counts, endOfAccess, keptAccount) =>
    [
      '🗑 <b>Erase your data?</b>',
      'They cannot be brought back.',
      '',
      '<b>Erased at once:</b>',
      '• name, username, Telegram id, all settings and the open dialog;',
      `• subscriptions: ${counts.subscriptions}, questions: ${counts.questions}, reports: ${counts.reports};`,
      `• messages to the bot: ${counts.messages}, files you sent: ${counts.documents}, e-mail addresses: ${counts.emailAddresses};`,
      `• texts and addressee of messages sent: ${counts.deliveries}.`,
      [endOfAccess, 'What has not been sent yet will not leave.'].filter(Boolean).join(' '),
      '',
      ...keptAccount,
      '<b>Kept without your name:</b>',
      `• the record of what you did: ${counts.actions}, under an internal number: it explains why shared data changed;`,
      '• reports that you sent to be imported, and texts of your broadcasts: others read them;',
      '• how many messages and reports were sent, without their texts.',
      '',
      'I cannot erase what has come to you and to administrators in Telegram and by mail, nor old backups of the database.',
    ].join('\n'),
  confirm: (records: number) => `Yes, erase ${countRecords(records)}`,
  back: '‹ Back',
  erased: '🗑 Your data are erased.',
  farewell: 'If you need me again, write /start.',
}
