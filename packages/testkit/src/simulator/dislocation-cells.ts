import type { DislocationCells } from '../builders/dislocation-workbook.ts'
import { moscowDate, moscowText } from '../builders/wall-clock.ts'
import { ORIGIN } from './network.ts'
import { destinationAt, type Operation, type Trip, wagonAt } from './train.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60

/** The 45 cells of a trip whose last operation is `operation`, in a report formed at `stamp`. */
export function dislocationCells(trip: Trip, operation: Operation, stamp: Date): DislocationCells {
  const { client, cargo, loaded, serial } = trip
  const { at, stop, train } = operation
  const destination = destinationAt(trip, stamp)
  const idleMinutes = Math.floor((stamp.getTime() - at.getTime()) / MINUTE_MS)
  // One literal, not several spread together: a big report would take three times as long.
  return {
    'Номер контейнера': trip.container,
    'Номер накладной': trip.waybill,
    'Тип контейнера': trip.type,
    'Дата и время начала рейса': moscowText(trip.startedAt),
    'Государство отправления': 'РОССИЯ (20)',
    'Станция отправления': ORIGIN.station,
    'Дорога отправления': ORIGIN.road,
    'Дата и время окончания рейса': operation === trip.operations.at(-1) ? moscowText(at) : undefined,
    'Страна назначения': 'РОССИЯ (20)',
    'Дорога назначения': destination.road,
    'Станция назначения': destination.station,
    'Грузоотправитель (ТГНЛ)': '0123',
    Грузоотправитель: client.shortName,
    'Грузоотправитель (ОКПО)': client.okpo,
    'Грузоотправитель (наим)': client.name,
    'Грузополучатель (ТГНЛ)': '4567',
    Грузополучатель: client.shortName,
    'Грузополучатель (ОКПО)': client.okpo,
    'Грузополучатель (наим)': client.name,
    'Наименование груза': loaded ? cargo.name : 'КОНТЕЙНЕРЫ ПОРОЖНИЕ',
    'Код груза ГНГ': loaded ? cargo.code : '99390000',
    'Вес груза (кг)': trip.weightKg,
    'Станция операции': stop.station,
    Операция: operation.name,
    'Дорога операции': stop.road,
    'Мнемокод операции': operation.mnemonic,
    'Дата и время операции': moscowText(at),
    'Состояние контейнера': 'ИСПРАВЕН',
    'Индекс поезда с наименованиями станций': train?.index,
    'Номер поезда': train?.number ?? '0',
    'Номер вагона': wagonAt(trip, at),
    'Количество пломб': loaded ? 1 + (serial % 2) : 0,
    'Нормативный срок доставки': moscowDate(trip.dueOn),
    'Расстояние общее': destination.km,
    'Расстояние пройденное': stop.km,
    'Расстояние оставшееся': destination.km - stop.km,
    'Время простоя под последней операцией (сутки:часы:минуты)': idleText(idleMinutes),
    'Время простоя под последней операцией (сутки)': Math.round((idleMinutes / DAY_MINUTES) * 100) / 100,
    'Идентификатор отправки': String(7_500_000_000 + serial * 37),
    'Идентификатор накладной': 1_600_000_000 + serial * 53,
    'Признак груж. рейса': loaded ? 1 : 0,
  }
}

/** `0: 15: 18`, days, hours and minutes, with blanks as the railway prints them. */
function idleText(minutes: number): string {
  const hours = Math.floor((minutes % DAY_MINUTES) / 60)
  return [Math.floor(minutes / DAY_MINUTES), hours, minutes % 60].join(': ')
}
