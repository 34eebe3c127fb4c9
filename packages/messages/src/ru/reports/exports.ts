import type { ExportColumn, ExportKind, ExportWords, PeriodName } from '@atermtrack/domain'
import { bold } from '../../format/html.ts'
import { plainHeadings } from '../../format/plain-headings.ts'
import { audit } from '../admin/audit.ts'
import { number, plural } from '../words.ts'
import { events } from '../notices/events.ts'
import { workbookNotices } from '../notices/workbook.ts'
import { workbookReasons } from '../notices/workbook-reasons.ts'

type Headings = { readonly [Kind in ExportKind]: Readonly<Record<ExportColumn<Kind>, string>> }

const person = 'Кто'
const username = 'Имя в Telegram'
const company = 'Компания'
const container = 'Контейнер'
const station = 'Станция'
const road = 'Дорога'
const operation = 'Операция'
const train = 'Поезд'
const wagon = 'Вагон'
const waybill = 'Накладная'
const origin = 'Станция отправления'
const destination = 'Станция назначения'
const consignor = 'Грузоотправитель'
const consignee = 'Грузополучатель'
const fileName = 'Файл'
const [status, kind] = ['Состояние', 'Вид']

const columns: Headings = {
  lookups: {
    askedAt: 'Когда спросили',
    person,
    username,
    company,
    containers: 'Контейнеры',
    wagons: 'Вагоны',
    waybills: 'Накладные',
    mistyped: 'С опечаткой',
    found: 'Найдено',
  },
  subscriptions: {
    number: '№',
    createdAt: 'Создана',
    person,
    username,
    company,
    name: 'Название',
    subject: 'О чём',
    subjectText: 'Уточнение',
    containers: 'Контейнеров',
    slots: 'Часы отчётов',
    zone: 'Часовой пояс',
    nextDueAt: 'Следующий отчёт',
    pausedAt: 'На паузе с',
    deletedAt: 'Удалена',
  },
  people: {
    createdAt: 'Первое сообщение',
    telegramId: 'Telegram-id',
    person,
    username,
    access: 'Доступ',
    role: 'Роль',
    company,
    zone: 'Часовой пояс',
    decidedAt: 'Доступ решён',
    subscriptions: 'Подписок',
    lastAskedAt: 'Последний вопрос',
    unreachableSince: 'Бот заблокирован с',
  },
  deliveries: {
    createdAt: 'Записана',
    finishedAt: 'Закончена',
    channel: 'Канал',
    kind,
    status,
    person: 'Кому',
    address: 'Адрес или чат',
    what: 'Что',
    attempts: 'Попыток',
    error: 'Ошибка',
  },
  imports: {
    receivedAt: 'Получен',
    finishedAt: 'Разобран',
    fileName,
    origin: 'Откуда',
    sender: 'Отправитель',
    kind,
    status,
    reason: 'Причина',
    stamp: 'Данные на',
    rows: 'Строк',
    skipped: 'Пропущено строк',
    newContainers: 'Новых контейнеров',
    size: 'Размер, байт',
  },
  positions: {
    container,
    operatedAt: 'Время операции',
    operation,
    station,
    road,
    origin,
    destination,
    kmLeft: 'Осталось, км',
    train,
    wagon,
    waybill,
    consignor,
    consignee,
    cargo: 'Груз',
    startedAt: 'Начало рейса',
    arrivedAt: 'Прибыл',
    dueAt: 'Нормативный срок',
    isAbandoned: 'Брошен',
    isLive: 'Есть в отчётах',
  },
  movements: {
    container,
    operatedAt: 'Время операции',
    operation,
    station,
    road,
    kmLeft: 'Осталось, км',
    train,
    wagon,
    waybill,
    fileName,
  },
  trips: {
    container,
    status,
    startedAt: 'Начало рейса',
    origin,
    destination,
    departedAt: 'Отправлен',
    arrivedAt: 'Прибыл',
    unloadedAt: 'Выгружен',
    dueAt: 'Нормативный срок',
    km: 'Расстояние, км',
    waybill,
    consignor,
    consignee,
  },
  trains: {
    train,
    sentAt: 'Список прислан',
    trainDestination: 'Куда поезд',
    transshipment: 'Станция перегруза',
    container,
    wagon,
    waybill,
    type: 'Тип',
    weightKg: 'Вес, кг',
    client: 'Клиент',
    destination: 'Куда контейнер',
  },
  stock: {
    container,
    terminal: 'Терминал',
    arrivedAt: 'Принят',
    dispatchedAt: 'Отправлен',
    onSite: 'На терминале',
    direction: 'Направление',
    stock: 'Сток',
    size: 'Размер',
    client: 'Клиент',
    inn: 'ИНН',
    condition: 'Техническое состояние',
  },
  events: {
    happenedAt: 'Когда',
    detectedAt: 'Стало известно',
    kind: 'Событие',
    container,
    station,
    train,
    fileName,
  },
  audit: {
    createdAt: 'Когда',
    actor: person,
    action: 'Действие',
    code: 'Код действия',
    object: 'С чем',
    details: 'Подробности',
    origin: 'Откуда',
  },
}

const { dislocation, terminal_report, train_roster } = workbookNotices

/** The words for the codes of a column; a code that is not named here is shown as it is. */
const words: Readonly<Record<ExportWords, Readonly<Record<string, string>>>> = {
  access: { none: 'не просил', requested: 'просит', granted: 'есть', denied: 'отказано' },
  auditAction: audit.actions,
  channel: { telegram: 'Telegram', email: 'e-mail' },
  deliveryKind: { answer: 'ответ', alert: 'оповещение', report: 'отчёт', broadcast: 'рассылка', code: 'код' },
  deliveryStatus: {
    pending: 'ждёт',
    retry: 'повторится',
    sending: 'уходит',
    sent: 'ушло',
    failed: 'не ушло',
    blocked: 'не принимают',
    unknown: 'неизвестно',
    cancelled: 'отменено',
  },
  eventKind: plainHeadings(events.kinds),
  origin: { mail: 'почта', drop_folder: 'папка', telegram: 'Telegram' },
  role: { admin: 'администратор', operator: 'оператор', viewer: 'наблюдатель' },
  subject: {
    containers: 'контейнеры',
    train: 'поезд',
    company: 'компания',
    client: 'клиент',
    destination: 'станция назначения',
    question: 'вопрос',
  },
  tripStatus: {
    at_origin: 'на отправке',
    en_route: 'в пути',
    abandoned: 'брошен',
    at_destination: 'прибыл',
    unloaded: 'выгружен',
  },
  workbookKind: { dislocation, terminal_report, train_roster },
  workbookReason: workbookReasons,
  workbookStatus: {
    pending: 'в очереди',
    imported: 'принят',
    history_only: 'принят в историю',
    duplicate: 'повтор',
    held: 'отложен',
    quarantined: 'ждёт решения',
    refused: 'отклонён',
  },
  yesNo: { true: 'да', false: 'нет' },
}

const kinds: Readonly<Record<ExportKind, string>> = {
  lookups: 'Запросы',
  subscriptions: 'Подписки',
  people: 'Люди',
  deliveries: 'Доставки',
  imports: 'Импорты',
  positions: 'Позиции',
  movements: 'Движения',
  trips: 'Рейсы',
  trains: 'Поезда',
  stock: 'Сток терминала',
  events: 'События',
  audit: 'Журнал',
}

const periods: Readonly<Record<PeriodName, string>> = {
  today: 'Сегодня',
  yesterday: 'Вчера',
  week: '7 дней',
  month: '30 дней',
  this_month: 'Этот месяц',
  last_month: 'Прошлый месяц',
  all: 'Всё время',
}

/** Workbooks for admins: their headings, their captions, and the dialog about them. */
export const exports = {
  command: 'Выгрузки в Excel',
  kinds,
  columns,
  words,
  periods,
  intro: '📤 <b>Выгрузка в Excel</b>\nЧто выгрузить?',
  askPeriod: (what: string) => `📤 ${bold(what)}\nЗа какие дни?`,
  ownDates: '✏️ Свои даты',
  askDates: (what: string) =>
    `📤 ${bold(what)}\nНапишите дни: <code>01.11.2026 – 15.11.2026</code>, один день <code>05.11</code> или месяц <code>11.2026</code>. Выйти: /cancel`,
  badDates: {
    unreadable: (what: string) =>
      `Не понял «${what}». Напишите так: <code>01.11.2026 – 15.11.2026</code>. Выйти: /cancel`,
    no_such_day: (what: string) => `Дня «${what}» нет в календаре. Напишите другой. Выйти: /cancel`,
    reversed: (from: string, until: string) =>
      `Начало (${from}) позже конца (${until}). Напишите наоборот. Выйти: /cancel`,
    future: (from: string) => `${from} ещё не наступило. Напишите прошедшие дни. Выйти: /cancel`,
  },
  back: '‹ Назад',
  preparing: 'Готовлю, пришлю сюда',
  title: (what: string) => `Выгрузка: ${what}`,
  days: (from: string | undefined, until: string | undefined) => {
    if (from === undefined && until === undefined) return 'за всё время'
    if (from === undefined) return `по ${until}`
    if (until === undefined) return `с ${from}`
    return from === until ? from : `${from} – ${until}`
  },
  times: (zone: string) => `Дни и время: ${zone}`,
  rows: (count: number) => `${number(count)} ${plural(count, { one: 'строка', few: 'строки', many: 'строк' })}`,
  part: (n: number, of: number) => `часть ${n} из ${of}`,
  fileTitle: 'Выгрузка',
}
