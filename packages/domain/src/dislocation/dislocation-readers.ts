import type { Cell } from '../cells/cell.ts'
import {
  cellDecimal,
  cellIdentifier,
  cellIdleMinutes,
  cellText,
  cellYesNo,
  unreadable,
  type Reading,
} from '../cells/cell-values.ts'
import type { DislocationField } from './dislocation-columns.ts'
import {
  cellAmount,
  cellMoment,
  cellOf,
  cellRoad,
  cellStation,
  cellWagon,
  cellWaybill,
  fieldReader,
  mapped,
  withMemory,
  type Moment,
  type ReadCell,
  type ReaderOptions,
  type ReadField,
} from '../cells/field-readers.ts'
import type { RowProblem } from '../cells/row-warnings.ts'
import type { BelievableTimes } from '../workbook/source-guard.ts'

export type DislocationReaders = ReturnType<typeof createDislocationReaders>

interface DislocationReaderOptions extends ReaderOptions<DislocationField> {
  readonly zone: string
  readonly times: Pick<BelievableTimes, 'latest'>
}

/** One reader per field; an unreadable cell is a warning and reads as undefined, and so does a column that is absent. */
export function createDislocationReaders(options: DislocationReaderOptions) {
  const { columns, zone } = options
  const field = <T>(name: DislocationField, read: ReadCell<T>) => fieldReader(options, name, read)
  const text = (name: DislocationField) => field(name, cellText)
  const identifier = (name: DislocationField) => field(name, cellIdentifier)
  const amount = (name: DislocationField) => field(name, cellAmount)
  const station = (name: DislocationField) => field(name, cellStation)
  const road = (name: DislocationField) => field(name, cellRoad)
  const instant = (name: DislocationField) => field(name, (cell) => mapped(cellMoment(cell, zone), (m) => m.instant))

  return {
    containerCell: cellOf(columns, 'container'),
    operation: text('operation'),
    operationMnemonic: text('operationMnemonic'),
    operationStation: station('operationStation'),
    operationRoad: road('operationRoad'),
    operated: requiredMoment(options),
    operatedText: operatedText(options),
    waybill: field('waybill', cellWaybill),
    containerType: text('containerType'),
    tripStartedAt: pastInstant(options, 'tripStartedAt'),
    tripEndedAt: pastInstant(options, 'tripEndedAt'),
    originCountry: text('originCountry'),
    originStation: station('originStation'),
    originRoad: road('originRoad'),
    destinationCountry: text('destinationCountry'),
    destinationStation: station('destinationStation'),
    destinationRoad: road('destinationRoad'),
    consignorTgnl: identifier('consignorTgnl'),
    consignorShort: text('consignorShort'),
    consignorOkpo: identifier('consignorOkpo'),
    consignor: text('consignor'),
    consigneeTgnl: identifier('consigneeTgnl'),
    consigneeShort: text('consigneeShort'),
    consigneeOkpo: identifier('consigneeOkpo'),
    consignee: text('consignee'),
    cargo: text('cargo'),
    cargoCode: identifier('cargoCode'),
    weightKg: amount('weightKg'),
    condition: text('condition'),
    trainIndex: text('trainIndex'),
    trainNumber: field('trainNumber', cellTrainNumber),
    wagon: field('wagon', cellWagon),
    seals: amount('seals'),
    countryReceived: text('countryReceived'),
    countryHanded: text('countryHanded'),
    roadReceived: text('roadReceived'),
    roadHanded: text('roadHanded'),
    deliveryDueAt: instant('deliveryDueAt'),
    kmTotal: amount('kmTotal'),
    kmDone: amount('kmDone'),
    kmLeft: amount('kmLeft'),
    idleMinutes: field('idleMinutes', cellIdleMinutes),
    idleDays: field('idleDays', cellIdleDays),
    shipmentId: identifier('shipmentId'),
    waybillId: identifier('waybillId'),
    loaded: field('loaded', cellYesNo),
  }
}

/** A trip that began or ended later than its report came would be ahead of all others of its container for ever. */
function pastInstant(options: DislocationReaderOptions, name: 'tripStartedAt' | 'tripEndedAt'): ReadField<Date> {
  const { columns, zone, times, warnings } = options
  const at = cellOf(columns, name)
  const read = fieldReader(options, name, (cell) => mapped(cellMoment(cell, zone), (moment) => moment.instant))
  return (row, cells) => {
    const instant = read(row, cells)
    if (instant === undefined || instant <= times.latest) return instant
    warnings.add({ row, field: name, cell: cellText(at(cells)), problem: 'time_in_future' })
    return undefined
  }
}

function operatedText({ columns }: DislocationReaderOptions): (cells: readonly Cell[]) => string | undefined {
  const at = cellOf(columns, 'operatedAt')
  return (cells) => cellText(at(cells))
}

/** The operation time is required, so that its absence is a warning too. */
function requiredMoment({ columns, zone, warnings }: DislocationReaderOptions): ReadField<Moment> {
  const at = cellOf(columns, 'operatedAt')
  const recall = withMemory((cell) => cellMoment(cell, zone))
  return (row, cells) => {
    const cell = at(cells)
    const moment = recall(cell)
    if (typeof moment === 'object') return moment
    const problem: RowProblem = moment === unreadable ? 'time_unreadable' : 'time_missing'
    warnings.add({ row, field: 'operatedAt', cell: cellText(cell), problem })
    return undefined
  }
}

function cellIdleDays(cell: Cell): Reading<number> {
  return mapped(cellDecimal(cell), (days) => (days < 0 ? unreadable : Math.round(days * 1440)))
}

function cellTrainNumber(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => (/^0+$/.test(text) ? undefined : text))
}
