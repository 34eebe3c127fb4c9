import {
  type ColumnKind,
  type DislocationRow,
  fieldOfReport,
  type Road,
  type Station,
  valueFields,
} from '@atermtrack/domain'
import { copyLine } from '../../platform/copy-text.ts'
import { columnOf } from '../position-fields.ts'

type Value = string | number | boolean | Date | undefined
type Column = readonly [name: string, type: string, read: (row: DislocationRow) => Value]

/** The type of the column of `position` for values of each kind; stations and roads have tables of their own. */
const sqlTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  identifier: 'text',
  waybill: 'text',
  wagon: 'text',
  trainNumber: 'text',
  inn: 'text',
  year: 'integer',
  amount: 'integer',
  kilograms: 'double precision',
  idleMinutes: 'integer',
  idleDays: 'integer',
  yesNo: 'boolean',
  instant: 'timestamptz',
  pastInstant: 'timestamptz',
  station: 'text',
  road: 'text',
}

// The one list of what an import carries: it makes the staging table, the COPY statement and the lines that go into it.
const columns: readonly Column[] = [
  ['row_number', 'integer', (row) => row.rowNumber],
  ['container', 'text', (row) => row.container],
  ['operated_at', 'timestamptz', (row) => row.operatedAt],
  ['operated_wall', 'timestamp', (row) => row.operatedWall],
  ['operation', 'text', (row) => row.operation],
  ['operation_mnemonic', 'text', (row) => row.operationMnemonic],
  ...stationColumns(
    'station',
    (row) => row.operationStation,
    (row) => row.operationRoad,
  ),
  ...stationColumns(
    'origin_station',
    (row) => row.originStation,
    (row) => row.originRoad,
  ),
  ...stationColumns(
    'destination_station',
    (row) => row.destinationStation,
    (row) => row.destinationRoad,
  ),
  ...valueFields.map((field): Column => [columnOf(field), sqlTypes[fieldOfReport(field).reads], (row) => row[field]]),
]

function stationColumns(
  prefix: string,
  station: (row: DislocationRow) => Station | undefined,
  road: (row: DislocationRow) => Road | undefined,
): readonly Column[] {
  return [
    [`${prefix}_key`, 'text', (row) => stationKey(station(row))],
    [`${prefix}_name`, 'text', (row) => station(row)?.name],
    [`${prefix}_code`, 'text', (row) => station(row)?.code],
    [`${prefix}_road_name`, 'text', (row) => road(row)?.name],
    [`${prefix}_road_code`, 'text', (row) => road(row)?.code],
  ]
}

/** A station is known by its code; by its name only while no code was seen. */
function stationKey(station: Station | undefined): string | undefined {
  return station && (station.code ?? `name:${station.name.toUpperCase()}`)
}

/** The fields of a line, in their order. */
export const stagedNames: readonly string[] = columns.map(([name]) => name)

export const stagedColumns = stagedNames.join(', ')

export const stagedDefinitions = columns.map(([name, type]) => `${name} ${type}`).join(', ')

export const createStagingTable = `create temporary table dislocation_row (${stagedDefinitions}) on commit drop`

export const copyIntoStagingTable = `copy dislocation_row (${stagedColumns}) from stdin`

const readers = columns.map(([, , read]) => read)

/** One row as a line for `copyIntoStagingTable`. */
export function encodeDislocationRow(row: DislocationRow): string {
  return copyLine(readers.map((read) => read(row)))
}
