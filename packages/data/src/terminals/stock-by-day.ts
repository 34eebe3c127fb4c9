import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isAt } from './terminal-stock.ts'
import { visitOrder } from './terminal-visits.ts'

/** Containers of one direction that stood at a terminal at the end of a day. */
export interface StockOfDay {
  /** `YYYY-MM-DD` in the zone that was asked for. */
  readonly day: string
  readonly direction: string | undefined
  readonly containers: number
}

/**
 * The stock in scope of a terminal at the end of each of `days` days, the last of which is the day of its newest report. It follows
 * from the visits alone: from the arrival, or else the first report that names the container, to the departure, the next visit of the
 * container, or, where nothing says when it left, the last report that names it. So it is known for days before any report as well, and
 * an undone report leaves no trace. Days without stock have no row.
 */
export async function list(
  db: Db,
  terminal: string | null,
  { scope, days, zone }: { readonly scope: Scope; readonly days: number; readonly zone: string },
): Promise<{ readonly last: string | undefined; readonly stock: readonly StockOfDay[] }> {
  const rows = await selectRows(
    db,
    {
      day: sql<string>`to_char(days.day, 'YYYY-MM-DD')`,
      direction: sql<string | null>`stay.direction`,
      containers: sql<number>`count(distinct stay.container) filter (where stay.from_at < days.ends_at
        and (stay.until_at is null or stay.until_at >= days.ends_at))`,
    },
    (columns) => sql`
    with newest as (
      select (max(stamp) at time zone ${zone})::date as day from terminal_visit where ${isAt(terminal)}
    ), days as (
      select each.at::date as day, (each.at + interval '1 day') at time zone ${zone} as ends_at
      from newest, generate_series((newest.day - (${days}::integer - 1))::timestamp, newest.day::timestamp, interval '1 day')
        as each (at)
    ), stay as materialized (
      select visit.container, visit.direction,
        coalesce(visit.arrived_at, (select min(sighting.stamp) from terminal_sighting sighting
          where sighting.container = visit.container and sighting.visit_key = visit.visit_key)) as from_at,
        case when visit.dispatched_at is not null then visit.dispatched_at
          when not visit.on_site then visit.stamp
          else (select min(coalesce(later.arrived_at, later.stamp)) from terminal_visit as later
            where later.container = visit.container and later.visit_key <> visit.visit_key
              and ${visitOrder('later')} > ${visitOrder('visit')}) end as until_at
      from terminal_visit as visit
      where ${isAt(terminal)} and (visit.on_site or coalesce(visit.dispatched_at, visit.stamp)
          >= (select min(ends_at) from days)) and ${isVisible(scope, sql.ref('visit.container'))}
    )
    select ${columns} from days left join stay on true
    group by days.day, stay.direction
    order by days.day, stay.direction`,
  )
  return {
    last: rows.at(-1)?.day,
    stock: rows
      .filter(({ containers }) => containers > 0)
      .map(({ direction, ...row }) => ({ ...row, direction: direction ?? undefined })),
  }
}
