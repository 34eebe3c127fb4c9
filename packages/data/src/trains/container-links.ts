import { terminalTransport, type TerminalTransport, type WallTime } from '@atermtrack/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { isCurrent } from '../terminals/terminal-visits.ts'
import { textList } from '../platform/text-list.ts'
import { type RowOf, statementOf } from '../platform/statements/typed-rows.ts'

/** The links of a container that the railway does not report: the terminal where it stands or stood last, and the train whose list names it last. */
export interface ContainerLinks {
  readonly container: string
  readonly stay: TerminalStay | undefined
  /** The last visit, where it has ended; then there is no stay. */
  readonly departure?: TerminalDeparture | undefined
  readonly train: TrainLink | undefined
}

/** A visit to a terminal, as far as cards and reports name it. */
export interface LinkedVisit {
  readonly terminal: string | null
  readonly direction: string | null
  readonly stock: string | null
  /** Whose container it is by the terminal. */
  readonly client?: string | null
  readonly arrivedWall: WallTime | null
  /** Stamp of the newest report about the stay. */
  readonly asOf: Date
  /** Zone of the terminal's own times. */
  readonly zone: string | null
}

/** A visit that has not ended. */
export interface TerminalStay extends LinkedVisit {
  readonly size: string | null
  readonly isLoaded: boolean | null
  readonly isAtCustoms: boolean | null
  readonly isDamaged: boolean | null
  readonly arrivedAt: Date | null
  /** Stamp of the newest report of the terminal, until which the days on site count. */
  readonly reportedAt: Date
}

/** A visit that has ended. */
export interface TerminalDeparture extends LinkedVisit {
  readonly leftWall: WallTime | null
  readonly by: TerminalTransport | undefined
}

export interface TrainLink {
  readonly code: string
  readonly destination: string | null
  /** When the list was sent. */
  readonly sentAt: Date
  /** The waybill of the container by the list. */
  readonly waybill: string | null
  /** Whose container it is by the list. */
  readonly client?: string | null
}

/** The links of those of `containers` in scope that have any, in one statement and in no particular order. */
export async function findMany(
  db: Db,
  containers: readonly string[],
  scope: Scope,
): Promise<readonly ContainerLinks[]> {
  if (containers.length === 0) return []
  const { rows } = await selectLinks(containers, scope).execute(db)
  return rows.map(toLinks)
}

export const linksColumns = {
  container: sql<string>`asked.container`,
  terminal: sql<string | null>`stay.terminal`,
  direction: sql<string | null>`stay.direction`,
  stock: sql<string | null>`stay.stock`,
  size: sql<string | null>`stay.size`,
  isLoaded: sql<boolean | null>`stay.is_loaded`,
  isAtCustoms: sql<boolean | null>`stay.is_at_customs`,
  isDamaged: sql<boolean | null>`stay.is_damaged`,
  arrivedAt: sql<Date | null>`stay.arrived_at`,
  arrivedWall: sql<WallTime | null>`stay.arrived_wall`,
  reportedAt: sql<Date | null>`stay.reported_at`,
  asOf: sql<Date | null>`stay.as_of`,
  onSite: sql<boolean | null>`stay.on_site`,
  leftWall: sql<WallTime | null>`stay.left_wall`,
  transport: sql<string | null>`stay.transport`,
  vehicle: sql<string | null>`stay.vehicle`,
  place: sql<string | null>`stay.place`,
  zone: sql<string | null>`stay.zone`,
  code: sql<string | null>`train.code`,
  destination: sql<string | null>`train.destination`,
  sentAt: sql<Date | null>`train.sent_at`,
  waybill: sql<string | null>`train.waybill`,
  stayClient: sql<string | null>`stay.stay_client`,
  trainClient: sql<string | null>`train.train_client`,
}
export type LinksRow = RowOf<typeof linksColumns>

/** The statement behind `findMany`; `toLinks` reads its rows. */
export function selectLinks(containers: readonly string[], scope: Scope): RawBuilder<LinksRow> {
  return statementOf(
    linksColumns,
    (list) => sql`
    select ${list}
    from unnest(${textList(containers)}) as asked (container)
    left join lateral (
      select visit.terminal, visit.direction, visit.stock, visit.client as stay_client, visit.size,
        (visit.fields ->> 'isLoaded')::boolean as is_loaded,
        (visit.fields ->> 'isAtCustoms')::boolean as is_at_customs, (visit.fields ->> 'isDamaged')::boolean as is_damaged,
        visit.arrived_at, visit.arrived_wall, visit.stamp as as_of, visit.on_site, visit.dispatched_wall as left_wall, visit.fields ->> 'dispatchTransport' as transport,
        visit.fields ->> 'dispatchVehicle' as vehicle, visit.fields ->> 'dispatchTo' as place, (
        select workbook.zone from terminal_sighting sighting join workbook on workbook.id = sighting.workbook_id
        where sighting.container = visit.container and sighting.visit_key = visit.visit_key
        order by sighting.stamp desc limit 1
      ) as zone, ${newestReportOf('visit')} as reported_at
      from terminal_visit as visit
      where visit.container = asked.container and ${isCurrent('visit')}
      limit 1
    ) as stay on true
    left join lateral (
      select roster.train_code as code, coalesce(roster.destination, line.destination) as destination, roster.sent_at,
        line.waybill, line.client as train_client
      from train_roster_row as line
      join train_roster as roster on roster.workbook_id = line.workbook_id
      where line.container = asked.container and line.is_newest
      limit 1
    ) as train on true
    where (stay.as_of is not null or train.code is not null) and ${isVisible(scope, sql.ref('asked.container'))}`,
  )
}

/** The stamp of the newest report of the terminal of a visit on site; only a comparison with `=` or `is null` uses the index. */
function newestReportOf(visit: string): RawBuilder<unknown> {
  const [onSite, terminal] = [sql.ref(`${visit}.on_site`), sql.ref(`${visit}.terminal`)]
  return sql`
    case when not ${onSite} then null
      when ${terminal} is null then (select max(stamp) from terminal_visit where terminal is null)
      else (select max(stamp) from terminal_visit where terminal = ${terminal}) end`
}

export function toLinks(row: LinksRow): ContainerLinks {
  const { container, code, destination, sentAt, waybill, trainClient } = row
  const visit = toVisit(row)
  const isOver = row.onSite === false
  return {
    container,
    stay: visit && !isOver ? { ...visit, ...toStay(row, visit.asOf) } : undefined,
    departure: visit && isOver ? { ...visit, leftWall: row.leftWall, by: terminalTransport(row) } : undefined,
    train: code === null || sentAt === null ? undefined : { code, destination, sentAt, waybill, client: trainClient },
  }
}

function toVisit({ asOf, stayClient: client, ...row }: LinksRow): LinkedVisit | undefined {
  const { terminal, direction, stock, arrivedWall, zone } = row
  return asOf === null ? undefined : { terminal, direction, stock, arrivedWall, zone, client, asOf }
}

function toStay({ size, isLoaded, isAtCustoms, isDamaged, arrivedAt, reportedAt }: LinksRow, asOf: Date) {
  return { size, isLoaded, isAtCustoms, isDamaged, arrivedAt, reportedAt: reportedAt ?? asOf }
}
