import { type RawBuilder, sql } from 'kysely'
import type { RowOf } from '../platform/statements/typed-rows.ts'
import { paceOfPosition } from '../forecast/pace-sql.ts'
import { isAccepted } from '../workbooks/accepted.ts'
import { factsOf, type PositionFacts } from './position-facts.ts'
import type { PositionView, StationView } from './positions.ts'

type FoundField =
  | 'container'
  | 'asOf'
  | 'confirmedAt'
  | 'zone'
  | 'operatedAt'
  | 'operation'
  | 'station'
  | 'origin'
  | 'destination'
  | 'arrivedAt'
  | 'deliveryDueAt'
  | 'isAbandoned'
  | 'missingSince'
  | 'sourceStamp'
  | 'sourceHeardAt'
  | 'tripEndedAt'
  | 'trainIndex'
  | 'trainNumber'
  | 'kmTotal'
  | 'kmLeft'
  | 'idleMinutes'
  | 'pace'

/** The fields of a container in a list. */
export type FoundPosition = Pick<PositionView, FoundField> & { readonly facts: PositionFacts }

/** Whatever many of the rows have in common, by id: thousands of rows name a few hundred stations and a few reports. */
interface Directories {
  /** How many rows there are; one more than is looked at when there are more. */
  readonly candidates: number
  /** Name and code. */
  readonly stations: Readonly<Record<string, readonly [string, string | null]>>
  readonly operations: Readonly<Record<string, string>>
  readonly reports: Readonly<Record<string, ReportJson>>
}

interface ReportJson {
  readonly asOf: string
  readonly confirmedAt: string | null
  readonly zone: string | null
  readonly missingSince: string | null
  readonly sourceStamp: string | null
  readonly sourceHeardAt: string | null
}

/** The rows of a search; of its one row without a container only the directories count. */
export const foundColumns = {
  // Once, and not with each of the rows.
  directories: sql<Directories | null>`case when position.place is null or position.place = 1 then once.directories end`,
  container: sql<string>`position.container`,
  reportId: sql<number>`position.report_id`,
  operatedAt: sql<Date>`position.operated_at`,
  operationId: sql<number>`position.operation_id`,
  stationId: sql<number>`position.station_id`,
  originId: sql<number | null>`position.origin_station_id`,
  destinationId: sql<number | null>`position.destination_station_id`,
  arrivedAt: sql<Date | null>`position.arrived_at`,
  deliveryDueAt: sql<Date | null>`position.delivery_due_at`,
  isAbandoned: sql<boolean>`coalesce(position.is_abandoned, false)`,
  tripEndedAt: sql<Date | null>`position.trip_ended_at`,
  trainIndex: sql<string | null>`position.train_index`,
  trainNumber: sql<string | null>`position.train_number`,
  kmTotal: sql<number | null>`position.km_total`,
  kmLeft: sql<number | null>`position.km_left`,
  idleMinutes: sql<number | null>`position.idle_minutes`,
  pace: paceOfPosition,
}

const stationsOfFound = sql`(
  select jsonb_object_agg(id, jsonb_build_array(name, code)) from station where id in (
    select station_id from found union select origin_station_id from found union select destination_station_id from found))`

const reportsOfFound = sql`(
  select jsonb_object_agg(report.id, jsonb_build_object('asOf', report.stamp, 'confirmedAt', workbook.confirmed_at, 'zone', workbook.zone,
    'sourceStamp', source_state.newest, 'sourceHeardAt', source_state.heard_at, 'missingSince', (
      select min(newer.stamp) from workbook newer
      where newer.source_id = workbook.source_id and ${isAccepted('newer')} and newer.stamp > report.seen_at)))
  from report join workbook on workbook.id = report.workbook_id
  left join source_state on source_state.source_id = workbook.source_id)`

/** The directories of the rows in `found`, with the parts `report` and `source_state` of the same statement. */
export const directoriesOfFound: RawBuilder<Directories> = sql`jsonb_build_object(
  'candidates', (select count(*) from found), 'stations', coalesce(${stationsOfFound}, '{}'), 'reports', coalesce(${reportsOfFound}, '{}'),
  'operations', (select jsonb_object_agg(id, name) from operation where id in (select operation_id from found)))`

/** Reads rows of `foundColumns` and works out the facts of each; the rows share the objects of the directories. */
export function createReader(
  directories: Directories,
  options: { readonly standingAfterMinutes: number },
): (row: RowOf<typeof foundColumns>) => FoundPosition {
  const stations = mapOf(directories.stations, ([name, code]): StationView => ({ name, code }))
  const reports = mapOf(directories.reports, toReport)
  const known = <T>(map: ReadonlyMap<number, T>, id: number): T => {
    const value = map.get(id)
    if (value === undefined) throw new Error(`a row of a search names ${id}, which the directory lacks`)
    return value
  }
  return (row) => {
    const { originId, destinationId } = row
    const position = {
      container: row.container,
      operatedAt: row.operatedAt,
      operation: directories.operations[row.operationId] ?? '',
      station: known(stations, row.stationId),
      origin: originId === null ? undefined : known(stations, originId),
      destination: destinationId === null ? undefined : known(stations, destinationId),
      arrivedAt: row.arrivedAt,
      deliveryDueAt: row.deliveryDueAt,
      isAbandoned: row.isAbandoned,
      tripEndedAt: row.tripEndedAt,
      trainIndex: row.trainIndex,
      trainNumber: row.trainNumber,
      kmTotal: row.kmTotal,
      kmLeft: row.kmLeft,
      idleMinutes: row.idleMinutes,
      pace: row.pace,
      ...known(reports, row.reportId),
    }
    return Object.assign(position, { facts: factsOf(position, options) })
  }
}

function mapOf<Json, Value>(
  json: Readonly<Record<string, Json>>,
  read: (json: Json) => Value,
): ReadonlyMap<number, Value> {
  return new Map(Object.entries(json).map(([id, value]) => [Number(id), read(value)]))
}

function toReport(json: ReportJson) {
  const toDate = (text: string | null) => (text === null ? null : new Date(text))
  return {
    asOf: new Date(json.asOf),
    confirmedAt: toDate(json.confirmedAt),
    zone: json.zone ?? 'Europe/Moscow',
    missingSince: toDate(json.missingSince),
    sourceStamp: toDate(json.sourceStamp),
    sourceHeardAt: toDate(json.sourceHeardAt),
  }
}
