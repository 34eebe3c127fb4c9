import { countBy, type Counts } from '../lists/count-by.ts'

/** The facts of one container that the summary of a report counts. */
export interface Summarised<Status extends string> {
  readonly status: Status
  /** The train that people know it by; undefined for none. */
  readonly train: string | undefined
  /** Local day `YYYY-MM-DD` on which it arrived or is expected; undefined where nothing is known. */
  readonly arrivalDay: string | undefined
  readonly hasArrived: boolean
}

export interface DayOfArrivals {
  /** `YYYY-MM-DD` */
  readonly day: string
  readonly arrived: number
  readonly expected: number
}

export interface ReportSummary<Status extends string> {
  readonly byStatus: Counts<Status>
  /** The trains in the order of their codes, with how many containers each has by status. */
  readonly byTrain: readonly { readonly train: string; readonly count: number; readonly byStatus: Counts<Status> }[]
  /** In the order of time. */
  readonly arrivals: readonly DayOfArrivals[]
}

/** Counts the containers of a report by status, by train and by day of arrival. */
export function summaryOf<Status extends string>(rows: readonly Summarised<Status>[]): ReportSummary<Status> {
  const byName = (one: string, other: string) => one.localeCompare(other, 'ru')
  return {
    byStatus: countBy(rows, ({ status }) => status, byName),
    byTrain: [...grouped(rows, ({ train }) => train)]
      .map(([train, members]) => ({
        train,
        count: members.length,
        byStatus: countBy(members, ({ status }) => status, byName),
      }))
      .sort((one, other) => byName(one.train, other.train)),
    arrivals: [...grouped(rows, ({ arrivalDay }) => arrivalDay)]
      .map(([day, members]) => {
        const arrived = members.filter(({ hasArrived }) => hasArrived).length
        return { day, arrived, expected: members.length - arrived }
      })
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
  }
}

function grouped<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string | undefined,
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return groups
}
