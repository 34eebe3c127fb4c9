import type { start as ru } from '../../ru/chat/start.ts'

export const start: typeof ru = {
  start: (name: string) =>
    [
      `Hello, ${name}! I show where containers are and when they arrive.`,
      '',
      'Send me',
      '• the number of a container, wagon, waybill or train, or a whole list or table of them;',
      '• a question in words: what stands where, what is on its way, and what is late;',
      '• an Excel or CSV file of your own with numbers: it comes back with the statuses.',
    ].join('\n'),
  tryThis: 'Try one, press an example:',
  examples: {
    container: (number) => `📦 ${number}`,
    train: (code) => `🚂 Train ${code}`,
    question: (station) => `💬 ${destinationQuestion(station)}`,
  },
  destinationQuestion,
  menu: 'Choose what to do, or send container numbers.',
  cancelled: 'All right, cancelled.',
  nothingToCancel: 'There is nothing to cancel. Send a container number or choose from the menu.',
  help: ({ container, train, waybill, station }) =>
    [
      '<b>What I can do</b>',
      `• Send a container number such as <code>${container}</code>: I answer with a card.`,
      '• 2 to 10 numbers: a short list. More than 10: a summary and an Excel file.',
      '• Any separators; Cyrillic look-alike letters are fine; paste a whole table if you like.',
      `• A train such as <code>${train}</code>: what is on it, where it is, and what stayed behind. All trains: /trains`,
      `• A wagon or a waybill such as <code>${waybill}</code>: what is on it.`,
      `• A question in words: <code>${destinationQuestion(station)}</code>, <code>arriving tomorrow at ${station}</code>, <code>standing over 3 days</code>, <code>who is late</code>, <code>departed yesterday</code>, <code>held to ${station}</code>. I say what I show, with buttons to change it.`,
      '• The word “terminal”: what stands there, by direction and stock.',
      '• “📂 My subscriptions”: a report on your own list at the times you choose.',
      '• “📧 E-mail”: the reports by mail as well.',
      '',
      'All times of an answer are in one time zone, which is named beside the age of the data. Choose yours: /settings',
      '',
      'Send an Excel or CSV file of your own with numbers in it: it comes back with the statuses beside them.',
      'Dispatchers and admins may also send a file with positions, a terminal report or a train roster.',
      '',
      '/menu the menu, /settings settings, /cancel leave a dialog, /privacy what I store',
    ].join('\n'),
  commands: {
    start: 'Start',
    menu: 'Show the menu',
    help: 'What the bot can do',
    cancel: 'Leave a dialog',
  },
}

function destinationQuestion(station: string): string {
  return `bound for ${station}`
}
