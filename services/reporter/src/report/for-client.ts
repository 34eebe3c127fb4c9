import type { ContainerLinks } from '@atermtrack/data'
import type { ReportColumn } from '@atermtrack/domain'
import { newest, type ReportData, type RowStatus, type VisitRow } from './report-data.ts'

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
export function forClient(data: ReportData, links: ReadonlyMap<string, ContainerLinks>): ReportData {
  const visits = data.missing.flatMap((container) => links.get(container) ?? [])
  const said = visits.flatMap(({ stay, departure }) => (stay ?? departure)?.asOf ?? [])
  return {
    ...data,
    asOf: data.rows.length === 0 ? (newest(said) ?? data.asOf) : data.asOf,
    visits: visits.flatMap(visitRow),
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

function visitRow({ container, stay, departure }: ContainerLinks): readonly VisitRow[] {
  const visit = stay ?? departure
  if (!visit) return []
  const state = stay ? 'on_site' : departure?.by?.kind === 'truck' ? 'trucked' : 'left'
  return [{ container, state, terminal: visit.terminal, direction: visit.direction }]
}
