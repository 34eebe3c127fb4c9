import {
  arrivalMoment,
  asksForOperationDay,
  type DayRange,
  type Filter,
  type FilterState,
  type NormCondition,
  type NormState,
  standingMinutes,
  toWall,
} from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { mayArriveWithin } from '../forecast/forecast-sql.ts'
import { mayKeepNorm } from '../forecast/norm-sql.ts'
import { isPaceOfPosition } from '../forecast/pace-sql.ts'
import { isDroppedFromReports, sourceStates } from './live-positions.ts'
import { columnOf } from './position-fields.ts'
import {
  type Condition,
  daysIn,
  hasDeparted,
  isAt,
  isIdleOver,
  isInTrain,
  isOfSize,
  isOnList,
  stationOfRole,
} from './search-conditions.ts'
import { createReader, directoriesOfFound, foundColumns, type FoundPosition } from './found-positions.ts'
import type { PositionFacts, PositionStatus } from './position-facts.ts'
import { joinedRows, selectRows } from '../platform/statements/typed-rows.ts'
import { isLivePositionVisible, type Scope } from '../visibility/visibility.ts'

/** The fields of the report that a list of containers needs. */
const searchFields = [
  'tripEndedAt',
  'trainIndex',
  'trainNumber',
  'kmTotal',
  'kmLeft',
  'idleMinutes',
  'deliveryDueAt',
] as const

/** The columns of `position` that a search reads: the fewer columns, the more rows fit into memory. */
const scannedColumns = sql.join(
  `container workbook_id stamp seen_at operated_at operation_id station_id origin_station_id destination_station_id
    arrived_at is_abandoned`
    .split(/\s+/)
    .concat(searchFields.map(columnOf))
    .map((name) => sql.ref(`position.${name}`)),
)

export interface SearchOptions {
  readonly scope: Scope
  readonly standingAfterMinutes: number
  /** The zone of the days of arrival; by default that of the source. */
  readonly zone: string | undefined
  /** Only these containers; by default all. */
  readonly among?: readonly string[]
}

export interface SearchResult {
  readonly found: readonly FoundPosition[]
  /** There are more that could fit than are looked at. */
  readonly isCut: boolean
}

/** A person reads no more, and the facts that SQL cannot find are worked out row by row. */
export const mostCandidates = 5_000

const statusesOfState: Readonly<Record<FilterState, readonly PositionStatus[]>> = {
  standing: ['standing', 'abandoned'],
  halted: ['standing', 'abandoned', 'at_origin', 'at_destination'],
  abandoned: ['abandoned'],
  en_route: ['en_route'],
  underway: ['en_route', 'standing', 'at_origin', 'abandoned'],
  at_origin: ['at_origin'],
  at_destination: ['at_destination'],
  arrived: ['at_destination', 'unloaded'],
  unloaded: ['unloaded'],
  missing: ['missing'],
  departed: ['en_route', 'standing', 'abandoned', 'at_destination', 'unloaded'],
  any: ['en_route', 'standing', 'abandoned', 'at_origin', 'at_destination', 'unloaded', 'missing'],
}
const everyStatus: readonly PositionStatus[] = [...statusesOfState.underway, ...statusesOfState.arrived, 'missing']

/**
 * The containers that fit a filter, in one statement and in no particular order. The positions are scanned first and alone: beside
 * the cost of the scan the planner takes any way of joining the directories for equally good, a bad one included. SQL narrows as
 * far as the columns allow and keeps everything that could fit; status, idle time and forecast are those of `factsOf`. A container
 * that is missing from its reports for a week is left out, also when its trip is over: nobody knows where it stands now.
 */
export async function search(db: Db, filter: Filter, options: SearchOptions): Promise<SearchResult> {
  const statuses = statusesOf(filter)
  const rows = await selectRows(
    db,
    foundColumns,
    (list) => sql`
    with ${sourceStates}, scanned as materialized (
      select ${scannedColumns} from position ${beside(filter)} where ${sql.join(conditionsOf(filter, statuses, options), sql` and `)}
    ), found as materialized (
      select position.*, workbook.source_id
      from ${manyScanned} as position join workbook on workbook.id = position.workbook_id
      where not ${isDroppedFromReports} and ${statuses.has('missing') ? mayHaveStatus(statuses, options) : sql`true`}
      limit ${mostCandidates + 1}
    ), report as materialized (
      select row_number() over () as id, workbook_id, stamp, seen_at
      from (select distinct workbook_id, stamp, seen_at from found) as reports
    ), once as materialized (
      select ${directoriesOfFound} as directories
    )
    select ${list} from once left join (
      select position.*, report.id as report_id, row_number() over () as place
      from found as position join report using (workbook_id, stamp, seen_at)
    ) as position on true`,
  )
  const directories = rows.find((row) => row.directories !== null)?.directories
  if (!directories) throw new Error('the statement of a search has returned nothing')
  const read = createReader(directories, options)
  const found = joinedRows(rows, foundColumns, 'container')
    .map(read)
    .filter(({ facts }) => statuses.has(facts.status))
    .filter((position) => isWithin(position, filter, options))
  return { found: found.slice(0, mostCandidates), isCut: directories.candidates > mostCandidates }
}

/**
 * The rows of `scanned`, which the planner takes for a hundred times as many: it takes those of a company for a single one, and would
 * look up the report of each of thousands by itself.
 */
const manyScanned = sql`(select scanned.* from scanned cross join jsonb_array_elements('[0]') offset 0)`

/** A trip that is over is asked for in so many words only where the question is how long, how far or when. */
function statusesOf({ states, idleOverMinutes, kmLeft, arrives, norm, departed }: Filter): ReadonlySet<PositionStatus> {
  if (states.length > 0) return new Set(states.flatMap((state) => statusesOfState[state]))
  if (departed) return new Set(statusesOfState.departed)
  if (arrives || kmLeft || norm) return new Set(statusesOfState.underway)
  if (idleOverMinutes !== undefined) return new Set(statusesOfState.halted)
  return new Set(everyStatus)
}

/** The paces are small enough to be hashed, and only a question about arrivals reads them for every position. */
function beside(filter: Filter): RawBuilder<unknown> {
  const isOfForecast = (filter.arrives && !asksForOperationDay(filter)) || filter.norm?.state === 'at_risk'
  return isOfForecast ? sql`left join forecast_pace as pace on ${isPaceOfPosition}` : sql``
}

function conditionsOf(
  filter: Filter,
  statuses: ReadonlySet<PositionStatus>,
  options: SearchOptions,
): readonly Condition[] {
  const { places, idleOverMinutes, kmLeft, arrives, trains, norm, departed, loaded, feet, railTrain, passedOn } = filter
  return [
    ...places.map(({ role, places }) =>
      isAt(
        role,
        places.flatMap(({ stationIds }) => stationIds),
        passedOn && daysIn(passedOn, options),
      ),
    ),
    ...(trains.length > 0 ? [isOnList(trains)] : []),
    ...(railTrain === undefined ? [] : [isInTrain(railTrain)]),
    ...(idleOverMinutes === undefined ? [] : [isIdleOver(idleOverMinutes)]),
    ...(kmLeft
      ? [kmLeft.side === 'under' ? sql<boolean>`km_left < ${kmLeft.km}` : sql<boolean>`km_left > ${kmLeft.km}`]
      : []),
    ...(arrives ? [isOnDays(arrives, filter)] : []),
    ...(norm ? [mayBeInNorm(norm, statuses)] : []),
    ...(departed ? [hasDeparted(departed, options)] : []),
    ...(loaded === undefined ? [] : [sql<boolean>`position.loaded = ${loaded}`]),
    ...(feet === undefined ? [] : [isOfSize(feet)]),
    ...(statuses.size < everyStatus.length && !statuses.has('missing') ? [mayHaveStatus(statuses, options)] : []),
    ...(options.among === undefined ? [] : [sql<boolean>`position.container = any(${options.among}::text[])`]),
    // The mark is what the index holds; it can be there longer than it should.
    sql<boolean>`position.is_live`,
    isLivePositionVisible(options.scope),
  ]
}

/** Whether the moment can lie on one of the days in some zone. */
function isOnDays({ from, to }: DayRange, filter: Filter): Condition {
  const first = sql<Date>`${from}::timestamptz - interval '1 day'`
  const last = sql<Date>`${to}::timestamptz + interval '2 days'`
  if (asksForOperationDay(filter)) return sql`position.operated_at between ${first} and ${last}`
  return sql`(position.arrived_at between ${first} and ${last} or ${mayArriveWithin(first, last)})`
}

const arrivedStatuses = new Set<PositionStatus>(statusesOfState.arrived)

/** Containers that have arrived are measured at the arrival, others at the stamp. */
function mayBeInNorm(norm: NormCondition, statuses: ReadonlySet<PositionStatus>): Condition {
  const hasArrived = [...statuses].every((status) => arrivedStatuses.has(status))
  return mayKeepNorm(norm, hasArrived ? sql`position.arrived_at` : sql`position.stamp`)
}

function mayHaveStatus(statuses: ReadonlySet<PositionStatus>, { standingAfterMinutes }: SearchOptions): Condition {
  const standingAfter = sql`make_interval(mins => ${standingAfterMinutes})`
  const age = sql`position.stamp - position.operated_at`
  const conditions: readonly (readonly [readonly PositionStatus[], Condition])[] = [
    [['at_destination', 'unloaded'], isMaybeAt('destination')],
    [['at_origin'], sql`${isMaybeAt('origin')} and position.train_number is null and position.train_index is null`],
    [['standing'], sql`${isElsewhere} and ${age} > ${standingAfter}`],
    [['en_route'], sql`${isElsewhere} and ${age} < ${standingAfter} + interval '1 minute'`],
    [['missing'], isAbsent],
    [['abandoned'], sql`${isElsewhere} and position.is_abandoned`],
  ]
  const wanted = conditions.filter(([names]) => names.some((name) => statuses.has(name)))
  if (wanted.length === 0) return sql`false`
  return sql`(${sql.join(
    wanted.map(([, condition]) => sql`(${condition})`),
    sql` or `,
  )})`
}

/** True also where two rows of the directory can mean one station, since one of them has no code. */
function isMaybeAt(role: 'origin' | 'destination'): Condition {
  const there = sql.ref(stationOfRole[role])
  return sql`(position.station_id = ${there}
    or ${there} is not null and (position.station_id = any(${withoutCode}) or ${there} = any(${withoutCode})))`
}

const withoutCode = sql`array(select id from station where code is null)`

const isElsewhere = sql<boolean>`position.station_id is distinct from position.destination_station_id`

const isAbsent = sql<boolean>`exists (
  select 1 from source_state where source_state.source_id = workbook.source_id and source_state.newest > position.seen_at)`

function isWithin(
  { facts, kmLeft, operatedAt, zone: sourceZone }: FoundPosition,
  filter: Filter,
  { zone }: SearchOptions,
): boolean {
  const { arrives, idleOverMinutes, norm } = filter
  if (norm && !keepsNorm(facts.norm, norm)) return false
  if (idleOverMinutes !== undefined && minutesSince(facts, filter) <= idleOverMinutes) return false
  if (!arrives) return filter.kmLeft === undefined || kmLeft !== null
  const moment = asksForOperationDay(filter) ? operatedAt : arrivalMoment(facts.arrival)
  if (!moment) return false
  const day = toWall(moment, zone ?? sourceZone).slice(0, 10)
  return arrives.from <= day && day <= arrives.to
}

function keepsNorm(found: NormState, { state, overDays }: NormCondition): boolean {
  return found.kind === state && (!('days' in found) || found.days > overDays)
}

/** How long a container has stood; a question that names the state asks for the age of the last operation in it. */
function minutesSince({ idleness, operationMinutes }: PositionFacts, { states }: Filter): number {
  return states.length > 0 ? operationMinutes : (standingMinutes(idleness) ?? 0)
}
