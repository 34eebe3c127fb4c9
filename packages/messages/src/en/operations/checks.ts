import { plural } from '../words.ts'
import type { checks as ru } from '../../ru/operations/checks.ts'

export const checks: typeof ru = {
  command: 'Tests: mail, event, report and broadcast to oneself',
  title:
    '🧪 <b>Tests</b>\nWhat should I try? The mail, the event and the report go to you alone, the broadcast to admins only and after a confirmation.',
  buttons: {
    mail: '✉️ A mail to my addresses',
    alert: '🔔 An event to me',
    report: '📄 My report as it will be',
    subscribers: '📚 The reports of all subscribers',
    broadcast: '📣 A broadcast to admins',
    replay: '🔁 Read a file again',
  },
  subscribersName: 'Reports of subscribers',
  noSubscribers: 'There are no active subscriptions yet',
  subscribersOrdered: 'Preparing a workbook with a sheet for each subscription, which I will send here',
  mark: '🧪 Test',
  mailIsOff: 'E-mail is not set up',
  noAddress: 'You have no confirmed address: /email',
  mailSubject: 'Test of the mail',
  mailText: (time) => `This is a test mail, ordered in the bot on ${time}. If you read it, mail works.`,
  mailed: (count) => `Sending to ${count} ${plural(count, { one: 'address', other: 'addresses' })}`,
  exampleContainer: 'MSKU6011672',
  exampleStation: 'CHITA I',
  alerted: 'The example of an event comes as a message of its own',
  broadcastText: (time) => `This is a test broadcast to admins of ${time}. There is nothing to do.`,
}
