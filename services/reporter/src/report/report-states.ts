import { arrivalMoment, type ReportState } from '@atermtrack/domain'
import type { TableRow } from './report-data.ts'

/** The statements of a report about its containers, for the comparison with the next one. */
export function toStates(rows: readonly TableRow[]): readonly ReportState[] {
  return rows.flatMap(({ position, status, arrival }) =>
    status === 'other_trip'
      ? []
      : [
          {
            container: position.container,
            status,
            station: position.station.name,
            destination: position.destination?.name,
            kmLeft: position.kmLeft ?? undefined,
            wagon: position.wagon ?? undefined,
            trainNumber: position.trainNumber ?? undefined,
            trainIndex: position.trainIndex ?? undefined,
            arrivesAt: arrivalMoment(arrival),
            tripStartedAt: position.tripStartedAt,
            waybill: position.waybill,
          },
        ],
  )
}
