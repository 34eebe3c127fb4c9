import type { refusedMail as ru } from '../../ru/admin/refused-mail.ts'

export const refusedMail: typeof ru = {
  title: '✉️ <b>Messages that were not taken</b>',
  none: 'There is nothing here: all messages were taken.',
  message: 'Message not taken',
  sender: 'From',
  subject: 'Subject',
  size: 'Size',
  received: 'Received',
  reason: 'Reason',
  unknown: 'unknown',
  waits: '⏳ It is tried again, a message will say how it ended.',
  tries: (n, next) => `⏳ Tries: ${n}, the next one after ${next}`,
  again: '🔁 Try again',
  list: '‹ To the messages',
  files: '‹ To the files',
  asked: 'It is tried again',
  askedBefore: 'It is being tried already',
  noLongerWaits: 'This message no longer waits: it was accepted, or it is gone',
}
