import type { ReportColumn } from '@atermtrack/domain'
import type { ReportData, RowStatus } from './report-data.ts'

/** The columns that a client needs: no wagon, train, waybill, norm, idle time, other client or remark. */
export const clientColumns: readonly ReportColumn[] = [
  'container',
  'status',
  'station',
  'road',
  'origin',
  'destination',
  'kmLeft',
  'forecastDate',
  'arrivedAt',
]

/** A state as somebody outside reads it: that a report omits a container says nothing about the container. */
const clientStatuses: Readonly<Record<Exclude<RowStatus, 'other_trip'>, RowStatus>> = {
  at_origin: 'at_origin',
  en_route: 'en_route',
  standing: 'en_route',
  missing: 'en_route',
  dropped: 'en_route',
  abandoned: 'standing',
  at_destination: 'at_destination',
  unloaded: 'unloaded',
}

/**
 * The data of a workbook that is passed on to somebody outside. Containers on another trip than that of the train belong to others, and
 * unknown numbers are our own affair.
 */
export function forClient(data: ReportData): ReportData {
  return {
    ...data,
    unseen: [],
    missing: [],
    items: new Map(),
    rows: data.rows.flatMap((row) =>
      row.status === 'other_trip'
        ? []
        : [
            {
              ...row,
              status: clientStatuses[row.status],
              shown: row.shown === 'issued' ? row.shown : clientStatuses[row.status],
              attention: [],
              client: undefined,
              terminalTrain: undefined,
              item: undefined,
              mark: undefined,
            },
          ],
    ),
  }
}
