import { containers, plural } from '../words.ts'

const counted = (count: number) => plural(count, { one: 'контейнер', few: 'контейнера', many: 'контейнеров' })
const days = (count: number) => `${count} сут`

export const terminals = {
  command: 'Что стоит на терминале',
  title: (name: string) => `🏗 <b>Терминал ${name}</b>`,
  titleOnly: '🏗 <b>Терминал</b>',
  onSite: (count: number) => `На площадке <b>${count}</b> ${counted(count)}`,
  sizes: (containers20: number, containers40: number, teu: number) =>
    `20': ${containers20}, 40': ${containers40}, ${teu} TEU`,
  lastDay: '<b>За последние сутки данных</b>',
  arrived: 'Прибыло',
  dispatched: 'Отправлено',
  /** Loaded and empty ones exclude each other. */
  partition: ({ loaded, empty, unknown }: Readonly<Record<'loaded' | 'empty' | 'unknown', number>>) =>
    `Гружёных ${loaded}, порожних ${empty}${unknown > 0 ? `, не указано ${unknown}` : ''}`,
  /** A container can be both, and is loaded or empty as well. */
  among: ({ customs, damaged }: Readonly<Record<'customs' | 'damaged', number>>) =>
    `Из них на таможне ${customs}, повреждённых ${damaged}`,
  condition: { loaded: 'гружёные', empty: 'порожние', damaged: 'повреждённые', customs: 'на таможне' },
  /** Of containers that came or left; `days` is empty for the last 24 hours of data. */
  moved: {
    arrived: (days: string) => (days === '' ? 'прибыли за последние сутки данных' : `прибыли ${days}`),
    dispatched: (days: string) => (days === '' ? 'отправлены за последние сутки данных' : `отправлены ${days}`),
  },
  movedCount: {
    arrived: (count: number) => `Прибыло <b>${count}</b> ${counted(count)}`,
    dispatched: (count: number) => `Отправлено <b>${count}</b> ${counted(count)}`,
  },
  movedButtons: { arrived: '↘️ прибыло', dispatched: '↗️ отправлено' },
  days: (from: string, to: string) => (from === to ? from : `с ${from} по ${to}`),
  /** Of one container. */
  box: { loaded: 'гружёный', empty: 'порожний', damaged: 'повреждён' },
  onSiteFor: (count: number) => `стоит ${days(count)}`,
  stoodFor: (count: number) => `стоял ${days(count)}`,
  leftOn: (moment: string) => `ушёл ${moment}`,
  since: (day: string) => `с ${day}`,
  freeLeft: (left: number) => (left === 0 ? 'последние бесплатные сутки' : `бесплатно ещё ${days(left)}`),
  chargedDays: (count: number) => `платно ${days(count)}`,
  roubles: (sum: string) => `${sum} ₽`,
  /** The parts of a question as it was understood. */
  everything: 'все контейнеры',
  atAll: 'на всех терминалах',
  feet: (feet: number) => `${feet}-футовые`,
  charged: 'бесплатное хранение закончилось',
  over: (count: number) => `стоят больше ${days(count)}`,
  stoodOver: (count: number) => `на площадке больше ${days(count)}`,
  ofClient: (names: string) => `клиент ${names}`,
  toDirection: (names: string) => `направление ${names}`,
  atTerminal: (names: string) => `терминал ${names}`,
  notGiven: 'не указан',
  noneFit: '<b>На площадке таких контейнеров нет.</b>',
  noneMoved: '<b>Таких контейнеров нет.</b>',
  byRole: {
    terminals: '<b>По терминалам</b>',
    directions: '<b>По направлениям</b>',
    stocks: '<b>По стокам</b>',
  },
  more: (count: number) => `… и ещё ${count}`,
  cut: (most: string) => `⚠️ Подходящих больше ${most}, показаны первые. Сузьте, пожалуйста, вопрос.`,
  noDirection: 'Направление не указано',
  noStock: 'сток не указан',
  noName: 'без названия',
  empty: 'На площадке ничего не стоит.',
  choose: '🏗 Выберите терминал:',
  /** The name is HTML. */
  summary: (name: string, onSite: number, time: string, age: string) =>
    `• ${name}: на площадке ${onSite}, отчёт от ${time}, возраст ${age}`,
  noTerminals: 'Отчётов терминала пока нет, или на площадке ничего не стоит.',
  refresh: '🔄 Обновить',
  refreshed: 'Обновлено',
  others: '🏗 Другие терминалы',
  toTerminal: '🏗 Терминал',
  boxes: '📋 Контейнеры',
  excel: '📄 Excel',
  preparing: 'Готовлю файл Excel, пришлю следом',
  workbook: {
    title: 'Терминал',
    heading: (about: string) => `Терминал: ${about}`,
    sheet: 'На площадке',
    movedSheets: { arrived: 'Прибыло', dispatched: 'Отправлено' },
    found: (count: number) => `На площадке ${containers(count)}`,
    movedFound: {
      arrived: (count: number) => `Прибыло: ${containers(count)}`,
      dispatched: (count: number) => `Отправлено: ${containers(count)}`,
    },
    nothing: 'На площадке таких контейнеров нет',
    nothingMoved: 'Таких контейнеров нет',
    columns: {
      container: 'Контейнер',
      terminal: 'Терминал',
      place: 'Место',
      direction: 'Направление',
      stock: 'Сток',
      client: 'Клиент',
      size: 'Размер',
      loaded: 'Гружёный',
      cargo: 'Груз',
      grossKg: 'Брутто, кг',
      customs: 'На таможне',
      customsMode: 'Таможенный режим',
      damaged: 'Повреждён',
      condition: 'Состояние',
      order: 'Заказ',
      days: 'На площадке, сут',
      freeDays: 'Бесплатно, сут',
      chargedDays: 'Платно, сут',
      charge: 'За хранение, ₽',
    },
    arrivedAt: (zone: string) => (zone === '' ? 'Прибыл' : `Прибыл (${zone})`),
    dispatchedAt: (zone: string) => (zone === '' ? 'Отправлен' : `Отправлен (${zone})`),
    yes: 'да',
    no: 'нет',
  },
}
