import { bold, code } from '../../format/html.ts'
import type { mailLists as ru } from '../../ru/admin/mail-lists.ts'
import { plural } from '../words.ts'

const countAddresses = (count: number) => `${count} ${plural(count, { one: 'address', other: 'addresses' })}`

export const mailLists: typeof ru = {
  command: 'Mail lists: who gets mail about events',
  title: (total) => (total === 0 ? 'There are no mail lists yet.' : `📮 <b>Mail lists: ${total}</b>`),
  about: 'The addresses of a list get a mail about events, such as unloading, with a table by train.',
  off: 'E-mail is off at the moment: no mail server is set up.',
  addressCount: countAddresses,
  add: '➕ New list',
  full: (most) => `There are ${most} lists already, which is the limit. Please remove one first.`,
  askName: 'What is the list called? Up to 60 characters; the name begins the subject of the mails. Leave: /cancel',
  badName: 'The name has to be a text of 1 to 60 characters. Please try again, or leave: /cancel',
  fields: { addresses: 'Addresses', kinds: 'Events', clients: 'Clients', trains: 'Trains' },
  noAddresses: 'none, no mail is sent',
  all: 'all',
  change: {
    name: '✏️ Name',
    addresses: '📧 Addresses',
    kinds: '🔔 Events',
    clients: '👥 Clients',
    trains: '🚂 Trains',
  },
  ask: {
    addresses:
      'Please send all addresses of the list, with commas or one a line, up to 50: they replace the present ones. Leave: /cancel',
    clients:
      'Please send names of clients or parts of them, with commas or one a line: they replace the present ones. Leave: /cancel',
    trains: 'Please send numbers of trains, such as К25-073, К25-074: they replace the present ones. Leave: /cancel',
  },
  now: 'Now:',
  empty: { addresses: '🧹 Remove all addresses', clients: '👥 All clients', trains: '🚂 All trains' },
  bad: {
    addresses: (part) => `${code(part)} is not an e-mail address. Please correct it and send all again. Leave: /cancel`,
    clients: (part) => `This is too long: ${code(part)}. Please send all again. Leave: /cancel`,
    trains: (part) =>
      `${code(part)} is not a train number such as К25-073. Please correct it and send all again. Leave: /cancel`,
  },
  tooMany: (most) => `${most} is the limit. Please shorten it and send it again. Leave: /cancel`,
  chooseKinds: (name) => `🔔 Which events are mailed to the addresses of ${bold(name)}?`,
  lastKind: 'At least one event is needed',
  test: '✉️ Test mail',
  tested: (count) => `Sending the mail: ${countAddresses(count)}`,
  testedJustNow: 'A test mail has just left, please wait for ten minutes',
  testSubject: (name) => `${name}: test`,
  testText: (name) => `This is a test: mail of the list “${name}” reaches you. Events will come here.`,
  remove: '🗑 Remove',
  askRemove: (name) => `Remove the list ${bold(name)}? Its addresses will get no more mail.`,
  confirmRemove: 'Yes, remove',
  removed: (name) => `The list “${name}” is removed`,
  gone: 'That list is gone: /mail_lists',
  back: '‹ Back',
}
