import type { TrainCode } from '@atermtrack/domain'
import { type NotNull, type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { holdsVisibleRow, isRosterRowVisible, type Scope } from '../visibility/visibility.ts'
import { selectRow, selectRows } from '../platform/statements/typed-rows.ts'
import { isOnTripOfRoster } from './roster-trip.ts'

/** A train of the terminal by the newest list of it. */
export interface TrainView {
  readonly code: string
  readonly destination: string | null
  /** Where its containers change wagons (перегруз). */
  readonly transshipmentStation: string | null
  /** When the list was sent. */
  readonly sentAt: Date
  /** Those in scope, in the order of the list, seen or not. */
  readonly rows: readonly TrainRow[]
}

export interface TrainRow {
  readonly container: string
  readonly client: string | null
  readonly waybill: string | null
}

export interface TrainSummary {
  readonly code: string
  readonly destination: string | null
  readonly sentAt: Date
  readonly containers: number
}

/** The trains that somebody asks for. */
export interface AskedTrains {
  /** Those that are known, in no particular order. To whom nothing of a train is visible it is unknown. */
  readonly known: readonly TrainView[]
  /** When not all are known: codes of trains with something in scope that share their number or year with one, the newest first. */
  readonly similar: readonly string[]
}

export const noTrains: AskedTrains = { known: [], similar: [] }

/** The trains of the codes with their rows in scope, in one statement. */
export async function find(db: Db, codes: readonly string[], scope: Scope): Promise<AskedTrains> {
  if (codes.length === 0) return noTrains
  const row = await selectRow(db, { trains: selectTrains(codes, scope) }, (list) => sql`select ${list}`)
  return row ? toTrains(row.trains) : noTrains
}

/** Trains as PostgreSQL puts them into JSON. */
export interface TrainsJson {
  readonly known: readonly (Omit<TrainView, 'sentAt'> & { readonly sentAt: string })[] | null
  readonly similar: readonly string[] | null
}

/** The value behind `find`, for a statement that reads more; `toTrains` reads it. */
export function selectTrains(codes: readonly string[], scope: Scope): RawBuilder<TrainsJson> {
  return sql`(
    with known as materialized (
      select roster.train_code as "code", roster.destination as "destination", roster.sent_at as "sentAt",
        train.transshipment_station as "transshipmentStation",
        coalesce(
          jsonb_agg(jsonb_build_object('container', "row".container, 'client', "row".client, 'waybill', "row".waybill)
            order by "row".row_number) filter (where "row".container is not null),
          '[]'
        ) as "rows"
      from current_train_roster as roster
      left join train on train.code = roster.train_code
      left join train_roster_row as "row" on "row".workbook_id = roster.workbook_id
      where roster.train_code = any(${codes}::text[]) and ${isRosterRowVisible(scope)}
      group by roster.train_code, roster.destination, roster.sent_at, train.transshipment_station
    )
    select jsonb_build_object('known', (select jsonb_agg(to_jsonb(known)) from known), 'similar', (
      select jsonb_agg(roster.train_code order by roster.train_code desc)
      from current_train_roster as roster
      where (select count(*) from known) < ${codes.length} and (
        right(roster.train_code, 3) = any(${codes.map((code) => code.slice(-3))}::text[])
        or left(roster.train_code, 3) = any(${codes.map((code) => code.slice(0, 3))}::text[])
      ) and ${holdsVisibleRow(scope, sql.ref('roster.workbook_id'))}
    ))
  )`
}

export function toTrains({ known, similar }: TrainsJson): AskedTrains {
  return {
    known: (known ?? []).map((train) => ({ ...train, sentAt: new Date(train.sentAt) })),
    similar: similar ?? [],
  }
}

/**
 * The trains of the terminal on whose present trip containers are, by container. The containers are those that the reader sees, who therefore
 * sees the newest list of each as well.
 */
export async function codesOf(db: Db, containers: readonly string[]): Promise<ReadonlyMap<string, TrainCode>> {
  if (containers.length === 0) return new Map()
  const columns = { container: sql<string>`line.container`, code: sql<TrainCode>`list.train_code` }
  const rows = await selectRows(
    db,
    columns,
    (selected) => sql`
    select ${selected}
    from train_roster_row as line
    join current_train_roster as list on list.workbook_id = line.workbook_id
    join position on position.container = line.container
    where line.container = any(${[...containers]}::text[]) and line.is_newest and ${isOnTripOfRoster}`,
  )
  return new Map(rows.map(({ container, code }) => [container, code]))
}

/** The codes that end in a number, of trains that carry something in scope, the newest list first. */
export async function findCodes(db: Db, number: string, scope: Scope): Promise<readonly TrainCode[]> {
  const rows = await db
    .selectFrom('currentTrainRoster as roster')
    .select('roster.trainCode as code')
    .where(sql<boolean>`right(roster.train_code, 3) = ${number}`)
    .where(holdsVisibleRow(scope, sql.ref('roster.workbookId')))
    .orderBy('roster.sentAt', 'desc')
    .orderBy('roster.trainCode', 'desc')
    .limit(mostCodes)
    .$narrowType<{ code: NotNull }>()
    .execute()
  return rows.map(({ code }) => code as TrainCode)
}

/** A number comes once a year. */
const mostCodes = 6

/** The containers on the lists of trains, without a check of scope. */
export function containersOf(codes: readonly string[]): RawBuilder<string[]> {
  return sql`array(
    select line.container from train_roster_row as line
    join current_train_roster as roster on roster.workbook_id = line.workbook_id
    where roster.train_code = any(${codes}::text[]))`
}

/** A page of all trains that carry something in scope, those with the newest lists first. An empty list carries nothing. */
export async function list(
  db: Db,
  { offset, limit, scope }: { readonly offset: number; readonly limit: number; readonly scope: Scope },
): Promise<{ readonly total: number; readonly rows: readonly TrainSummary[] }> {
  const rows = await db
    .with('page', (eb) =>
      eb
        .selectFrom('currentTrainRoster as roster')
        .select(['roster.trainCode as code', 'roster.workbookId', 'roster.destination', 'roster.sentAt'])
        .select(sql<number>`count(*) over ()`.as('total'))
        .where(holdsVisibleRow(scope, sql.ref('roster.workbookId')))
        .orderBy('roster.sentAt', 'desc')
        .orderBy('roster.trainCode', 'desc')
        .offset(offset)
        .limit(limit),
    )
    .selectFrom('page')
    .select(['page.code', 'page.destination', 'page.sentAt', 'page.total'])
    .select((eb) =>
      eb
        .selectFrom('trainRosterRow as row')
        .select(sql<number>`count(*)`.as('containers'))
        .whereRef('row.workbookId', '=', 'page.workbookId')
        .where(isRosterRowVisible(scope))
        .as('containers'),
    )
    .orderBy('page.sentAt', 'desc')
    .orderBy('page.code', 'desc')
    .$narrowType<{ code: NotNull; sentAt: NotNull; containers: NotNull }>()
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...train }) => train) }
}
