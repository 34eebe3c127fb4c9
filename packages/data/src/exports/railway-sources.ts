import { sql } from 'kysely'
import type { ExportSources } from './export-source.ts'

const station = (alias: string, column: string) =>
  sql`left join station as ${sql.ref(alias)} on ${sql.ref(`${alias}.id`)} = ${sql.ref(column)}`

/** The facts of the railway and of the terminal, all of them: exports are for those who see everything. */
export const railwaySources: ExportSources<'positions' | 'movements' | 'trips' | 'trains' | 'stock' | 'events'> = {
  positions: {
    columns: {
      container: sql`position.container`,
      operatedAt: sql`position.operated_at`,
      operation: sql`operation.name`,
      station: sql`here.name`,
      road: sql`here.road_name`,
      origin: sql`origin.name`,
      destination: sql`destination.name`,
      kmLeft: sql`position.km_left`,
      train: sql`coalesce(position.train_index, position.train_number)`,
      wagon: sql`position.wagon`,
      waybill: sql`position.waybill`,
      consignor: sql`position.consignor`,
      consignee: sql`position.consignee`,
      cargo: sql`position.cargo`,
      startedAt: sql`position.trip_started_at`,
      arrivedAt: sql`position.arrived_at`,
      dueAt: sql`position.delivery_due_at`,
      isAbandoned: sql`coalesce(position.is_abandoned, false)`,
      isLive: sql`position.is_live`,
    },
    from: sql`position join operation on operation.id = position.operation_id
      ${station('here', 'position.station_id')} ${station('origin', 'position.origin_station_id')}
      ${station('destination', 'position.destination_station_id')}`,
    time: sql`position.operated_at`,
    order: sql`position.container`,
  },
  movements: {
    columns: {
      container: sql`movement.container`,
      operatedAt: sql`movement.operated_at`,
      operation: sql`operation.name`,
      station: sql`here.name`,
      road: sql`here.road_name`,
      kmLeft: sql`movement.km_left`,
      train: sql`coalesce(movement.train_index, movement.train_number)`,
      wagon: sql`movement.wagon`,
      waybill: sql`movement.waybill`,
      fileName: sql`workbook.file_name`,
    },
    from: sql`movement join operation on operation.id = movement.operation_id
      left join workbook on workbook.id = movement.workbook_id ${station('here', 'movement.station_id')}`,
    time: sql`movement.operated_at`,
    order: sql`movement.container, movement.operated_at, movement.operation_id, movement.station_id`,
  },
  trips: {
    columns: {
      container: sql`trip.container`,
      status: sql`trip.status`,
      startedAt: sql`trip.started_at`,
      origin: sql`origin.name`,
      destination: sql`destination.name`,
      departedAt: sql`trip.departed_at`,
      arrivedAt: sql`trip.arrived_at`,
      unloadedAt: sql`trip.unloaded_at`,
      dueAt: sql`trip.delivery_due_at`,
      km: sql`trip.km_total`,
      waybill: sql`trip.waybill`,
      consignor: sql`trip.consignor`,
      consignee: sql`trip.consignee`,
    },
    from: sql`trip ${station('origin', 'trip.origin_station_id')} ${station('destination', 'trip.destination_station_id')}`,
    time: sql`coalesce(trip.started_at, trip.first_operated_at)`,
    order: sql`trip.id`,
  },
  trains: {
    columns: {
      train: sql`roster.train_code`,
      sentAt: sql`roster.sent_at`,
      trainDestination: sql`roster.destination`,
      transshipment: sql`train.transshipment_station`,
      container: sql`listed.container`,
      wagon: sql`listed.wagon`,
      waybill: sql`listed.waybill`,
      type: sql`listed.type`,
      weightKg: sql`listed.weight_kg`,
      client: sql`listed.client`,
      destination: sql`listed.destination`,
    },
    from: sql`current_train_roster as roster join train_roster_row as listed on listed.workbook_id = roster.workbook_id
      left join train on train.code = roster.train_code`,
    time: sql`roster.sent_at`,
    order: sql`roster.workbook_id, listed.row_number`,
  },
  stock: {
    columns: {
      container: sql`visit.container`,
      terminal: sql`visit.terminal`,
      arrivedAt: sql`visit.arrived_at`,
      dispatchedAt: sql`visit.dispatched_at`,
      onSite: sql`visit.on_site`,
      direction: sql`visit.direction`,
      stock: sql`visit.stock`,
      size: sql`visit.size`,
      client: sql`visit.client`,
      inn: sql`visit.inn`,
      condition: sql`visit.condition`,
    },
    from: sql`terminal_visit as visit`,
    time: sql`visit.arrived_at`,
    order: sql`visit.container, visit.visit_key`,
  },
  events: {
    columns: {
      happenedAt: sql`event.happened_at`,
      detectedAt: sql`event.detected_at`,
      kind: sql`event.kind`,
      container: sql`event.container`,
      station: sql`here.name`,
      train: sql`coalesce(event.train_index, event.train_number)`,
      fileName: sql`workbook.file_name`,
    },
    from: sql`event left join workbook on workbook.id = event.workbook_id ${station('here', 'event.station_id')}`,
    time: sql`event.happened_at`,
    where: sql`event.withdrawn_at is null`,
    order: sql`event.id`,
  },
}
