import { bold } from '../../format/html.ts'
import { containers, plural } from '../words.ts'
import type { companies as ru } from '../../ru/admin/companies.ts'

const countClients = (count: number) => `${count} ${plural(count, { one: 'client', other: 'clients' })}`

const countPeople = (count: number) => `${count} ${plural(count, { one: 'person', other: 'people' })}`

export const companies: typeof ru = {
  command: 'Companies and their clients',
  clients: countClients,
  people: countPeople,
  title: (total) => (total === 0 ? 'No companies yet.' : `🏢 <b>Companies: ${total}</b>`),
  about: 'A viewer of a company sees the containers of its clients and of the clients of shared companies.',
  add: '➕ Add a company',
  askName: 'What is the company called? Up to 60 characters. Leave: /cancel',
  badName: 'The name must be a text of 1 to 60 characters. Please try again.',
  nameIsTaken: (name) => `There is a company ${bold(name)} already. Write another name, or leave: /cancel`,
  shared: '🌐 Its clients are seen by the people of every company.',
  noClients: 'For now its people see shared containers only: add clients.',
  sees: (count) => `👁 Sees ${containers(count)}`,
  seesMore: (count) => `👁 Sees more than ${count} containers`,
  clientsButton: (count) => `👥 Clients: ${count}`,
  peopleButton: (count) => `🙋 People: ${count}`,
  countButton: '👁 How much it sees',
  renameButton: '✏️ Rename',
  shareButton: '🌐 Share with all',
  unshareButton: '🌐 Share no longer',
  removeButton: '🗑 Remove',
  back: '‹ Back',
  askShare: (name, clients) =>
    `The containers of the clients of ${bold(name)} (${countClients(clients)}) will be seen by the people of every company. Share them?`,
  confirmShare: (clients) => `Yes, show to all: ${countClients(clients)}`,
  askRemove: (name, people) =>
    people === 0
      ? `Remove company ${bold(name)}? It has no people.`
      : `Remove company ${bold(name)}? Its people (${countPeople(people)}) will see nothing until they are moved: /people`,
  confirmRemove: (people) => (people === 0 ? 'Yes, remove' : `Yes, remove: ${countPeople(people)}`),
  changed: 'Something has changed meanwhile: please check again',
  removed: (name) => `Company “${name}” is removed`,
  clientsTitle: (name, total) =>
    total === 0 ? `Company ${bold(name)} has no clients yet.` : `👥 Clients of ${bold(name)}: ${total}`,
  addClient: '➕ Add a client',
  inn: (inn) => `INN ${inn}`,
  askRemoveClient: (client, name) =>
    `Remove client ${bold(client)}? The people of ${bold(name)} will no longer see its containers.`,
  confirmRemoveClient: 'Yes, remove',
  clientRemoved: 'The client is removed',
  knownTitle: (name) =>
    `Whom to add to ${bold(name)}? Press a client out of the files, or write a name or an INN. Leave: /cancel`,
  foundTitle: (search, total) => `In the files for ${bold(search)}: ${total}.`,
  addTyped: (text) => `➕ Add as written: ${text}`,
  badClient: 'I need a name of up to 200 characters, or an INN of 10 or 12 digits.',
  clientAdded: (client) => `Added: ${client}`,
  clientIsThere: 'The company has this client already',
}
