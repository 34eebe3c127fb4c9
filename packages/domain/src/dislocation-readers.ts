import type { Cell } from './cell.ts'
import {
  cellDecimal,
  cellIdentifier,
  cellIdleMinutes,
  cellInteger,
  cellText,
  cellWallTime,
  cellYesNo,
  unreadable,
  type Reading,
} from './cell-values.ts'
import type { DislocationColumns, DislocationField } from './dislocation-columns.ts'
import type { Road, Station } from './dislocation.ts'
import type { RowProblem, RowWarnings } from './row-warnings.ts'
import { parseRoad, parseStation } from './station.ts'
import { parseWagonNumber } from './wagon-number.ts'
import type { WallTime } from './wall-time.ts'
import { parseWaybill } from './waybill.ts'
import { toInstant } from './zone.ts'

export type DislocationReaders = ReturnType<typeof createDislocationReaders>

/** A moment as the source printed it and as an instant. */
interface Moment {
  readonly wall: WallTime
  readonly instant: Date
}

interface ReaderOptions {
  readonly columns: DislocationColumns
  readonly zone: string
  readonly warnings: RowWarnings
}

type ReadCell<T> = (cell: Cell) => Reading<T>
type ReadField<T> = (rowNumber: number, cells: readonly Cell[]) => T | undefined

/** Texts remembered per column; the columns with more different ones gain nothing from a memory. */
const remembered = 5_000

/** One reader per field; an unreadable cell is a warning and reads as undefined, and so does a column that is absent. */
export function createDislocationReaders(options: ReaderOptions) {
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
    waybill: field('waybill', cellWaybill),
    containerType: text('containerType'),
    tripStartedAt: instant('tripStartedAt'),
    tripEndedAt: instant('tripEndedAt'),
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

function cellOf(columns: DislocationColumns, name: DislocationField): (cells: readonly Cell[]) => Cell {
  const index = columns.get(name)
  return index === undefined ? () => undefined : (cells) => cells[index]
}

function fieldReader<T>(
  { columns, warnings }: ReaderOptions,
  field: DislocationField,
  read: ReadCell<T>,
): ReadField<T> {
  const index = columns.get(field)
  if (index === undefined) return () => undefined
  const recall = withMemory(read)
  return (row, cells) => {
    const cell = cells[index]
    if (cell === undefined) return undefined
    const value = recall(cell)
    if (value !== unreadable) return value
    warnings.add({ row, field, cell: cellText(cell), problem: 'value_unreadable' })
    return undefined
  }
}

/** The operation time is required, so that its absence is a warning too. */
function requiredMoment({ columns, zone, warnings }: ReaderOptions): ReadField<Moment> {
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

/** Stations, roads, dates and names repeat, most often from row to row: parse each text once. */
function withMemory<T>(read: ReadCell<T>): ReadCell<T> {
  const known = new Map<Cell, Reading<T>>()
  let lastCell: Cell
  let lastValue: Reading<T>
  return (cell) => {
    if (cell === lastCell) return lastValue
    lastCell = cell
    lastValue = known.get(cell)
    if (lastValue === undefined) {
      lastValue = read(cell)
      if (known.size < remembered) known.set(cell, lastValue)
    }
    return lastValue
  }
}

function mapped<A, B>(reading: Reading<A>, map: (value: A) => Reading<B>): Reading<B> {
  if (reading === undefined) return undefined
  return reading === unreadable ? unreadable : map(reading)
}

function cellMoment(cell: Cell, zone: string): Reading<Moment> {
  return mapped(cellWallTime(cell), (wall) => ({ wall, instant: toInstant(wall, zone) }))
}

function cellStation(cell: Cell): Reading<Station> {
  return mapped(cellText(cell), parseStation)
}

function cellRoad(cell: Cell): Reading<Road> {
  return mapped(cellText(cell), parseRoad)
}

/** Kilometres, kilograms and seals are whole and not negative. */
function cellAmount(cell: Cell): Reading<number> {
  return mapped(cellInteger(cell), (value) => (value < 0 ? unreadable : value))
}

function cellIdleDays(cell: Cell): Reading<number> {
  return mapped(cellDecimal(cell), (days) => (days < 0 ? unreadable : Math.round(days * 1440)))
}

/** Foreign waybills follow other patterns and stay as they are. */
function cellWaybill(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => parseWaybill(text) ?? text)
}

function cellTrainNumber(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => (/^0+$/.test(text) ? undefined : text))
}

function cellWagon(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) =>
    /^0+$/.test(text) ? undefined : (parseWagonNumber(text) ?? unreadable),
  )
}
