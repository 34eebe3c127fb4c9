import type { question as ru } from '../../ru/chat/question.ts'

export const question: typeof ru = {
  notUnderstood: 'I did not understand.',
  examples: [
    'You can ask like this (tap to copy):',
    '• <code>MSKU6011672</code>: a container, wagon or waybill, or a whole list of them',
    '• <code>К25-073</code>: a train',
    '• <code>standing over 3 days</code>',
    '• <code>who is late</code>',
    '• <code>departed yesterday</code>',
    '• <code>arriving tomorrow at Selyatino</code>',
    '• <code>held on the Transbaikal railway</code>',
    '• <code>terminal</code>: what stands there',
  ].join('\n'),
  checkNumber: 'Please check the number: 4 letters and 7 digits, such as <code>MSKU6011672</code>.',
  ofClient: (name: string) => `👤 Client: ${name}`,
  noneOfClient: (name: string) => `No report names containers of the client “${name}”. Please check the name.`,
  unknownDigits: (digits: string) => `No number in the reports ends in ${digits}. Please send the whole number.`,
  greeting: 'Hello!',
  thanks: 'You are welcome! Send a number or a question whenever you need.',
  own: 'Your lists of containers: /subscriptions. A report on a list can be had there at once, too.',
  noFiles: 'I do not read files and pictures. Send container numbers as text, such as <code>MSKU6011672</code>.',
}
