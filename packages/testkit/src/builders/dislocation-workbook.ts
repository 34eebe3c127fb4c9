import type { Cell } from '@atermtrack/domain'
import { CURRENT_COLUMNS, type DislocationLabel, LEGACY_COLUMNS } from './dislocation-columns.ts'
import { containerNumber, wagonNumber, waybillNumber } from './identifiers.ts'
import { moscowText } from './wall-clock.ts'
import { xlsx } from './xlsx.ts'

/** Raw cells of one row by label; a label of a column that no report knows is allowed. */
export type DislocationCells = { readonly [label in DislocationLabel]?: Cell } & { readonly [label: string]: Cell }

export interface DislocationWorkbookOptions {
  readonly rows: Iterable<DislocationCells>
  /** The formation stamp of the title lines. */
  readonly stamp?: Date
  readonly shape?: 'current45' | 'legacy10'
  /** Labels in the order of the sheet, instead of those of the shape. */
  readonly columns?: readonly string[]
  /** The lines above the header, instead of the usual three. */
  readonly titleLines?: readonly string[]
  readonly reportNumber?: string
  readonly sheetName?: string
}

const DEFAULT_STAMP = new Date('2025-09-02T05:00:00Z')

const VALID_ROW: DislocationCells = {
  'Номер контейнера': containerNumber(0),
  'Номер накладной': waybillNumber(0),
  'Тип контейнера': '45G1',
  'Дата и время начала рейса': '31.08.2025 22:34',
  'Государство отправления': 'РОССИЯ (20)',
  'Станция отправления': 'УГЛОВАЯ (982206)',
  'Дорога отправления': 'ДАЛЬНЕВОСТОЧНАЯ (96)',
  'Страна назначения': 'РОССИЯ (20)',
  'Дорога назначения': 'МОСКОВСКАЯ (17)',
  'Станция назначения': 'СЕЛЯТИНО (181102)',
  'Грузоотправитель (ТГНЛ)': '0123',
  Грузоотправитель: 'СНЕЖНЫЙ МЫС',
  'Грузоотправитель (ОКПО)': '00112233',
  'Грузоотправитель (наим)': 'ООО "Снежный Мыс"',
  'Грузополучатель (ТГНЛ)': '4567',
  Грузополучатель: 'СНЕЖНЫЙ МЫС',
  'Грузополучатель (ОКПО)': '00445566',
  'Грузополучатель (наим)': 'ООО "Снежный Мыс"',
  'Наименование груза': 'ПРИБОРЫ БЫТОВЫЕ',
  'Код груза ГНГ': '85094000',
  'Вес груза (кг)': 26_575,
  'Станция операции': 'БЕЛОГОРСК (950008)',
  Операция: 'Отправление вагона со станции (2)',
  'Дорога операции': 'ЗАБАЙКАЛЬСКАЯ (94)',
  'Мнемокод операции': 'ОТПР',
  'Дата и время операции': '02.09.2025 00:51',
  'Состояние контейнера': 'ИСПРАВЕН',
  'Индекс поезда с наименованиями станций': '9822+988+1811 УГЛОВАЯ+СЕЛЯТИНО',
  'Номер поезда': '1988',
  'Номер вагона': wagonNumber(0),
  'Количество пломб': 1,
  'Нормативный срок доставки': '18.09.2025',
  'Расстояние общее': 9230,
  'Расстояние пройденное': 1400,
  'Расстояние оставшееся': 7830,
  'Время простоя под последней операцией (сутки:часы:минуты)': '0: 7: 9',
  'Время простоя под последней операцией (сутки)': 0.3,
  'Идентификатор отправки': '7544212626',
  'Идентификатор накладной': 1_838_122_545,
  'Признак груж. рейса': 1,
}

/** The raw cells of one valid row as they stand in a sheet, `cells` laid over them; `undefined` blanks a cell. */
export function aDislocationRow(cells: DislocationCells = {}): DislocationCells {
  return { ...VALID_ROW, ...cells }
}

/** A dislocation workbook (.xlsx): title lines, the header on line 4, one line per row. */
export function aDislocationWorkbook({
  rows,
  stamp = DEFAULT_STAMP,
  shape = 'current45',
  columns = shape === 'current45' ? CURRENT_COLUMNS : LEGACY_COLUMNS,
  reportNumber = '103',
  titleLines = dislocationTitle(reportNumber, stamp),
  sheetName = 'Отчет',
}: DislocationWorkbookOptions): Promise<Buffer> {
  return xlsx([{ name: sheetName, rows: sheetRows(rows, columns, titleLines) }])
}

function dislocationTitle(reportNumber: string, stamp: Date): readonly string[] {
  return [
    `Отчёт слежения TrackerBot № ${reportNumber}`,
    `Сформирован: ${moscowText(stamp)} (МСК)`,
    'Дислокация контейнеров по последней операции',
  ]
}

function* sheetRows(
  rows: Iterable<DislocationCells>,
  columns: readonly string[],
  titleLines: readonly string[],
): Generator<readonly Cell[]> {
  for (const line of titleLines) yield [line]
  yield columns
  for (const row of rows) yield columns.map((label) => row[label])
}
