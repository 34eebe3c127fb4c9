import { type Language, pluralRu } from '@atermtrack/domain'
import type { RowStatus } from './picture.ts'

/** Every sentence of reports and their mails; `zone` is a label such as `МСК+7`. */
export interface Texts {
  readonly language: Language
  readonly title: string
  readonly summary: string
  readonly history: string
  readonly columns: Readonly<Record<ColumnName, string>>
  readonly operated: (zone: string) => string
  readonly arrived: (zone: string) => string
  readonly tripStarted: (zone: string) => string
  readonly asOfColumn: (zone: string) => string
  readonly statuses: Readonly<Record<RowStatus, string>>
  /** Known from an earlier trip only. */
  readonly unseen: string
  /** In which report a container is not, and which one held it last; wall times. */
  readonly absent: (report: string, last: string, zone: string) => string
  /** The date of the forecast is the earliest one. */
  readonly notBefore: string
  readonly notFound: string
  readonly yes: string
  readonly no: string
  readonly summaryColumns: readonly [part: string, what: string, count: string, when: string]
  readonly parts: Readonly<Record<'report' | 'status' | 'station', string>>
  readonly foundCount: string
  readonly missingCount: string
  readonly asOfLabel: (zone: string) => string
  readonly plannedLabel: (zone: string) => string
  readonly heading: (name: string | undefined) => string
  readonly asOf: (moment: string, zone: string) => string
  readonly found: (found: number, asked: number) => string
  readonly noData: string
  readonly missing: (numbers: string, more: number) => string
  readonly late: (moment: string) => string
  readonly stale: (age: string) => string
  readonly attached: string
  readonly unsubscribe: string
  readonly failed: (name: string | undefined) => string
}

type ColumnName =
  | 'container'
  | 'status'
  | 'station'
  | 'road'
  | 'operation'
  | 'idleHours'
  | 'origin'
  | 'destination'
  | 'kmLeft'
  | 'forecastDays'
  | 'forecastDate'
  | 'train'
  | 'trainIndex'
  | 'wagon'
  | 'waybill'
  | 'containerType'
  | 'loaded'
  | 'cargo'
  | 'note'

const ru: Texts = {
  language: 'ru',
  title: 'Дислокация',
  summary: 'Сводка',
  history: 'История',
  columns: {
    container: 'Контейнер',
    status: 'Статус',
    station: 'Станция операции',
    road: 'Дорога',
    operation: 'Операция',
    idleHours: 'Простой (ч)',
    origin: 'Откуда',
    destination: 'Куда',
    kmLeft: 'Осталось, км',
    forecastDays: 'Прогноз (дней)',
    forecastDate: 'Прогноз (дата)',
    train: 'Поезд',
    trainIndex: 'Индекс поезда',
    wagon: 'Вагон',
    waybill: 'Накладная',
    containerType: 'Тип',
    loaded: 'Гружёный',
    cargo: 'Груз',
    note: 'Примечание',
  },
  operated: (zone) => `Дата операции (${zone})`,
  arrived: (zone) => `Прибыл (${zone})`,
  tripStarted: (zone) => `Начало рейса (${zone})`,
  asOfColumn: (zone) => `Данные на (${zone})`,
  statuses: {
    unloaded: 'прибыл, выгружен',
    at_destination: 'прибыл на станцию назначения',
    at_origin: 'на станции отправления',
    abandoned: 'брошен',
    standing: 'стоит',
    en_route: 'в пути',
    missing: 'пропал из отчёта',
    dropped: 'больше недели нет в отчётах',
    other_trip: 'уехал другим рейсом',
  },
  unseen: 'ещё не виден в этом рейсе',
  absent: (report, last, zone) => `нет в отчёте от ${report}, последний раз ${last} (${zone})`,
  notBefore: 'прибудет не раньше прогноза',
  notFound: 'не найден',
  yes: 'да',
  no: 'нет',
  summaryColumns: ['Раздел', 'Показатель', 'Количество', 'Время'],
  parts: { report: 'Отчёт', status: 'Статус', station: 'Станция операции' },
  foundCount: 'Найдено контейнеров',
  missingCount: 'Не найдено контейнеров',
  asOfLabel: (zone) => `Данные на (${zone})`,
  plannedLabel: (zone) => `Запланирован на (${zone})`,
  heading: (name) => (name === undefined ? 'Дислокация' : `Дислокация «${name}»`),
  asOf: (moment, zone) => `Данные на ${moment} (${zone})`,
  found: (found, asked) =>
    `Найдено ${found} из ${asked} ${pluralRu(asked, 'контейнера', 'контейнеров', 'контейнеров')}`,
  noData: 'Нет данных: ни одного контейнера из списка в отчётах нет',
  missing: (numbers, more) => `Не найдены: ${numbers}${more > 0 ? ` и ещё ${more}` : ''}`,
  late: (moment) => `⏰ Отчёт опоздал: был запланирован на ${moment}`,
  stale: (age) => `⚠️ Данные устарели: новых нет уже ${age}`,
  attached: 'Таблица во вложении.',
  unsubscribe: 'Вы получаете это письмо, потому что подтвердили адрес в боте AtermTrack. Отказаться можно там же.',
  failed: (name) =>
    `Не получилось подготовить отчёт${name === undefined ? '' : ` «${name}»`}. Мы уже знаем об этом. Попробуйте запросить его ещё раз позже.`,
}

const en: Texts = {
  language: 'en',
  title: 'Dislocation',
  summary: 'Summary',
  history: 'History',
  columns: {
    container: 'Container',
    status: 'Status',
    station: 'Operation station',
    road: 'Railway',
    operation: 'Operation',
    idleHours: 'Idle (h)',
    origin: 'From',
    destination: 'To',
    kmLeft: 'Km left',
    forecastDays: 'Forecast (days)',
    forecastDate: 'Forecast (date)',
    train: 'Train',
    trainIndex: 'Train index',
    wagon: 'Wagon',
    waybill: 'Waybill',
    containerType: 'Type',
    loaded: 'Loaded',
    cargo: 'Cargo',
    note: 'Note',
  },
  operated: (zone) => `Operation time (${zone})`,
  arrived: (zone) => `Arrived (${zone})`,
  tripStarted: (zone) => `Trip since (${zone})`,
  asOfColumn: (zone) => `Data as of (${zone})`,
  statuses: {
    unloaded: 'arrived, unloaded',
    at_destination: 'arrived at destination',
    at_origin: 'at origin',
    abandoned: 'abandoned',
    standing: 'standing',
    en_route: 'en route',
    missing: 'missing from the report',
    dropped: 'not in reports for over a week',
    other_trip: 'left on another trip',
  },
  unseen: 'not seen on this trip yet',
  absent: (report, last, zone) => `not in the report of ${report}, last seen ${last} (${zone})`,
  notBefore: 'arrives no earlier than the forecast',
  notFound: 'not found',
  yes: 'yes',
  no: 'no',
  summaryColumns: ['Part', 'What', 'Count', 'When'],
  parts: { report: 'Report', status: 'Status', station: 'Operation station' },
  foundCount: 'Containers found',
  missingCount: 'Containers not found',
  asOfLabel: (zone) => `Data as of (${zone})`,
  plannedLabel: (zone) => `Planned for (${zone})`,
  heading: (name) => (name === undefined ? 'Dislocation' : `Dislocation “${name}”`),
  asOf: (moment, zone) => `Data as of ${moment} (${zone})`,
  found: (found, asked) => `Found ${found} of ${asked} ${asked === 1 ? 'container' : 'containers'}`,
  noData: 'No data: the reports hold none of these containers',
  missing: (numbers, more) => `Not found: ${numbers}${more > 0 ? ` and ${more} more` : ''}`,
  late: (moment) => `⏰ This report is late: it was planned for ${moment}`,
  stale: (age) => `⚠️ The data are stale: nothing new for ${age}`,
  attached: 'The table is attached.',
  unsubscribe: 'You get this message because you proved this address in the AtermTrack bot. You can opt out there.',
  failed: (name) =>
    `The report${name === undefined ? '' : ` “${name}”`} could not be prepared. We know about it already. Please ask for it again later.`,
}

export const texts: Readonly<Record<Language, Texts>> = { ru, en }
