import { pluralRu } from '@atermtrack/domain'
import { bold } from '../../text/html.ts'

const clientsRu = (count: number) => `${count} ${pluralRu(count, 'клиент', 'клиента', 'клиентов')}`
const peopleRu = (count: number) => `${count} ${pluralRu(count, 'человек', 'человека', 'человек')}`
const containersRu = (count: number) => `${count} ${pluralRu(count, 'контейнер', 'контейнера', 'контейнеров')}`
const clientsEn = (count: number) => `${count} ${count === 1 ? 'client' : 'clients'}`
const peopleEn = (count: number) => `${count} ${count === 1 ? 'person' : 'people'}`
const containersEn = (count: number) => `${count} ${count === 1 ? 'container' : 'containers'}`

const ru = {
  command: 'Компании и их клиенты',
  clients: clientsRu,
  people: peopleRu,
  title: (total: number) => (total === 0 ? 'Компаний пока нет.' : `🏢 <b>Компании: ${total}</b>`),
  about: 'Наблюдатель из компании видит контейнеры её клиентов и клиентов общих компаний.',
  add: '➕ Добавить компанию',
  askName: 'Как называется компания? До 60 знаков. Выйти: /cancel',
  badName: 'Название должно быть текстом от 1 до 60 знаков. Попробуйте ещё раз.',
  nameIsTaken: (name: string) => `Компания ${bold(name)} уже есть. Напишите другое название или выйдите: /cancel`,
  shared: '🌐 Её клиентов видят люди всех компаний.',
  noClients: 'Пока её люди видят только общие контейнеры: добавьте клиентов.',
  sees: (count: number) => `👁 Видит ${containersRu(count)}`,
  seesMore: (count: string) => `👁 Видит больше ${count} контейнеров`,
  clientsButton: (count: number) => `👥 Клиенты: ${count}`,
  peopleButton: (count: number) => `🙋 Люди: ${count}`,
  countButton: '👁 Сколько видит',
  renameButton: '✏️ Переименовать',
  shareButton: '🌐 Сделать общей',
  unshareButton: '🌐 Больше не общая',
  removeButton: '🗑 Удалить',
  back: '‹ Назад',
  askShare: (name: string, clients: number) =>
    `Контейнеры клиентов компании ${bold(name)} (${clientsRu(clients)}) увидят люди всех компаний. Сделать её общей?`,
  confirmShare: (clients: number) => `Да, показать всем: ${clientsRu(clients)}`,
  askRemove: (name: string, people: number) =>
    people === 0
      ? `Удалить компанию ${bold(name)}? Людей в ней нет.`
      : `Удалить компанию ${bold(name)}? Её люди (${peopleRu(people)}) не будут видеть ничего, пока их не переведут: /people`,
  confirmRemove: (people: number) => `Да, удалить: ${peopleRu(people)}`,
  changed: 'За это время что-то изменилось: проверьте ещё раз',
  removed: (name: string) => `Компания «${name}» удалена`,
  clientsTitle: (name: string, total: number) =>
    total === 0 ? `У компании ${bold(name)} пока нет клиентов.` : `👥 Клиенты компании ${bold(name)}: ${total}`,
  addClient: '➕ Добавить клиента',
  inn: (inn: string) => `ИНН ${inn}`,
  askRemoveClient: (client: string, name: string) =>
    `Убрать клиента ${bold(client)}? Люди компании ${bold(name)} перестанут видеть его контейнеры.`,
  confirmRemoveClient: 'Да, убрать',
  clientRemoved: 'Клиент убран',
  knownTitle: (name: string) =>
    `Кого добавить к компании ${bold(name)}? Нажмите на клиента из файлов или напишите название либо ИНН. Выйти: /cancel`,
  foundTitle: (search: string, total: number) => `По запросу ${bold(search)} в файлах: ${total}.`,
  addTyped: (text: string) => `➕ Добавить как есть: ${text}`,
  badClient: 'Нужно название до 200 знаков или ИНН из 10 или 12 цифр.',
  clientAdded: (client: string) => `Добавлен: ${client}`,
  clientIsThere: 'Такой клиент у компании уже есть',
}

const en: typeof ru = {
  command: 'Companies and their clients',
  clients: clientsEn,
  people: peopleEn,
  title: (total) => (total === 0 ? 'No companies yet.' : `🏢 <b>Companies: ${total}</b>`),
  about: 'A viewer of a company sees the containers of its clients and of the clients of shared companies.',
  add: '➕ Add a company',
  askName: 'What is the company called? Up to 60 characters. Leave: /cancel',
  badName: 'The name must be a text of 1 to 60 characters. Please try again.',
  nameIsTaken: (name) => `There is a company ${bold(name)} already. Write another name, or leave: /cancel`,
  shared: '🌐 Its clients are seen by the people of every company.',
  noClients: 'For now its people see shared containers only: add clients.',
  sees: (count) => `👁 Sees ${containersEn(count)}`,
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
    `The containers of the clients of ${bold(name)} (${clientsEn(clients)}) will be seen by the people of every company. Share them?`,
  confirmShare: (clients) => `Yes, show to all: ${clientsEn(clients)}`,
  askRemove: (name, people) =>
    people === 0
      ? `Remove company ${bold(name)}? It has no people.`
      : `Remove company ${bold(name)}? Its people (${peopleEn(people)}) will see nothing until they are moved: /people`,
  confirmRemove: (people) => `Yes, remove: ${peopleEn(people)}`,
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

export const texts = { ru, en }
