import type { ColumnKind, ColumnValues } from '../cells/column-kinds.ts'

/**
 * The object that a value describes. `row`: the row itself, which the import resolves by name (container, operation, stations, roads).
 * `operation`: the last operation, so that each newer row replaces it. `trip`: the whole trip, so that the newest report that
 * names it wins, also over a newer report of the short shape, which names none of these.
 */
type Subject = 'row' | 'operation' | 'trip'

interface FieldOfReport {
  /** The railway's own heading stands first, other spellings follow. */
  readonly headings: readonly [string, ...string[]]
  /** The type of its cells; this decides the type of the value and of its column in SQL. */
  readonly reads: ColumnKind
  readonly of: Subject
  /** A sheet without it is not a dislocation report. */
  readonly required?: true
  /** The history of a container keeps it with each operation. */
  readonly inHistory?: true
  /** The other field that this one replaces where that one is blank. */
  readonly insteadOf?: string
}

/**
 * The columns of the railway's dislocation report. The row type, the parser, the staging table, the merge of positions and
 * movements and the views of the data package derive from this table. A new column is one line here and one column of
 * `position` by a migration. The order is the one of the lines that are kept for an undo: new fields go to the end.
 */
export const dislocationTable = {
  container: {
    headings: ['Номер контейнера', '№ контейнера', 'Контейнер №', 'Контейнер'],
    reads: 'text',
    of: 'row',
    required: true,
  },
  operationStation: {
    headings: ['Станция операции', 'Станция текущей дислокации', 'Станция дислокации'],
    reads: 'station',
    of: 'row',
    required: true,
  },
  operation: {
    headings: ['Операция', 'Наименование операции', 'Последняя операция'],
    reads: 'text',
    of: 'row',
    required: true,
  },
  operatedAt: {
    headings: ['Дата и время операции', 'Дата операции', 'Дата/время операции', 'Время операции'],
    reads: 'instant',
    of: 'row',
    required: true,
  },
  operationRoad: { headings: ['Дорога операции'], reads: 'road', of: 'row' },
  operationMnemonic: { headings: ['Мнемокод операции'], reads: 'text', of: 'row' },
  originStation: { headings: ['Станция отправления'], reads: 'station', of: 'row' },
  originRoad: { headings: ['Дорога отправления'], reads: 'road', of: 'row' },
  destinationStation: { headings: ['Станция назначения'], reads: 'station', of: 'row' },
  destinationRoad: { headings: ['Дорога назначения'], reads: 'road', of: 'row' },
  waybill: {
    headings: ['Номер накладной', '№ накладной', 'Накладная'],
    reads: 'waybill',
    of: 'operation',
    inHistory: true,
  },
  containerType: { headings: ['Тип контейнера'], reads: 'text', of: 'trip' },
  tripStartedAt: {
    headings: ['Дата и время начала рейса', 'Дата начала рейса'],
    reads: 'pastInstant',
    of: 'operation',
    inHistory: true,
  },
  tripEndedAt: {
    headings: ['Дата и время окончания рейса', 'Дата окончания рейса'],
    reads: 'pastInstant',
    of: 'operation',
    inHistory: true,
  },
  originCountry: { headings: ['Государство отправления', 'Страна отправления'], reads: 'text', of: 'trip' },
  destinationCountry: { headings: ['Страна назначения', 'Государство назначения'], reads: 'text', of: 'trip' },
  consignorTgnl: { headings: ['Грузоотправитель (ТГНЛ)'], reads: 'identifier', of: 'trip' },
  consignorShort: { headings: ['Грузоотправитель'], reads: 'text', of: 'trip' },
  consignorOkpo: { headings: ['Грузоотправитель (ОКПО)'], reads: 'identifier', of: 'trip' },
  consignor: { headings: ['Грузоотправитель (наим)'], reads: 'text', of: 'trip' },
  consigneeTgnl: { headings: ['Грузополучатель (ТГНЛ)'], reads: 'identifier', of: 'trip' },
  consigneeShort: { headings: ['Грузополучатель'], reads: 'text', of: 'trip' },
  consigneeOkpo: { headings: ['Грузополучатель (ОКПО)'], reads: 'identifier', of: 'trip' },
  consignee: { headings: ['Грузополучатель (наим)'], reads: 'text', of: 'trip' },
  cargo: { headings: ['Наименование груза', 'Груз'], reads: 'text', of: 'trip' },
  cargoCode: { headings: ['Код груза ГНГ'], reads: 'identifier', of: 'trip' },
  weightKg: { headings: ['Вес груза (кг)', 'Вес груза'], reads: 'kilograms', of: 'trip' },
  condition: { headings: ['Состояние контейнера'], reads: 'text', of: 'operation' },
  trainIndex: {
    headings: ['Индекс поезда с наименованиями станций', 'Индекс поезда'],
    reads: 'text',
    of: 'operation',
    inHistory: true,
  },
  trainNumber: { headings: ['Номер поезда', '№ поезда'], reads: 'trainNumber', of: 'operation', inHistory: true },
  wagon: { headings: ['Номер вагона', '№ вагона'], reads: 'wagon', of: 'operation', inHistory: true },
  seals: { headings: ['Количество пломб'], reads: 'amount', of: 'operation' },
  countryReceived: { headings: ['Государство приема'], reads: 'text', of: 'operation' },
  countryHanded: { headings: ['Государство сдачи'], reads: 'text', of: 'operation' },
  roadReceived: { headings: ['Дорога приема'], reads: 'text', of: 'operation' },
  roadHanded: { headings: ['Дорога сдачи'], reads: 'text', of: 'operation' },
  deliveryDueAt: { headings: ['Нормативный срок доставки'], reads: 'instant', of: 'trip' },
  kmTotal: { headings: ['Расстояние общее', 'Общее расстояние'], reads: 'amount', of: 'trip' },
  kmDone: { headings: ['Расстояние пройденное', 'Пройденное расстояние'], reads: 'amount', of: 'operation' },
  kmLeft: {
    headings: ['Расстояние оставшееся', 'Оставшееся расстояние', 'Остаточное расстояние'],
    reads: 'amount',
    of: 'operation',
    inHistory: true,
  },
  idleMinutes: {
    headings: ['Время простоя под последней операцией (сутки:часы:минуты)'],
    reads: 'idleMinutes',
    of: 'operation',
  },
  idleDays: {
    headings: ['Время простоя под последней операцией (сутки)'],
    reads: 'idleDays',
    of: 'row',
    insteadOf: 'idleMinutes',
  },
  shipmentId: { headings: ['Идентификатор отправки'], reads: 'identifier', of: 'trip' },
  waybillId: { headings: ['Идентификатор накладной'], reads: 'identifier', of: 'trip' },
  loaded: { headings: ['Признак груж. рейса', 'Признак груженого рейса'], reads: 'yesNo', of: 'trip' },
} as const satisfies Readonly<Record<string, FieldOfReport>>

type Table = typeof dislocationTable

/** The field that a column of the report holds. */
export type DislocationField = keyof Table

/** A field that `position` holds in a column of its own. */
export type ValueField = { [F in DislocationField]: Table[F]['of'] extends 'row' ? never : F }[DislocationField]

/** The values of the fields as they are read; undefined where the cell is blank or unreadable. */
export type FieldValues = { readonly [F in ValueField]: ColumnValues[Table[F]['reads']] | undefined }

/** All fields, the required ones first. */
export const dislocationFields = Object.keys(dislocationTable) as readonly DislocationField[]

/** The description of a field, without the types of the single ones. */
export function fieldOfReport(field: DislocationField): FieldOfReport {
  return dislocationTable[field]
}

/** The fields with a column of their own, in the order of the table. */
export const valueFields = dislocationFields.filter((field): field is ValueField => fieldOfReport(field).of !== 'row')

export const requiredFields = dislocationFields.filter((field) => fieldOfReport(field).required)

/** The railway's heading of a column, for messages about it. */
export function dislocationHeading(field: DislocationField): string {
  return dislocationTable[field].headings[0]
}

/** All headings that a column is known by, the railway's own first. */
export function dislocationHeadings(field: DislocationField): readonly string[] {
  return dislocationTable[field].headings
}
