import { bold, code } from '../../format/html.ts'
import { plural } from '../words.ts'

const countAddresses = (count: number) => `${count} ${plural(count, { one: 'адрес', few: 'адреса', many: 'адресов' })}`

/** The lists of addresses that get mails about events, as admins keep them. */
export const mailLists = {
  command: 'Списки почты: кому пишем о событиях',
  title: (total: number) => (total === 0 ? 'Списков почты пока нет.' : `📮 <b>Списки почты: ${total}</b>`),
  about: 'О событиях (например, о выгрузке) на адреса списка приходит письмо с таблицей по поездам.',
  off: 'Отправка на e-mail сейчас выключена: почтовый сервер не настроен.',
  addressCount: countAddresses,
  add: '➕ Новый список',
  full: (most: number) => `Списков уже ${most}, больше нельзя. Удалите ненужный.`,
  askName: 'Как назвать список? До 60 знаков; название войдёт в тему писем. Выйти: /cancel',
  badName: 'Название должно быть текстом от 1 до 60 знаков. Попробуйте ещё раз или выйдите: /cancel',
  fields: { addresses: 'Адреса', kinds: 'События', clients: 'Клиенты', trains: 'Поезда' },
  noAddresses: 'нет, письма не уходят',
  all: 'все',
  change: {
    name: '✏️ Название',
    addresses: '📧 Адреса',
    kinds: '🔔 События',
    clients: '👥 Клиенты',
    trains: '🚂 Поезда',
  },
  ask: {
    addresses:
      'Пришлите все адреса списка через запятую или по одному в строке, до 50: они заменят прежние. Выйти: /cancel',
    clients:
      'Пришлите названия клиентов или их части, через запятую или по одному в строке: они заменят прежние. Выйти: /cancel',
    trains: 'Пришлите номера поездов, например К25-073, К25-074: они заменят прежние. Выйти: /cancel',
  },
  now: 'Сейчас:',
  empty: { addresses: '🧹 Убрать все адреса', clients: '👥 Все клиенты', trains: '🚂 Все поезда' },
  bad: {
    addresses: (part: string) => `${code(part)} — не адрес e-mail. Исправьте и пришлите все ещё раз. Выйти: /cancel`,
    clients: (part: string) => `Слишком длинно: ${code(part)}. Пришлите все ещё раз. Выйти: /cancel`,
    trains: (part: string) =>
      `${code(part)} — не номер поезда вроде К25-073. Исправьте и пришлите все ещё раз. Выйти: /cancel`,
  },
  tooMany: (most: number) => `Больше ${most} нельзя. Сократите и пришлите ещё раз. Выйти: /cancel`,
  chooseKinds: (name: string) => `🔔 О чём писать на адреса списка ${bold(name)}?`,
  lastKind: 'Нужно хотя бы одно событие',
  test: '✉️ Проверочное письмо',
  tested: (count: number) => `Отправляю письмо на ${countAddresses(count)}`,
  testedJustNow: 'Проверочное письмо только что ушло, подождите десять минут',
  testSubject: (name: string) => `${name}: проверка`,
  testText: (name: string) => `Это проверка: письма списка «${name}» доходят до вас. Сюда будут приходить события.`,
  remove: '🗑 Удалить',
  askRemove: (name: string) => `Удалить список ${bold(name)}? Писем на его адреса больше не будет.`,
  confirmRemove: 'Да, удалить',
  removed: (name: string) => `Список «${name}» удалён`,
  gone: 'Этого списка уже нет: /mail_lists',
  back: '‹ Назад',
}
