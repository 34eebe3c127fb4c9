import type { Cell } from './cell.ts'
import {
  cellDecimal,
  cellIdentifier,
  cellInteger,
  cellText,
  cellWallTime,
  unreadable,
  type Reading,
} from './cell-values.ts'
import type { Road, Station } from '../values/station.ts'
import type { RowWarnings } from './row-warnings.ts'
import { parseRoad, parseStation } from '../values/station.ts'
import { parseWagonNumber } from '../values/wagon-number.ts'
import type { WallTime } from '../values/wall-time.ts'
import { parseWaybill } from '../values/waybill.ts'
import { toInstant } from '../values/zone.ts'

/** A moment as the source printed it and as an instant. */
export interface Moment {
  readonly wall: WallTime
  readonly instant: Date
}

export interface ReaderOptions<Field> {
  /** Zero-based place of each field in the cells of a row. */
  readonly columns: ReadonlyMap<Field, number>
  readonly warnings: RowWarnings<Field>
}

export type ReadCell<T> = (cell: Cell) => Reading<T>
export type ReadField<T> = (rowNumber: number, cells: readonly Cell[]) => T | undefined

/** Texts cached per column; a column with more distinct texts gains nothing from a cache. */
const remembered = 5_000

/** The cell of a field, blank where the column is absent. */
export function cellOf<Field>(columns: ReadonlyMap<Field, number>, field: Field): (cells: readonly Cell[]) => Cell {
  const index = columns.get(field)
  return index === undefined ? () => undefined : (cells) => cells[index]
}

/** Reads one field; an unreadable cell is a warning and reads as undefined, and so does a column that is absent. */
export function fieldReader<Field, T>(
  { columns, warnings }: ReaderOptions<Field>,
  field: Field,
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

/** Stations, roads, dates and names repeat, most often from row to row: parse each text once. */
export function withMemory<T>(read: ReadCell<T>): ReadCell<T> {
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

/** Carries a blank or unreadable cell through. */
export function mapped<A, B>(reading: Reading<A>, map: (value: A) => Reading<B>): Reading<B> {
  if (reading === undefined) return undefined
  return reading === unreadable ? unreadable : map(reading)
}

/**
 * The reader of a column whose numbers are in another unit, each of which is `scale` of the usual ones. They are converted before
 * they are rounded: 12.5 tonnes are 12,500 kilograms.
 */
export function scaledReader<T>(read: ReadCell<T>, scale: number): ReadCell<T> {
  if (scale === 1) return read
  // A product of fractions has digits of its own behind the fifteenth.
  return (cell) => mapped(cellDecimal(cell), (value) => read(Number((value * scale).toPrecision(15))))
}

/** The cell's wall time and its instant in the zone. */
export function cellMoment(cell: Cell, zone: string): Reading<Moment> {
  return mapped(cellWallTime(cell), (wall) => ({ wall, instant: toInstant(wall, zone) }))
}

export function cellStation(cell: Cell): Reading<Station> {
  return mapped(cellText(cell), parseStation)
}

export function cellRoad(cell: Cell): Reading<Road> {
  return mapped(cellText(cell), parseRoad)
}

/** Kilometres, kilograms and seals are whole and not negative. */
export function cellAmount(cell: Cell): Reading<number> {
  return mapped(cellInteger(cell), (value) => (value < 0 ? unreadable : value))
}

/** Foreign waybills follow other patterns and stay as they are. */
export function cellWaybill(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => parseWaybill(text) ?? text)
}

/** A wagon number; zeros are none. */
export function cellWagon(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) =>
    /^0+$/.test(text) ? undefined : (parseWagonNumber(text) ?? unreadable),
  )
}
