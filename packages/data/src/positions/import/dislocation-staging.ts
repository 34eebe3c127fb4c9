import type { DislocationRow, Road, Station } from '@atermtrack/domain'
import { copyLine } from '../../platform/copy-text.ts'

type Value = string | number | boolean | Date | undefined
type Column = readonly [name: string, type: string, read: (row: DislocationRow) => Value]

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
  ['waybill', 'text', (row) => row.waybill],
  ['container_type', 'text', (row) => row.containerType],
  ['trip_started_at', 'timestamptz', (row) => row.tripStartedAt],
  ['trip_ended_at', 'timestamptz', (row) => row.tripEndedAt],
  ['origin_country', 'text', (row) => row.originCountry],
  ['destination_country', 'text', (row) => row.destinationCountry],
  ['consignor_tgnl', 'text', (row) => row.consignorTgnl],
  ['consignor_short', 'text', (row) => row.consignorShort],
  ['consignor_okpo', 'text', (row) => row.consignorOkpo],
  ['consignor', 'text', (row) => row.consignor],
  ['consignee_tgnl', 'text', (row) => row.consigneeTgnl],
  ['consignee_short', 'text', (row) => row.consigneeShort],
  ['consignee_okpo', 'text', (row) => row.consigneeOkpo],
  ['consignee', 'text', (row) => row.consignee],
  ['cargo', 'text', (row) => row.cargo],
  ['cargo_code', 'text', (row) => row.cargoCode],
  ['weight_kg', 'double precision', (row) => row.weightKg],
  ['condition', 'text', (row) => row.condition],
  ['train_index', 'text', (row) => row.trainIndex],
  ['train_number', 'text', (row) => row.trainNumber],
  ['wagon', 'text', (row) => row.wagon],
  ['seals', 'integer', (row) => row.seals],
  ['country_received', 'text', (row) => row.countryReceived],
  ['country_handed', 'text', (row) => row.countryHanded],
  ['road_received', 'text', (row) => row.roadReceived],
  ['road_handed', 'text', (row) => row.roadHanded],
  ['delivery_due_at', 'timestamptz', (row) => row.deliveryDueAt],
  ['km_total', 'integer', (row) => row.kmTotal],
  ['km_done', 'integer', (row) => row.kmDone],
  ['km_left', 'integer', (row) => row.kmLeft],
  ['idle_minutes', 'integer', (row) => row.idleMinutes],
  ['shipment_id', 'text', (row) => row.shipmentId],
  ['waybill_id', 'text', (row) => row.waybillId],
  ['loaded', 'boolean', (row) => row.loaded],
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
