import type { Road, Station } from '../values/station.ts'
import { parseInn } from '../values/inn.ts'
import type { Cell } from './cell.ts'
import {
  cellDecimal,
  cellIdentifier,
  cellIdleMinutes,
  cellInteger,
  cellText,
  cellYesNo,
  type Reading,
  unreadable,
} from './cell-values.ts'
import {
  cellAmount,
  cellMoment,
  cellRoad,
  cellStation,
  cellWagon,
  cellWaybill,
  mapped,
  type ReadCell,
} from './field-readers.ts'

/** The types of value that a column can hold. */
export interface ColumnValues {
  readonly text: string
  /** A text that a spreadsheet may have turned into a number. */
  readonly identifier: string
  readonly waybill: string
  readonly wagon: string
  /** `0` is none. */
  readonly trainNumber: string
  /** 10 or 12 digits, with the zero that a spreadsheet removed. */
  readonly inn: string
  readonly year: number
  /** Whole and not negative. */
  readonly amount: number
  readonly kilograms: number
  readonly idleMinutes: number
  /** Days in the cell, minutes as the value. */
  readonly idleDays: number
  readonly yesNo: boolean
  readonly instant: Date
  /** Refused with a warning when it lies after the receipt of the report. */
  readonly pastInstant: Date
  readonly station: Station
  readonly road: Road
}

export type ColumnKind = keyof ColumnValues

/** The reader for cells of each kind; `zone` is the zone of the source's wall times. */
export function cellReaders(zone: string): { readonly [Kind in ColumnKind]: ReadCell<ColumnValues[Kind]> } {
  const instant: ReadCell<Date> = (cell) => mapped(cellMoment(cell, zone), (moment) => moment.instant)
  return {
    text: cellText,
    identifier: cellIdentifier,
    waybill: cellWaybill,
    wagon: cellWagon,
    trainNumber: cellTrainNumber,
    inn: cellInn,
    year: cellYear,
    amount: cellAmount,
    kilograms: cellAmount,
    idleMinutes: cellIdleMinutes,
    idleDays: cellIdleDays,
    yesNo: cellYesNo,
    instant,
    pastInstant: instant,
    station: cellStation,
    road: cellRoad,
  }
}

function cellTrainNumber(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => (/^0+$/.test(text) ? undefined : text))
}

function cellIdleDays(cell: Cell): Reading<number> {
  return mapped(cellDecimal(cell), (days) => (days < 0 ? unreadable : Math.round(days * 1440)))
}

/** A spreadsheet removes the leading zero: nine and eleven digits are ten and twelve. */
function cellInn(cell: Cell): Reading<string> {
  return mapped(cellIdentifier(cell), (text) => parseInn(text) ?? text)
}

function cellYear(cell: Cell): Reading<number> {
  return mapped(cellInteger(cell), (year) => (year >= 1900 && year < 2200 ? year : unreadable))
}
