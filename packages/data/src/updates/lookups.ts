import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { type ContainerLinks, linksColumns, selectLinks, toLinks } from '../trains/container-links.ts'
import type { AskedNumbers } from '../positions/positions.ts'
import { type AskedTrains, noTrains, selectTrains, toTrains, type TrainsJson } from '../trains/trains.ts'
import { isTripOver } from '../trips/trip-over-sql.ts'
import { isListedBy } from '../subscriptions/watch-lists.ts'
import { isVisible, type Scope } from '../visibility/visibility.ts'
import { joinScope, type ScopeShape, splitScope } from '../visibility/scope-shape.ts'
import { arrayText } from '../platform/statements/array-text.ts'
import { compileOnce } from '../platform/statements/compile-once.ts'
import { joinedColumns, joinedRows, statementOf } from '../platform/statements/typed-rows.ts'

/** The numbers that somebody asked about, as they are recorded. */
export interface Lookup extends AskedNumbers {
  readonly mistyped: readonly string[]
}

export interface NewLookup {
  readonly personId: number
  readonly updateId: number
  readonly asked: Lookup
  /** How many of the numbers somebody knows. */
  readonly found: number
}

/** The data of an answer besides the positions. */
export interface Background {
  readonly links: readonly ContainerLinks[]
  /** How near to the person each known container is: 0 in a list of their own, 1 on a trip that is not over, 2 known at all. */
  readonly tiers: ReadonlyMap<string, number>
  readonly isWatched: boolean
  /** The newest dislocation report; undefined while there is none. */
  readonly newest: { readonly stamp: Date; readonly confirmedAt: Date | null } | undefined
  readonly trains: AskedTrains
}

/** A question with its lists as the texts of arrays. */
export type BoundLookup = Omit<NewLookup, 'asked'> & Readonly<Record<keyof Lookup, string>>

export function bindLookup({ asked, ...lookup }: NewLookup): BoundLookup {
  const { containers, wagons, waybills, mistyped } = asked
  return {
    ...lookup,
    containers: arrayText(containers),
    wagons: arrayText(wagons),
    waybills: arrayText(waybills),
    mistyped: arrayText(mistyped),
  }
}

/** The statement that records a question where `source` has a row, for a `with`; a repeated update is recorded once. */
export function recording(lookup: BoundLookup, source: RawBuilder<unknown>): RawBuilder<unknown> {
  const { personId, updateId, found, containers, wagons, waybills, mistyped } = lookup
  return sql`
    insert into lookup (person_id, update_id, found, containers, wagons, waybills, mistyped)
    select ${personId}::bigint, ${updateId}::bigint, ${found}::integer, ${containers}::text[], ${wagons}::text[],
      ${waybills}::text[], ${mistyped}::text[]
    from ${source}
    on conflict (update_id) do nothing`
}

/** Records a question and asks for the workbook that answers it, in one statement. A repeated update gets the first row. */
export async function insertWithReport(
  db: Db,
  lookup: NewLookup,
  report: { readonly chatId: number; readonly threadId?: number | undefined; readonly containers: readonly string[] },
): Promise<{ readonly id: number }> {
  const { personId, updateId } = lookup
  return db
    .with('recorded', (qb) =>
      qb
        .insertInto('lookup')
        .values(toRow(lookup))
        .onConflict((conflict) => conflict.column('updateId').doNothing())
        .returning('id'),
    )
    .insertInto('report')
    .values({
      kind: 'lookup',
      personId,
      updateId,
      chatId: report.chatId,
      threadId: report.threadId,
      containers: [...report.containers],
      plannedAt: sql<Date>`now()`,
    })
    .onConflict((conflict) =>
      // Only an update returns the row that is there.
      conflict.column('updateId').doUpdateSet((eb) => ({ updateId: eb.ref('excluded.updateId') })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
}

/** A person's own question; undefined when it is somebody else's or forgotten. */
export async function find(db: Db, updateId: number, personId: number): Promise<Lookup | undefined> {
  return db
    .selectFrom('lookup')
    .select(['containers', 'wagons', 'waybills', 'mistyped'])
    .where('updateId', '=', updateId)
    .where('personId', '=', personId)
    .executeTakeFirst()
}

/** Reads the data besides the positions in one statement. Containers out of scope have neither links nor tiers. */
export async function findBackground(
  db: Db,
  asked: {
    readonly linksOf: readonly string[]
    readonly tiersOf: readonly string[]
    /** The container whose card is shown. */
    readonly watched?: string | undefined
    /** Codes of trains. */
    readonly trains?: readonly string[] | undefined
  },
  { personId, scope }: { readonly personId: number; readonly scope: Scope },
): Promise<Background> {
  const { linksOf, tiersOf, watched = null, trains = [] } = asked
  const { shape, companyId } = splitScope(scope)
  const { rows } = await selectBackground(
    db,
    { linksOf, tiersOf: arrayText(tiersOf), watched, personId, companyId },
    { scope: shape, trains },
  )
  const [first] = rows
  return {
    links: joinedRows(rows, linksColumns, 'container').map(toLinks),
    tiers: new Map(Object.entries(first?.tiers ?? {})),
    isWatched: first?.isWatched ?? false,
    newest: first?.newestStamp ? { stamp: first.newestStamp, confirmedAt: first.newestConfirmedAt } : undefined,
    trains: trainsOf(rows),
  }
}

interface BoundBackground {
  readonly linksOf: readonly string[]
  /** As the text of an array. */
  readonly tiersOf: string
  readonly watched: string | null
  readonly personId: number
  readonly companyId: number | undefined
}

const selectBackground = compileOnce((db, bound: BoundBackground, shape: BackgroundShape) => {
  const { linksOf, tiersOf, watched, personId, companyId } = bound
  const scope = joinScope(shape.scope, companyId)
  const { trains } = shape
  // Once, and not with each of the links.
  const asJson = sql<TrainsJson | null>`case when row_number() over () = 1 then ${selectTrains(trains, scope)} end`
  return statementOf(
    { ...backgroundColumns, trains: trains.length > 0 ? asJson : sql<TrainsJson | null>`null::jsonb` },
    (list) => sql`
    select ${list} from (
      select newest.stamp as newest_stamp, newest.confirmed_at as newest_confirmed_at, (
        select jsonb_object_agg(position.container, case
          when ${isListedBy(personId, sql.ref('position.container'), 'any')} then 0
          when not coalesce(${isTripOver}, false) then 1
          else 2 end)
        from position left join trip on trip.id = position.trip_id
        where position.container = any(${tiersOf}::text[]) and ${isVisible(scope, sql.ref('position.container'))}
      ) as tiers, ${isListedBy(personId, sql`${watched}::text`, 'watched')} as is_watched
      from (values (1)) as always
      left join lateral (
        select stamp, confirmed_at from workbook
        where kind = 'dislocation' and status = 'imported' order by stamp desc limit 1
      ) as newest on true
    ) as once
    left join (${selectLinks(linksOf, scope)}) as linked on true`,
  ).compile(db)
})

interface BackgroundShape {
  readonly scope: ScopeShape
  readonly trains: readonly string[]
}

const backgroundColumns = {
  newestStamp: sql<Date | null>`once.newest_stamp`,
  newestConfirmedAt: sql<Date | null>`once.newest_confirmed_at`,
  tiers: sql<Readonly<Record<string, number>> | null>`once.tiers`,
  isWatched: sql<boolean>`once.is_watched`,
  ...joinedColumns('linked', linksColumns),
}

function trainsOf(rows: readonly { readonly trains: TrainsJson | null }[]): AskedTrains {
  const json = rows.find((row) => row.trains)?.trains
  return json ? toTrains(json) : noTrains
}

function toRow({ asked, ...lookup }: NewLookup) {
  const { containers, wagons, waybills, mistyped } = asked
  return {
    ...lookup,
    containers: [...containers],
    wagons: [...wagons],
    waybills: [...waybills],
    mistyped: [...mistyped],
  }
}
