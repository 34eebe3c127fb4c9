import { plural } from '../words.ts'
import type { mailReasons as mailReasonsRu, mailNotices as mailNoticesRu } from '../../ru/notices/mail.ts'

export const mailReasons: typeof mailReasonsRu = {
  too_big: 'the message is bigger than is taken (MAIL_MAX_MESSAGE_MB)',
  too_many_attachments: 'the message has too many attachments (MAIL_MAX_ATTACHMENTS)',
  unreadable_message: 'the message is built in a way that cannot be taken apart',
  uuencoded: 'the file is attached in an outdated way (uuencode): ask for it as an ordinary attachment',
  not_handed_out: 'the mail server does not hand this message out',
  stranger_quota:
    'too much came from unknown senders today, the files are not stored (STRANGER_MAX_FILES, STRANGER_MAX_MB)',
  download_cut: 'the download of the message breaks off each time',
  taking_failed: 'the message cannot be stored because of an error on our side',
  reader_died: 'the reading of the message was cut short several times',
  gone: 'the message is not in the mailbox any more',
  no_attachments: 'the message has no attachments',
}

export const mailNotices: typeof mailNoticesRu = {
  refused: 'A message was not taken',
  refusedAgain: 'The message was not taken again',
  deferred: 'A message cannot be downloaded yet',
  goesOn: 'Other mail is taken, and this message is tried again: often at first, then once an hour.',
  taken: 'The message is taken',
  files: (n) => `Files in it: ${n}. ${plural(n, { one: 'It is', other: 'They are' })} read as usual.`,
  reason: 'Reason',
  unknownSender: 'the sender is unknown',
  sizeOf: (size) => `Size: ${size}`,
  show: '👁 Show',
  tryAgain: '🔁 Try once more',
}
