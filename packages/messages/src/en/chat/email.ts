import { bold } from '../../format/html.ts'
import type { email as ru } from '../../ru/chat/email.ts'

export const email: typeof ru = {
  command: 'Reports by e-mail',
  off: 'E-mail is off at the moment: no mail server is set up. Reports come here, to Telegram.',
  none: '📧 No address yet. Give one, and the reports of your subscriptions will come by mail as well.',
  verified: (address: string) => `📧 Reports come by mail as well: ${bold(address)}`,
  unverified: (address: string) => `📧 The address ${bold(address)} is not proved yet; no mail goes there.`,
  bounced: (address: string) => `📧 The mail server does not take ${bold(address)}. Give it again, or another one.`,
  add: '➕ Give an address',
  change: '✏️ Change the address',
  enterCode: '🔢 Enter the code',
  remove: '🗑 Remove the address',
  askAddress: 'Write your e-mail address. I will mail a six-digit code to it. Leave: /cancel',
  badAddress: 'This does not look like an e-mail address. Example: name@company.com. Leave: /cancel',
  tooMany: 'Three codes were sent within the last hour. Please try later.',
  sent: (address: string) => `I have mailed a code to ${bold(address)}. Write it here: it is valid for 10 minutes.`,
  askCode: 'Write the six digits of the mail. Leave: /cancel',
  wrongCode: 'That is not the code. Check the digits and write it again. Leave: /cancel',
  expiredCode: 'The code is not valid any more. Ask for a new one: /email',
  done: '✅ The address is proved. Reports will come by mail as well.',
  askRemove: (address: string) => `Remove the address ${bold(address)}? Reports will not come by mail any more.`,
  confirmRemove: 'Yes, remove it',
  back: '‹ Back',
  removed: 'The address is removed',
  mailSubject: 'Confirmation code',
  mailText: (code: string) =>
    `Your code: ${code}\n\nWrite it to the bot in Telegram. It is valid for 10 minutes.\nIf you did not ask for anything, just delete this message.`,
}
