/** The columns that the table of a report can have, in their usual order: what a person looks for first stands first. */
export const reportColumns = [
  'container',
  'order',
  'ownNote',
  'client',
  'status',
  'station',
  'daysStill',
  'destination',
  'kmLeft',
  'forecastDate',
  'arrivedAt',
  'normDate',
  'daysLate',
  'terminalTrain',
  'operation',
  'operatedAt',
  'road',
  'idleHours',
  'origin',
  'forecastDays',
  'train',
  'trainIndex',
  'wagon',
  'waybill',
  'containerType',
  'loaded',
  'weight',
  'cargo',
  'note',
  'asOf',
] as const
export type ReportColumn = (typeof reportColumns)[number]

/** Those that people get who have chosen none. */
export const usualColumns: readonly ReportColumn[] = reportColumns.filter((column) => column !== 'asOf')

/** Columns that a page of A4 has room for; they print where a person has chosen no columns. */
export const printedColumns: ReadonlySet<ReportColumn> = new Set<ReportColumn>(
  reportColumns.slice(0, reportColumns.indexOf('terminalTrain')),
)

/**
 * The columns of somebody's choice in their order, or the usual ones. The container always comes first; names that are not known (any
 * more) and repetitions are left out.
 */
export function columnsOf(chosen: readonly string[] | null | undefined): readonly ReportColumn[] {
  const known = new Set<string>(reportColumns)
  const valid = (chosen ?? []).filter((name): name is ReportColumn => known.has(name))
  return valid.length === 0 ? usualColumns : [...new Set<ReportColumn>(['container', ...valid])]
}
