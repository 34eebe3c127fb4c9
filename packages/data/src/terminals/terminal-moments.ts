import { partyDays, terminalTransport, type TerminalTransport, type WallTime } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import { isRosterRowVisible, type Scope } from '../visibility/visibility.ts'
import { isCurrent } from './terminal-visits.ts'

/** A terminal or the list of a train names a container, beside the operations of the railway. */
export type TerminalMoment =
  | {
      readonly kind: 'came' | 'left'
      readonly at: Date
      readonly wall: WallTime
      /** Zone of the terminal's own times. */
      readonly zone: string | null
      readonly terminal: string | null
      readonly by: TerminalTransport | undefined
    }
  | { readonly kind: 'listed'; readonly at: Date; readonly train: string }

/** As PostgreSQL puts it into JSON. */
export interface MomentJson {
  readonly kind: TerminalMoment['kind']
  readonly at: string
  readonly wall: WallTime | null
  readonly zone: string | null
  readonly terminal: string | null
  readonly train: string | null
  readonly transport: string | null
  readonly vehicle: string | null
  readonly place: string | null
}

/** A container rarely comes more often, and an answer shows a part only. */
const mostMoments = 50

const zoneOfVisit = sql`(
  select workbook.zone from terminal_sighting sighting join workbook on workbook.id = sighting.workbook_id
  where sighting.container = visit.container and sighting.visit_key = visit.visit_key
  order by sighting.stamp desc limit 1)`

/** The limits by which a visit names the parties of a container. */
const isOfPresentClient = sql`not exists (
  select from position where position.container = visit.container and position.trip_started_at > coalesce(
    visit.dispatched_at + make_interval(days => ${sql.lit(partyDays.afterDispatch)}),
    visit.stamp + make_interval(days => ${sql.lit(partyDays.afterLastReport)})))`

/**
 * The moments of a container as a value of JSON, the newest first, for a statement that reads more; `toMoments` reads it. The statement
 * asks whether the container is visible. People of a company see the last visit only, and of the lists those that name a client of theirs:
 * it was somebody else's container before.
 */
export function selectMoments(container: string, scope: Scope): RawBuilder<readonly MomentJson[] | null> {
  const isSeen = scope.kind === 'all' ? sql`true` : sql`${isCurrent('visit')} and ${isOfPresentClient}`
  const came = sql`jsonb_build_object('kind', 'came', 'at', visit.arrived_at, 'wall', visit.arrived_wall, 'zone', ${zoneOfVisit},
    'terminal', visit.terminal, 'transport', visit.fields ->> 'arrivalTransport', 'vehicle', visit.fields ->> 'arrivalVehicle',
    'place', visit.fields ->> 'arrivalFrom')`
  const left = sql`jsonb_build_object('kind', 'left', 'at', visit.dispatched_at, 'wall', visit.dispatched_wall, 'zone', ${zoneOfVisit},
    'terminal', visit.terminal, 'transport', visit.fields ->> 'dispatchTransport', 'vehicle', visit.fields ->> 'dispatchVehicle',
    'place', visit.fields ->> 'dispatchTo')`
  return sql`(
    select jsonb_agg(moment.said order by moment.at desc) from (
      select said, at from (
        select ${came} as said, visit.arrived_at as at from terminal_visit as visit
        where visit.container = ${container} and visit.arrived_at is not null and ${isSeen}
        union all
        select ${left}, visit.dispatched_at from terminal_visit as visit
        where visit.container = ${container} and visit.dispatched_at is not null and ${isSeen}
        union all
        select jsonb_build_object('kind', 'listed', 'at', list.sent_at, 'train', list.train_code), list.sent_at
        from train_roster_row as "row" join current_train_roster as list on list.workbook_id = "row".workbook_id
        where "row".container = ${container} and ${isRosterRowVisible(scope)}
      ) as all_moments order by at desc limit ${sql.lit(mostMoments)}
    ) as moment
  )`
}

/** The moments in that value. */
export function toMoments(json: readonly MomentJson[] | null): readonly TerminalMoment[] {
  return (json ?? []).flatMap((moment): TerminalMoment[] => {
    const { kind, at, wall, zone, terminal, train } = moment
    if (kind === 'listed') return train === null ? [] : [{ kind, at: new Date(at), train }]
    return wall === null ? [] : [{ kind, at: new Date(at), wall, zone, terminal, by: terminalTransport(moment) }]
  })
}
