import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { inserting, type NotUnderstood } from '../statistics/not-understood.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'
import { holdsVisibleRow, partiesOf, type Scope } from '../visibility/visibility.ts'

/** Subjects that somebody can ask about at this moment, chosen from what is in their scope; null where nothing is. */
export interface Examples {
  /** A container under way. */
  readonly container: string | null
  /** Its waybill. */
  readonly waybill: string | null
  /** The station for which it is bound. */
  readonly destination: string | null
  readonly destinationId: number | null
  /** Its train, else the newest one. */
  readonly train: string | null
}

/** So many containers are looked at, and the one that moved last is chosen: an example need not be the very last of a million. */
const mostLookedAt = 200

/**
 * Chooses examples in one statement, whose cost does not grow with the number of containers. It records a message that was not
 * understood as well, where there is one.
 */
export async function find(db: Db, scope: Scope, recorded?: NotUnderstood): Promise<Examples> {
  const recording = recorded ? sql`recorded as (${inserting(recorded)}), ` : sql``
  const found = await selectRow(
    db,
    {
      container: sql<string | null>`chosen.container`,
      waybill: sql<string | null>`chosen.waybill`,
      destination: sql<string | null>`station.name`,
      destinationId: sql<number | null>`station.id`,
      train: sql<string | null>`coalesce(own.train_code, newest.train_code)`,
    },
    (list) => sql`
    with ${recording}chosen as (
      select container, waybill, destination_station_id from (${livePositions(scope)}) as live
      order by (waybill is null), operated_at desc, container limit 1
    ), newest as (
      select train_code, workbook_id from current_train_roster as roster
      where ${holdsVisibleRow(scope, sql.ref('roster.workbook_id'))}
      order by sent_at desc, train_code desc limit 1
    ), own as (
      select roster.train_code from chosen
      join train_roster_row as line on line.container = chosen.container and line.is_newest
      join current_train_roster as roster on roster.workbook_id = line.workbook_id
      limit 1
    )
    select ${list} from (select) as one
    left join chosen on true
    left join station on station.id = chosen.destination_station_id
    left join newest on true
    left join own on true`,
  )
  if (!found) throw new Error('the examples of a scope were not read')
  return found
}

/**
 * The name of a station that can still be an example in this scope; undefined for any other, since people of a company do not learn from
 * a button where the containers of others go.
 */
export async function findStationName(db: Db, id: number, scope: Scope): Promise<string | undefined> {
  const isExample = sql<boolean>`exists (
    select from (${livePositions(scope)}) as live where live.destination_station_id = station.id)`
  const row = await db
    .selectFrom('station')
    .select('name')
    .where('id', '=', id)
    .$if(scope.kind !== 'all', (query) => query.where(isExample))
    .executeTakeFirst()
  return row?.name
}

/** Some containers of the scope that are bound for a station and have not come there. */
function livePositions(scope: Scope) {
  const underWay = sql`is_live and destination_station_id is not null and arrived_at is null and not is_unloaded`
  const columns = sql`container, waybill, destination_station_id, operated_at`
  if (scope.kind === 'all') return sql`select ${columns} from position where ${underWay} limit ${sql.lit(mostLookedAt)}`
  if (scope.kind === 'nothing') return sql`select ${columns} from position where false`
  return sql`
    select ${columns} from position
    where ${underWay} and container = any(array(
      select container from container_party where is_live and party_id = any(${partiesOf(scope)})
      limit ${sql.lit(mostLookedAt)}))`
}
