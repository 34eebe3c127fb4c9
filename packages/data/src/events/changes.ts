import type { EventKind } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRows } from '../platform/statements/typed-rows.ts'
import { containersOf } from '../trains/trains.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'

/** The containers whose changes are asked for: some, those of trains, or those that go to some stations; else all. */
export interface ChangedSubject {
  readonly containers?: readonly string[] | undefined
  readonly trains: readonly string[]
  readonly destinationIds: readonly number[]
}

/** Events of one kind at one station. `containers` holds the newest of them, `mostNamed` at most. */
export interface ChangeGroup {
  readonly kind: EventKind
  readonly station: string | null
  readonly count: number
  readonly containers: readonly string[]
}

const mostNamed = 3

/**
 * Counts the events that became known since `since` (by the clock of the database), by kind and station, the largest group of each kind first. Old
 * events that became known with an old report are no changes. People of a company see those of the present trip only.
 */
export async function countChanges(
  db: Db,
  { since, scope, ...subject }: ChangedSubject & { readonly since: Date; readonly scope: Scope },
): Promise<{ readonly containers: number; readonly groups: readonly ChangeGroup[] }> {
  const rows = await selectRows(
    db,
    {
      kind: sql<EventKind>`kind`,
      station: sql<string | null>`station.name`,
      count: sql<number>`count(*)::integer`,
      containers: sql<
        readonly string[]
      >`(array_agg(container order by happened_at desc, container))[1:${sql.lit(mostNamed)}]`,
      total: sql<number>`(select count(distinct container)::integer from asked)`,
    },
    (list) => sql`
    with asked as materialized (
      select kind, station_id, container, happened_at from event
      where withdrawn_at is null and is_news and detected_at >= ${since}::timestamptz
        and ${isOfSubject(subject)} and ${isVisible(scope, sql.ref('event.container'))}
        and ${scope.kind === 'all' ? sql`true` : isOfPresentTrip}
    )
    select ${list} from asked left join station on station.id = asked.station_id
    group by kind, station.id
    order by kind, count(*) desc, station.name`,
  )
  return { containers: rows[0]?.total ?? 0, groups: rows.map(({ total: _total, ...group }) => group) }
}

/** When the last report of a subscription was made for a person; undefined before the first. */
export async function findLastReport(db: Db, personId: number): Promise<Date | undefined> {
  const row = await db
    .selectFrom('report')
    .select((eb) => eb.fn.max('builtAt').as('builtAt'))
    .where('personId', '=', personId)
    .where('subscriptionId', 'is not', null)
    .executeTakeFirst()
  return row?.builtAt ?? undefined
}

function isOfSubject({ containers, trains, destinationIds }: ChangedSubject): RawBuilder<boolean> {
  const any = [
    ...(containers === undefined ? [] : [sql<boolean>`event.container = any(${containers}::text[])`]),
    ...(trains.length === 0 ? [] : [sql<boolean>`event.container = any(${containersOf(trains)})`]),
    ...(destinationIds.length === 0
      ? []
      : [
          sql<boolean>`event.container in (
            select position.container from position where destination_station_id = any(${[...destinationIds]}::integer[]))`,
        ]),
  ]
  return any.length === 0 ? sql`true` : sql`(${sql.join(any, sql` and `)})`
}

/** An event of the trip that its container is on now, or of none. */
export const isOfPresentTrip = sql<boolean>`(event.trip_id is null or exists (
  select from position where position.container = event.container and position.trip_id = event.trip_id))`
