import { bold } from '../../format/html.ts'
import type { email as ru } from '../../ru/chat/email.ts'
import { plural } from '../words.ts'

export const email: typeof ru = {
  command: 'Reports by e-mail',
  off: 'E-mail is off at the moment: no mail server is set up. Reports come here, to Telegram.',
  none: '📧 No address yet. Add one, and the reports of your subscriptions will come by mail as well.',
  title: (count: number) =>
    `📧 <b>${count} ${plural(count, { one: 'address', other: 'addresses' })}</b>: reports go to each that has ✅`,
  states: { receives: '✅', unverified: '🔢', bounced: '⚠️', unsubscribed: '⏸' },
  verified: (address: string) => `📧 Reports come by mail as well: ${bold(address)}`,
  unverified: (address: string) => `📧 The address ${bold(address)} is not confirmed yet; no mail goes there.`,
  bounced: (address: string) =>
    `📧 The mail server does not take ${bold(address)}; no mail goes there. If the mailbox works again, press “Try again”.`,
  unsubscribed: (address: string) => `📧 No mail goes to ${bold(address)}: you opted out.`,
  bouncedNow: (address: string) =>
    `📧 The mail server does not take ${bold(address)}. I no longer send mail there; reports come here. Please check the address and its mailbox.`,
  unsubscribedNow: (address: string) => `📧 You opted out by answering a mail: I no longer write to ${bold(address)}.`,
  add: '➕ Add an address',
  addMore: '➕ Another address',
  enterCode: '🔢 Enter the code',
  rename: '✏️ Name it',
  pause: '⏸ Send nothing here',
  resume: '▶️ Send here again',
  again: '🔁 Try again',
  remove: '🗑 Remove the address',
  full: (most: number) => `You have ${most} addresses already, and that is the limit. Remove one first: /email`,
  askAddress: 'Write your e-mail address. I will mail a six-digit code to it. Leave: /cancel',
  askName: (address: string) => `What should ${bold(address)} be called? For example: accounting. Leave: /cancel`,
  badName: 'A name has 1 to 40 characters. Leave: /cancel',
  badAddress: 'This does not look like an e-mail address. Example: name@company.com. Leave: /cancel',
  tooMany: 'Three codes were sent within the last hour. Please try again later.',
  sent: (address: string) => `I have mailed a code to ${bold(address)}. Write it here: it is valid for 10 minutes.`,
  askCode: 'Write the six digits from the mail. Leave: /cancel',
  wrongCode: 'That is not the code. Check the digits and write it again. Leave: /cancel',
  expiredCode: 'The code is no longer valid. Ask for a new one: /email',
  done: '✅ The address is confirmed. Reports will come by mail as well.',
  askRemove: (address: string) => `Remove the address ${bold(address)}? Reports will no longer go there.`,
  confirmRemove: 'Yes, remove it',
  back: '‹ Back',
  removed: 'The address is removed',
  renamed: 'The name is saved',
  paused: 'No more mail goes to this address',
  resumed: 'Mail goes to this address again',
  mailSubject: 'Confirmation code',
  mailText: (code: string) =>
    `Your code: ${code}\n\nWrite it to the bot in Telegram. It is valid for 10 minutes.\nIf you did not ask for anything, just delete this message.`,
}
