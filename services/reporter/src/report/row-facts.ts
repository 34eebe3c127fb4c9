import { formatWall, forecastIn, standingMinutes, toWall, type WallTime, zoneLabel } from '@atermtrack/domain'
import type { ReportTexts } from '@atermtrack/messages'
import type { ReportRow } from './report-data.ts'

/** Hours for which a container has stood, with one decimal; undefined for a container that does not stand. */
export function idleHours({ idleness }: Pick<ReportRow, 'idleness'>): number | undefined {
  const minutes = standingMinutes(idleness)
  return minutes === undefined ? undefined : Math.round(minutes / 6) / 10
}

/** Midnight of the expected day: a date cell that held a time too would be an entry of the filter for each minute. */
export function forecastDay({ arrival }: Pick<ReportRow, 'arrival'>, zone: string): string | undefined {
  const forecast = forecastIn(arrival)
  return forecast && dayOf(forecast.arrivesAt, zone)
}

/** Midnight of the day of a moment, as the wall time of a date cell. */
export function dayOf(moment: Date, zone: string): string {
  return `${toWall(moment, zone).slice(0, 10)}T00:00:00`
}

/** Days since the last operation at the stamp of the source, with one decimal; undefined once the trip is over. */
export function daysStill({ isOver, operationMinutes, status }: ReportRow): number | undefined {
  const isCounted = !isOver && status !== 'missing' && status !== 'dropped' && status !== 'other_trip'
  return isCounted ? Math.round(operationMinutes / 144) / 10 : undefined
}

/** The first operation at the destination station. */
export function arrivedWall({ arrival }: Pick<ReportRow, 'arrival'>, zone: string): WallTime | undefined {
  return arrival.kind === 'arrived' && arrival.at ? toWall(arrival.at, zone) : undefined
}

/** Midnight of the day of the delivery norm. */
export function normDay(
  { position: { deliveryDueAt } }: Pick<ReportRow, 'position'>,
  zone: string,
): string | undefined {
  return deliveryDueAt ? dayOf(deliveryDueAt, zone) : undefined
}

/** The remark beside the status: since when a container is gone, or that a forecast is only the earliest day. */
export function noteOf({ status, arrival, position }: ReportRow, zone: string, texts: ReportTexts): string | undefined {
  if (status === 'missing' || status === 'dropped') {
    const { asOf, missingSince, sourceStamp } = position
    const [report, last] = [sourceStamp ?? missingSince ?? asOf, asOf].map((at) => formatWall(toWall(at, zone)))
    return texts.absent(report ?? '', last ?? '', zoneLabel(zone, asOf))
  }
  return arrival.kind === 'not_before' ? texts.notBefore : undefined
}
