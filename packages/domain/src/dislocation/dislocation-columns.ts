import type { Cell } from '../cells/cell.ts'
import type { DislocationRow } from './dislocation.ts'
import { normaliseLabel } from '../cells/header.ts'
import { readHeaderColumns, type HeaderColumns } from '../cells/header-columns.ts'

/** What a column holds: a field of the row, or the idle time in days, which stands in for the one in minutes. */
export type DislocationField = Exclude<keyof DislocationRow, 'rowNumber' | 'operatedWall'> | 'idleDays'

/** Zero-based place of each field in the cells of a row. */
export type DislocationColumns = ReadonlyMap<DislocationField, number>

export interface DislocationHeader extends HeaderColumns<DislocationField> {
  /** 1-based among the rows searched. */
  readonly headerRow: number
  /** Headings of required columns that are not there. */
  readonly missing: readonly string[]
}

export const headerSearchRows = 15

const requiredFields: readonly DislocationField[] = ['container', 'operationStation', 'operation', 'operatedAt']
const leastLabels = 4
const leastRequired = 2

/** The railway's own heading stands first, other spellings follow. */
const headings: Readonly<Record<DislocationField, readonly [string, ...string[]]>> = {
  container: ['Номер контейнера', '№ контейнера', 'Контейнер №', 'Контейнер'],
  waybill: ['Номер накладной', '№ накладной', 'Накладная'],
  containerType: ['Тип контейнера'],
  tripStartedAt: ['Дата и время начала рейса', 'Дата начала рейса'],
  originCountry: ['Государство отправления', 'Страна отправления'],
  originStation: ['Станция отправления'],
  originRoad: ['Дорога отправления'],
  tripEndedAt: ['Дата и время окончания рейса', 'Дата окончания рейса'],
  destinationCountry: ['Страна назначения', 'Государство назначения'],
  destinationRoad: ['Дорога назначения'],
  destinationStation: ['Станция назначения'],
  consignorTgnl: ['Грузоотправитель (ТГНЛ)'],
  consignorShort: ['Грузоотправитель'],
  consignorOkpo: ['Грузоотправитель (ОКПО)'],
  consignor: ['Грузоотправитель (наим)'],
  consigneeTgnl: ['Грузополучатель (ТГНЛ)'],
  consigneeShort: ['Грузополучатель'],
  consigneeOkpo: ['Грузополучатель (ОКПО)'],
  consignee: ['Грузополучатель (наим)'],
  cargo: ['Наименование груза', 'Груз'],
  cargoCode: ['Код груза ГНГ'],
  weightKg: ['Вес груза (кг)', 'Вес груза'],
  operationStation: ['Станция операции', 'Станция текущей дислокации', 'Станция дислокации'],
  operation: ['Операция', 'Наименование операции', 'Последняя операция'],
  operationRoad: ['Дорога операции'],
  operationMnemonic: ['Мнемокод операции'],
  operatedAt: ['Дата и время операции', 'Дата операции', 'Дата/время операции', 'Время операции'],
  condition: ['Состояние контейнера'],
  trainIndex: ['Индекс поезда с наименованиями станций', 'Индекс поезда'],
  trainNumber: ['Номер поезда', '№ поезда'],
  wagon: ['Номер вагона', '№ вагона'],
  seals: ['Количество пломб'],
  countryReceived: ['Государство приема'],
  countryHanded: ['Государство сдачи'],
  roadReceived: ['Дорога приема'],
  roadHanded: ['Дорога сдачи'],
  deliveryDueAt: ['Нормативный срок доставки'],
  kmTotal: ['Расстояние общее', 'Общее расстояние'],
  kmDone: ['Расстояние пройденное', 'Пройденное расстояние'],
  kmLeft: ['Расстояние оставшееся', 'Оставшееся расстояние', 'Остаточное расстояние'],
  idleMinutes: ['Время простоя под последней операцией (сутки:часы:минуты)'],
  idleDays: ['Время простоя под последней операцией (сутки)'],
  shipmentId: ['Идентификатор отправки'],
  waybillId: ['Идентификатор накладной'],
  loaded: ['Признак груж. рейса', 'Признак груженого рейса'],
}

const fieldOfLabel = new Map(
  (Object.keys(headings) as DislocationField[]).flatMap((field) =>
    headings[field].map((label) => [normaliseLabel(label), field] as const),
  ),
)

/** The required ones first. */
export const dislocationFields: readonly DislocationField[] = [
  ...new Set([...requiredFields, ...(Object.keys(headings) as DislocationField[])]),
]

/** The railway's heading of a column, for messages about it. */
export function dislocationHeading(field: DislocationField): string {
  return headings[field][0]
}

/** All headings that a column is known by, the railway's own first. */
export function dislocationHeadings(field: DislocationField): readonly string[] {
  return headings[field]
}

/** Headings of the required columns that are not there. */
export function missingHeadings(columns: DislocationColumns): string[] {
  return requiredFields.filter((field) => !columns.has(field)).map(dislocationHeading)
}

/**
 * Finds the header of a dislocation report among the first 15 rows by its headings, in any order and case.
 * Undefined when the sheet is no dislocation report; a report without a required column says which are `missing`.
 */
export function findDislocationHeader(rows: readonly (readonly Cell[])[]): DislocationHeader | undefined {
  const headers = rows.slice(0, headerSearchRows).map((cells, i) => readHeader(cells, i + 1))
  const best = headers.toSorted((a, b) => b.columns.size - a.columns.size).at(0)
  return best && isDislocation(best) ? best : undefined
}

function readHeader(cells: readonly Cell[], headerRow: number): DislocationHeader {
  const header = readHeaderColumns(cells, (label) => fieldOfLabel.get(label))
  return { headerRow, ...header, missing: missingHeadings(header.columns) }
}

/** A roster or a list of containers shares a heading or two, but none of those of the operation. */
function isDislocation({ columns, missing }: DislocationHeader): boolean {
  return columns.size >= leastLabels && requiredFields.length - missing.length >= leastRequired
}
