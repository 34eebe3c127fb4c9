import type { question as ru } from '../../ru/chat/question.ts'
import { start } from './start.ts'

export const question: typeof ru = {
  notUnderstood: 'I did not understand.',
  examples: ({ container, train, station }) =>
    [
      'You can ask like this (tap to copy):',
      `• <code>${container}</code>: a container, wagon or waybill, or a whole list of them`,
      `• <code>${train}</code>: a train`,
      `• <code>${start.destinationQuestion(station)}</code>`,
      '• <code>standing over 3 days</code>',
      '• <code>who is late</code>',
      '• <code>departed yesterday</code>',
      `• <code>arriving tomorrow at ${station}</code>`,
      '• <code>held</code>',
      '• <code>terminal</code>: what stands there',
    ].join('\n'),
  checkNumber: 'Please check the number: it has 4 letters and 7 digits.',
  ofClient: (name: string) => `👤 Client: ${name}`,
  noneOfClient: (name: string) => `No report names containers of the client “${name}”. Please check the name.`,
  unknownDigits: (digits: string) => `No number in the reports ends in ${digits}. Please send the whole number.`,
  greeting: 'Hello!',
  thanks: 'You are welcome! Send a number or a question whenever you need.',
  own: 'Your lists of containers: /subscriptions. A report on a list can be had there at once, too.',
  noFiles: 'I do not read files and pictures. Send container numbers as text.',
}
