import type { feeds as ru } from '../../ru/notices/feeds.ts'

export const feeds: typeof ru = {
  silent: 'No position reports',
  quiet: (time) => `There has been none for ${time} of working time.`,
  last: (moment) => `The last one came ${moment}.`,
  never: 'There has never been one.',
  whatToDo: 'See whether the railway still sends them, into the spam folder and at the list of senders.',
  outOfReach: 'The mailbox is out of reach',
  trying: (since) => `It has not been read since ${since}. It is tried again and again.`,
  proxy: 'The proxy refuses the login or password: check MAIL_PROXY and restart the ingester.',
  loginRefused: 'The mail server refuses the password',
  revoked: (since) =>
    `The mailbox has not been read since ${since}. Probably the app password was revoked, as happens when the password of the account is changed or all devices are signed out.`,
  renew:
    'Make a new app password, put it into IMAP_PASS and restart the ingester. The next automatic attempt is in an hour, so that the server does not lock the mailbox.',
  answer: 'Answer',
  feedIsBack: (moment) => `Position reports come again: the last one ${moment}.`,
  mailIsBack: 'The mailbox can be read again.',
  loginIsBack: 'The mail server takes the password again, and the mailbox is read.',
}
