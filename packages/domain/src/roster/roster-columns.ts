import type { Cell } from '../cells/cell.ts'
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
}

const columnL = 11
const leastLabels = 3
/** A dislocation or a terminal report of an unknown layout must not pass for a roster. */
const foreign = /операци|дислокаци|^терминал$|^сток$|^прибыл$|^принят$/

/** Rosters are typed by hand: a pattern over the heading, and the name of the column in messages. */
const headings: Readonly<Record<RosterField, readonly [RegExp, string]>> = {
  container: [/^(?:(?:номер|№) ?контейнера|контейнер(?: ?№)?|container\b.*)$/, 'Контейнер'],
  type: [/^(?:тип(?: контейнера|оразмер)?|type)$/, 'Тип'],
  weightKg: [/^(?:вес|масса|брутто)(?: груза| брутто)?(?:,? ?\(?кг\)?)?$|^(?:gross )?weight\b.*$/, 'Вес'],
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
  const header = readHeaderColumns(cells, fieldOf)
  return { headerRow: index + 1, ...header, columns: withClient(header.columns) }
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
