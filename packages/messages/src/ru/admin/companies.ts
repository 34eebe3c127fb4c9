import { bold } from '../../format/html.ts'
import { containers, plural } from '../words.ts'

const countClients = (count: number) => `${count} ${plural(count, { one: 'клиент', few: 'клиента', many: 'клиентов' })}`

const countPeople = (count: number) => `${count} ${plural(count, { one: 'человек', few: 'человека', many: 'человек' })}`

export const companies = {
  command: 'Компании и их клиенты',
  clients: countClients,
  people: countPeople,
  title: (total: number) => (total === 0 ? 'Компаний пока нет.' : `🏢 <b>Компании: ${total}</b>`),
  about: 'Наблюдатель из компании видит контейнеры её клиентов и клиентов общих компаний.',
  add: '➕ Добавить компанию',
  askName: 'Как называется компания? До 60 знаков. Выйти: /cancel',
  badName: 'Название должно быть текстом от 1 до 60 знаков. Попробуйте ещё раз.',
  nameIsTaken: (name: string) => `Компания ${bold(name)} уже есть. Напишите другое название или выйдите: /cancel`,
  shared: '🌐 Её клиентов видят люди всех компаний.',
  noClients: 'Пока её люди видят только общие контейнеры: добавьте клиентов.',
  sees: (count: number) => `👁 Видит ${containers(count)}`,
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
    `Контейнеры клиентов компании ${bold(name)} (${countClients(clients)}) увидят люди всех компаний. Сделать её общей?`,
  confirmShare: (clients: number) => `Да, показать всем: ${countClients(clients)}`,
  askRemove: (name: string, people: number) =>
    people === 0
      ? `Удалить компанию ${bold(name)}? Людей в ней нет.`
      : `Удалить компанию ${bold(name)}? Её люди (${countPeople(people)}) не будут видеть ничего, пока их не переведут: /people`,
  confirmRemove: (people: number) => (people === 0 ? 'Да, удалить' : `Да, удалить: ${countPeople(people)}`),
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
  foundTitle: (search: string, total: number) => `По запросу ${bold(search)} в файлах нашлось: ${total}.`,
  addTyped: (text: string) => `➕ Добавить как есть: ${text}`,
  badClient: 'Нужно название до 200 знаков или ИНН из 10 или 12 цифр.',
  clientAdded: (client: string) => `Добавлен: ${client}`,
  clientIsThere: 'Такой клиент у компании уже есть',
}
