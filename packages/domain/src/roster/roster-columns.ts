import type { Cell } from '../cells/cell.ts'
import { findNumberColumn } from '../cells/find-number-column.ts'
import { areNoKilograms, headingScale } from '../cells/heading-units.ts'
import { headerSearchRows } from '../cells/header.ts'
import { cellText } from '../cells/cell-values.ts'
import { normaliseLabel } from '../cells/header.ts'
import { readHeaderColumns, type HeaderColumns } from '../cells/header-columns.ts'

export type RosterField = 'container' | 'type' | 'weightKg' | 'wagon' | 'waybill' | 'destination' | 'client'

/** Zero-based place of each field in the cells of a row. */
export type RosterColumns = ReadonlyMap<RosterField, number>

export interface RosterHeader extends HeaderColumns<RosterField> {
  /** 1-based among the rows searched. */
  readonly headerRow: number
  /** How many kilograms one in the column of weights stands for. */
  readonly weightScale: number
}

const columnL = 11
const leastLabels = 3
/** Rows among which the numbers of a sheet without headings begin. */
const bareSearchRows = 50
/** A dislocation or a terminal report of an unknown layout must not pass for a roster. */
const foreign = /операци|дислокаци|^терминал$|^сток$|^прибыл$|^принят$/

/** Rosters are typed by hand: a pattern over the heading, and the name of the column in messages. */
const headings: Readonly<Record<RosterField, readonly [RegExp, string]>> = {
  container: [/^(?:(?:номер|№) ?контейнера|контейнер(?: ?№)?|container\b.*)$/, 'Контейнер'],
  type: [/^(?:тип(?: контейнера|оразмер)?|type)$/, 'Тип'],
  weightKg: [
    /^(?:вес|масса|брутто)(?: груза| брутто| нетто)?(?:,? ?(?:в )?\(?(?:кг|т|тн|тонн(?:ы|ах)?)\)?)?$|^(?:gross )?weight\b.*$/,
    'Вес',
  ],
  wagon: [/^(?:номер|№)? ?вагона?(?: ?№)?$|^wagon\b.*$/, 'Вагон'],
  waybill: [/^(?:номер|№)? ?(?:жд )?накладн(?:ая|ой)(?: ?№)?$|^waybill\b.*$/, 'Накладная'],
  destination: [/^(?:станция|ст)?\.? ?(?:назначения|назначение|назн)$|^destination\b.*$/, 'Станция назначения'],
  client: [/^клиент|^client\b/, 'Клиент'],
}
const fields = Object.keys(headings) as RosterField[]

/** The name of a column in messages. */
export function rosterHeading(field: RosterField): string {
  return headings[field][1]
}

/**
 * Finds the header of a train roster among the first 15 rows by its headings. The client stands in the column that says
 * so, else in column L, unless that holds another known field. Undefined when the sheet is not a roster.
 */
export function findRosterHeader(rows: readonly (readonly Cell[])[]): RosterHeader | undefined {
  const index = rows.slice(0, headerSearchRows).findIndex(isRosterHeader)
  const cells = rows[index]
  if (!cells) return undefined
  const header = withoutOtherWeights(readHeaderColumns(cells, fieldOf), cells, rows.slice(index + 1))
  return { headerRow: index + 1, ...header, columns: withClient(header.columns), weightScale: scaleOf(header, cells) }
}

function scaleOf({ columns }: HeaderColumns<RosterField>, cells: readonly Cell[]): number {
  const place = columns.get('weightKg')
  return (place === undefined ? undefined : headingScale(cellText(cells[place]) ?? '', 'kilograms')) ?? 1
}

/**
 * The header of a sheet that somebody calls a roster, though its headings do not show it: the container stands in the column of
 * numbers, and whatever else the row above it names counts too. Undefined when there is no such column.
 */
export function findBareRosterHeader(rows: readonly (readonly Cell[])[]): RosterHeader | undefined {
  const numbered = rows.map((cells, index) => ({ rowNumber: index + 1, cells }))
  const found = findNumberColumn(numbered.slice(0, bareSearchRows))
  if (!found) return undefined
  const { column, headerRow = 0 } = found
  const cells = rows[headerRow - 1] ?? []
  const read = withoutOtherWeights(readHeaderColumns(cells, fieldOf), cells, rows.slice(headerRow))
  const others = [...read.columns].filter(([field, place]) => field !== 'container' && place !== column)
  return { ...read, headerRow, columns: new Map([['container', column], ...others]), weightScale: scaleOf(read, cells) }
}

/** A column of weights whose heading names no unit, and whose values are plainly tonnes, is not read. */
function withoutOtherWeights(
  header: HeaderColumns<RosterField>,
  headings: readonly Cell[],
  rows: readonly (readonly Cell[])[],
): HeaderColumns<RosterField> {
  const place = header.columns.get('weightKg')
  if (place === undefined) return header
  const label = cellText(headings[place]) ?? ''
  const values = rows.map((cells) => cells[place])
  if (!areNoKilograms(label, values)) return header
  const columns = new Map([...header.columns].filter(([field]) => field !== 'weightKg'))
  return { ...header, columns, unknown: [...header.unknown, label] }
}

function isRosterHeader(cells: readonly Cell[]): boolean {
  const labels = cells.map((cell) => normaliseLabel(cellText(cell) ?? '')).filter((label) => label !== '')
  if (labels.length < leastLabels || labels.some((label) => foreign.test(label))) return false
  return labels.some((label) => fieldOf(label) === 'container')
}

function fieldOf(label: string): RosterField | undefined {
  return fields.find((field) => headings[field][0].test(label))
}

function withClient(columns: RosterColumns): RosterColumns {
  if (columns.has('client') || [...columns.values()].includes(columnL)) return columns
  return new Map([...columns, ['client', columnL]])
}
