import {
  type FreeDays,
  type StockFilter,
  type StockName,
  type StockNames,
  type Storage,
  storageOf,
  type WallTime,
} from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { joinedRows, type RowOf, selectRows, statementOf } from '../platform/statements/typed-rows.ts'
import { isVisible, type Scope, selectVisible } from '../visibility/visibility.ts'
import { endOfData, hasMoved, momentOf } from './terminal-moves.ts'
import { isCurrent } from './terminal-visits.ts'

/** A container on site, or one that came or left, as the reports of its terminal describe it. Kilograms. */
export interface StockBox extends RowOf<typeof boxColumns> {
  /** Undefined where no rule says how long it stands without a charge. */
  readonly storage: Storage | undefined
}

export interface FoundStock {
  /** By terminal, direction and stock, the longest on site first; of those that left, the first to leave. */
  readonly boxes: readonly StockBox[]
  /** There are more that fit than are looked at. */
  readonly isCut: boolean
  /** The newest report of the terminals asked for; undefined where nothing stands. */
  readonly report: StockReport | undefined
}

/** The newest report of a terminal. */
export type StockReport = Pick<RowOf<typeof boxColumns>, 'asOf' | 'confirmedAt' | 'zone'>

export interface StockOptions {
  readonly scope: Scope
  readonly freeDays: readonly FreeDays[]
}

/** A person reads no more. */
export const mostBoxes = 5_000

/** The names that containers on site in scope bear, in the order of the database; clients only where the reader may know them. */
export async function listNames(
  db: Db,
  scope: Scope,
  { showsClients }: { readonly showsClients: boolean },
): Promise<StockNames> {
  const rows = await db
    .selectFrom('terminalVisit as visit')
    .select(['visit.terminal', 'visit.direction', 'visit.stock'])
    .select(showsClients ? 'visit.client' : sql<string | null>`null`.as('client'))
    .distinct()
    .where('visit.onSite', '=', true)
    .where(isVisible(scope, sql.ref('visit.container')))
    .execute()
  return {
    terminals: distinct(rows.map(({ terminal }) => terminal)),
    directions: distinct(rows.map(({ direction }) => direction)),
    stocks: distinct(rows.map(({ stock }) => stock)),
    clients: distinct(rows.map(({ client }) => client)).filter((client) => client !== null),
  }
}

/**
 * The containers in scope that fit a filter, in one statement: on site, or come and left. Days are counted until the departure, else until the
 * newest report of the terminal.
 */
export async function list(db: Db, filter: StockFilter, { scope, freeDays }: StockOptions): Promise<FoundStock> {
  const rows = await selectRows(db, boxColumns, (columns) => boxesStatement(columns, filter, scope))
  const found = joinedRows(rows, boxColumns, 'container')
  const [newest] = rows.toSorted((a, b) => b.asOf.getTime() - a.asOf.getTime())
  const boxes = found
    .slice(0, mostBoxes)
    .map((row) => Object.assign(row, { storage: storageOfStay(row, freeDays) }))
    .filter(({ storage }) => !filter.isCharged || (storage?.chargedDays ?? 0) > 0)
  return { boxes, isCut: found.length > mostBoxes, report: newest }
}

/** The values of a stored stay that decide about its free days. */
export type StoredStay = Pick<RowOf<typeof boxColumns>, 'terminal' | 'size' | 'direction' | 'arrivedAt' | 'asOf'> & {
  readonly dispatchedAt?: Date | null
}

/** How a stored stay stands to its free days at its end, else at the newest report of its terminal; undefined where no rule fits. */
export function storageOfStay(stay: StoredStay, freeDays: readonly FreeDays[]): Storage | undefined {
  const { terminal, size, direction, arrivedAt } = stay
  const known = {
    terminal: terminal ?? undefined,
    size: size ?? undefined,
    direction: direction ?? undefined,
    arrivedAt: arrivedAt ?? undefined,
  }
  return storageOf(known, endOfStay(stay), freeDays)
}

/** Until when the days of a stay count. */
export function endOfStay({ dispatchedAt, asOf }: Pick<StoredStay, 'dispatchedAt' | 'asOf'>): Date {
  return dispatchedAt ?? asOf
}

const flag = (name: 'isLoaded' | 'isDamaged' | 'isAtCustoms') =>
  sql<boolean | null>`(visit.fields ->> ${sql.lit(name)})::boolean`

const boxColumns = {
  container: sql<string>`visit.container`,
  terminal: sql<string | null>`visit.terminal`,
  direction: sql<string | null>`visit.direction`,
  stock: sql<string | null>`visit.stock`,
  client: sql<string | null>`visit.client`,
  size: sql<string | null>`visit.size`,
  teu: sql<number>`visit.teu`,
  condition: sql<string | null>`visit.condition`,
  customsMode: sql<string | null>`visit.fields ->> 'customsMode'`,
  cargo: sql<string | null>`visit.fields ->> 'cargo'`,
  place: sql<string | null>`visit.fields ->> 'zoneName'`,
  order: sql<string | null>`visit.fields ->> 'order'`,
  grossKg: sql<number | null>`coalesce(visit.fields ->> 'grossTerminalKg', visit.fields ->> 'grossClientKg')::float8`,
  isLoaded: flag('isLoaded'),
  isDamaged: flag('isDamaged'),
  isAtCustoms: flag('isAtCustoms'),
  arrivedAt: sql<Date | null>`visit.arrived_at`,
  arrivedWall: sql<WallTime | null>`visit.arrived_wall`,
  dispatchedAt: sql<Date | null>`visit.dispatched_at`,
  dispatchedWall: sql<WallTime | null>`visit.dispatched_wall`,
  asOf: sql<Date>`report.stamp`,
  confirmedAt: sql<Date | null>`report.confirmed_at`,
  /** Zone of the terminal's own times. */
  zone: sql<string | null>`report.zone`,
}

/** The statement behind `list`. */
export function selectBoxes(filter: StockFilter, scope: Scope): RawBuilder<RowOf<typeof boxColumns>> {
  return statementOf(boxColumns, (columns) => boxesStatement(columns, filter, scope))
}

function boxesStatement(columns: RawBuilder<unknown>, filter: StockFilter, scope: Scope): RawBuilder<unknown> {
  const { terminals, moved } = filter
  // Hashed: as a join the planner would start from what is seen, and look up each visit of it.
  const isSeen = scope.kind === 'all' ? sql`true` : sql`(visit.container in (select container from seen)) is true`
  const asked = moved ? hasMoved('visit', moved, 'report.until') : sql`visit.on_site`
  // All that came or left counts for those who see everything; others see the last visit of a container.
  const isLast = moved && scope.kind === 'all' ? sql`true` : isCurrent('visit')
  return sql`
    with place as materialized (${selectTerminals(filter)}), report as materialized (
      select place.terminal, newest.stamp, arrival.zone, arrival.confirmed_at${moved && !moved.days ? sql`, ${endOfData('newest.stamp', sql`terminal is not distinct from place.terminal`)} as until` : sql``}
      from place cross join lateral (
        (select container, visit_key, stamp from terminal_visit where terminal = place.terminal order by stamp desc limit 1)
        union all
        (select container, visit_key, stamp from terminal_visit
          where place.terminal is null and terminal is null order by stamp desc limit 1)
      ) as newest
      left join lateral (
        select workbook.zone, workbook.confirmed_at
        from terminal_sighting as sighting join workbook on workbook.id = sighting.workbook_id
        where sighting.container = newest.container and sighting.visit_key = newest.visit_key and sighting.stamp = newest.stamp
        order by workbook.id desc limit 1
      ) as arrival on true
    ), seen as materialized (${selectVisible(
      scope,
      sql`select visit.container from terminal_visit as visit ${moved ? sql`join report on report.terminal is not distinct from visit.terminal` : sql``}
        where ${asked} and ${isAnyOf('visit.terminal', terminals)}`,
    )})
    select ${columns}
    from report left join terminal_visit as visit on report.terminal is not distinct from visit.terminal
      and ${sql.join([asked, isAnyOf('visit.terminal', terminals), isLast, isSeen, ...conditionsOf(filter)], sql` and `)}
    order by visit.terminal, visit.direction, visit.stock, ${moved ? sql.ref(`visit.${momentOf[moved.side]}`) : sql`visit.arrived_at`}, visit.container
    limit ${mostBoxes + 1}`
}

/** The terminals that can have something of the kind asked for: where something stands, or has left of late. */
function selectTerminals({ terminals, moved }: StockFilter): RawBuilder<unknown> {
  const isNamed = isAnyOf('terminal', terminals)
  const standing = sql`select distinct terminal from terminal_visit where on_site and ${isNamed}`
  if (!moved) return standing
  const since = moved.days
    ? sql`${moved.days.from}::timestamptz - interval '1 day'`
    : sql`(select max(dispatched_at) from terminal_visit) - interval '7 days'`
  return sql`${standing} union select terminal from terminal_visit where dispatched_at >= ${since} and ${isNamed}`
}

function conditionsOf(filter: StockFilter): readonly RawBuilder<unknown>[] {
  const { directions, stocks, clients, loaded, isDamaged, isAtCustoms, feet, overDays } = filter
  return [
    isAnyOf('visit.direction', directions),
    isAnyOf('visit.stock', stocks),
    isAnyOf('visit.client', clients),
    ...(loaded === undefined ? [] : [sql`visit.fields ->> 'isLoaded' = ${String(loaded)}`]),
    ...(isDamaged ? [sql`visit.fields ->> 'isDamaged' = 'true'`] : []),
    ...(isAtCustoms ? [sql`visit.fields ->> 'isAtCustoms' = 'true'`] : []),
    // As `teuOf` of the domain counts.
    ...(feet === undefined ? [] : [sql`visit.teu = ${feet === 20 ? 1 : 2}`]),
    ...(overDays === undefined
      ? []
      : [
          sql`visit.arrived_at <= coalesce(visit.dispatched_at, report.stamp) - make_interval(days => ${overDays + 1}::integer)`,
        ]),
  ]
}

/** Only without `is not distinct from` do the indexes serve. */
function isAnyOf(column: string, names: readonly StockName[]): RawBuilder<unknown> {
  if (names.length === 0) return sql`true`
  const known = names.filter((name) => name !== null)
  const isNamed = sql`${sql.ref(column)} = any(${known}::text[])`
  if (known.length === names.length) return isNamed
  return known.length === 0 ? sql`${sql.ref(column)} is null` : sql`(${isNamed} or ${sql.ref(column)} is null)`
}

function distinct<Name extends string | null>(names: readonly Name[]): readonly Name[] {
  return [...new Set(names)].toSorted((a, b) =>
    a === null || b === null ? Number(a === null) - Number(b === null) : a < b ? -1 : Number(a > b),
  )
}
