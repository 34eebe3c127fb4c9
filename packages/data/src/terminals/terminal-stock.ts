import type { StockGroup } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { endOfData, isInLastDay, type VisitMoment } from './terminal-moves.ts'
import { isCurrent } from './terminal-visits.ts'
import { isVisible, type Scope, selectVisible } from '../visibility/visibility.ts'
import { joinedColumns, joinedRows, type RowOf, selectRows, statementOf } from '../platform/statements/typed-rows.ts'

/** Containers and their twenty-foot equivalents. */
export interface ContainerCount {
  readonly containers: number
  readonly teu: number
}

/** The newest report of a terminal, besides its stock. */
export interface TerminalNews {
  readonly asOf: Date
  /** When an unchanged copy of that report last came in. */
  readonly confirmedAt: Date | null
  /** Zone of the terminal's own times. */
  readonly zone: string | null
  /** In the last 24 hours that the data cover: a stamp can be the mere date of a report that goes on until the morning. */
  readonly arrived: ContainerCount
  readonly dispatched: ContainerCount
}

/** Containers on site by their condition. Loaded and empty ones exclude each other; those at the customs and damaged ones are among both. */
export type StockConditions = Readonly<Record<'loaded' | 'empty' | 'damaged' | 'customs', number>>

/** Names of the terminals where something in scope stands; null stands for visits without a name. */
export async function listTerminals(db: Db, scope: Scope): Promise<readonly (string | null)[]> {
  const rows = await db
    .selectFrom('terminalVisit')
    .select('terminal')
    .distinct()
    .where('onSite', '=', true)
    .where(isVisible(scope, sql.ref('terminalVisit.container')))
    .orderBy('terminal')
    .execute()
  return rows.map(({ terminal }) => terminal)
}

/** A terminal in a list of several. */
export interface TerminalSummary {
  readonly terminal: string | null
  /** In scope; a container counts once. */
  readonly containers: number
  /** Stamp of its newest report. */
  readonly asOf: Date
}

/** How many containers in scope stand at each of some terminals, and how old its newest report is, in their order. */
export async function summarise(
  db: Db,
  terminals: readonly (string | null)[],
  scope: Scope,
): Promise<readonly TerminalSummary[]> {
  if (terminals.length === 0) return []
  const columns = {
    terminal: sql<string | null>`terminal`,
    containers: sql<number>`containers`,
    asOf: sql<Date>`as_of`,
  }
  const parts = terminals.map(
    (terminal, place) => sql`
      select ${place}::int as place, ${terminal}::text as terminal, newest.stamp as as_of, (
        select count(*) from terminal_visit as visit
        where on_site and ${isAt(terminal)} and ${isCurrent('visit')} and ${isVisible(scope, sql.ref('visit.container'))}
      ) as containers
      from (select stamp from terminal_visit where ${isAt(terminal)} order by stamp desc limit 1) as newest`,
  )
  return selectRows(
    db,
    columns,
    (list) => sql`select ${list} from (${sql.join(parts, sql` union all `)}) as summary order by place`,
  )
}

/** The stock of a terminal, and the rest of its newest report. */
export interface TerminalStock {
  /** By direction and stock in alphabetical order, unknown ones last; a container counts once. */
  readonly groups: readonly StockGroup[]
  readonly conditions: StockConditions
  /** Undefined when no report has mentioned the terminal. */
  readonly news: TerminalNews | undefined
}

/** Finds the stock in scope of a terminal, and the arrivals and departures there, in one statement. */
export async function findStock(db: Db, terminal: string | null, scope: Scope): Promise<TerminalStock> {
  // Hashed: as a join the planner would start from what is seen, and look up each visit of it three times.
  const isCounted: IsCounted = (container) =>
    scope.kind === 'all' ? sql`true` : sql`(${sql.ref(container)} in (select container from seen)) is true`
  const rows = await selectRows(
    db,
    { ...joinedColumns('news', newsColumns), ...joinedColumns('groups', groupColumns) },
    (list) => sql`
    with ${newestReport(terminal, scope)}
    select ${list}
    from (values (1)) as always
    left join (${selectNews(terminal, isCounted)}) as news on true
    left join (${selectGroups(terminal, isCounted)}) as groups on true`,
  )
  const [news] = joinedRows(rows, newsColumns, 'asOf')
  const counted = joinedRows(rows, groupColumns, 'teu')
  const groups = counted
    .map(({ direction, stock, containers20, containers40, teu }) => ({
      direction: direction ?? undefined,
      stock: stock ?? undefined,
      containers20,
      containers40,
      teu,
    }))
    .sort((a, b) => compareTexts(a.direction, b.direction) || compareTexts(a.stock, b.stock))
  return { groups, conditions: sumOf(counted), news: news && toNews(news) }
}

function sumOf(groups: readonly Group[]): StockConditions {
  const sum = (count: (group: Group) => number) => groups.reduce((total, group) => total + count(group), 0)
  return {
    loaded: sum(({ loaded }) => loaded),
    empty: sum(({ empty }) => empty),
    damaged: sum(({ damaged }) => damaged),
    customs: sum(({ customs }) => customs),
  }
}

type IsCounted = (container: string) => RawBuilder<unknown>

const groupColumns = {
  direction: sql<string | null>`direction`,
  stock: sql<string | null>`stock`,
  containers20: sql<number>`count(*) filter (where teu = 1)`,
  containers40: sql<number>`count(*) filter (where teu = 2)`,
  teu: sql<number>`sum(teu)`,
  loaded: sql<number>`count(*) filter (where fields ->> 'isLoaded' = 'true')`,
  empty: sql<number>`count(*) filter (where fields ->> 'isLoaded' = 'false')`,
  damaged: sql<number>`count(*) filter (where fields ->> 'isDamaged' = 'true')`,
  customs: sql<number>`count(*) filter (where fields ->> 'isAtCustoms' = 'true')`,
}
type Group = RowOf<typeof groupColumns>

function selectGroups(terminal: string | null, isCounted: IsCounted): RawBuilder<Group> {
  return statementOf(
    groupColumns,
    (list) => sql`
    select ${list}
    from terminal_visit as visit
    where on_site and ${isAt(terminal)} and ${isCurrent('visit')} and ${isCounted('visit.container')}
    group by direction, stock`,
  )
}

/** Parts of a `with`: the newest report of the terminal, the end of the last 24 hours that it covers, and the containers in scope there. */
function newestReport(terminal: string | null, scope: Scope): RawBuilder<unknown> {
  return sql`newest as (
      select container, visit_key, stamp from terminal_visit where ${isAt(terminal)} order by stamp desc limit 1
    ), report as (
      select workbook.id, newest.stamp, workbook.confirmed_at, workbook.zone
      from newest
      join terminal_sighting sighting using (container, visit_key, stamp)
      join workbook on workbook.id = sighting.workbook_id
      order by workbook.id desc
      limit 1
    ), span as (
      select ${endOfData('report.stamp', isAt(terminal))} as until
      from report
    ), seen as materialized (${selectVisible(
      scope,
      sql`
        select container from terminal_visit where on_site and ${isAt(terminal)}
        union select container from terminal_visit, span where ${hasMoved(terminal, 'arrived_at')}
        union select container from terminal_visit, span where ${hasMoved(terminal, 'dispatched_at')}`,
    )})`
}

function hasMoved(terminal: string | null, at: VisitMoment): RawBuilder<boolean> {
  return sql`${isAt(terminal)} and ${isInLastDay(at, 'span.until')}`
}

const newsColumns = {
  asOf: sql<Date>`report.stamp`,
  confirmedAt: sql<Date | null>`report.confirmed_at`,
  zone: sql<string | null>`report.zone`,
  arrivedContainers: sql<number>`arrived.containers`,
  arrivedTeu: sql<number>`arrived.teu`,
  dispatchedContainers: sql<number>`dispatched.containers`,
  dispatchedTeu: sql<number>`dispatched.teu`,
}
type NewsRow = RowOf<typeof newsColumns>

function selectNews(terminal: string | null, isCounted: IsCounted): RawBuilder<NewsRow> {
  return statementOf(
    newsColumns,
    (list) => sql`
    select ${list}
    from report
    cross join span
    cross join lateral (
      select count(*) as containers, coalesce(sum(teu), 0) as teu from terminal_visit as visit
      where ${hasMoved(terminal, 'arrived_at')} and ${isCounted('visit.container')}
    ) as arrived
    cross join lateral (
      select count(*) as containers, coalesce(sum(teu), 0) as teu from terminal_visit as visit
      where ${hasMoved(terminal, 'dispatched_at')} and ${isCounted('visit.container')}
    ) as dispatched`,
  )
}

/** Whether a row of `terminal_visit` is at a terminal. Only without `is not distinct from` do the indexes serve. */
export function isAt(terminal: string | null): RawBuilder<boolean> {
  return terminal === null ? sql`terminal is null` : sql`terminal = ${terminal}`
}

function toNews({ asOf, confirmedAt, zone, ...moved }: NewsRow): TerminalNews {
  return {
    asOf,
    confirmedAt,
    zone,
    arrived: { containers: moved.arrivedContainers, teu: moved.arrivedTeu },
    dispatched: { containers: moved.dispatchedContainers, teu: moved.dispatchedTeu },
  }
}

function compareTexts(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  return a.localeCompare(b, 'ru')
}
