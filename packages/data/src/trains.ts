import { type NotNull, type RawBuilder, sql } from 'kysely'
import type { Db } from './client.ts'
import { isAnyRosterRowVisible, isRosterRowVisible, type Scope } from './visibility.ts'

/** A train of the terminal by the newest list of it. */
export interface TrainView {
  readonly code: string
  readonly destination: string | null
  /** Where its boxes change wagons (перегруз). */
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
  readonly boxes: number
}

/**
 * Those of the trains that are known, with their rows in scope, in one statement and in no particular order. To whom nothing of
 * a train is visible it is unknown.
 */
export async function find(db: Db, codes: readonly string[], scope: Scope): Promise<readonly TrainView[]> {
  if (codes.length === 0) return []
  const lines = await db
    .selectFrom('currentTrainRoster as roster')
    .leftJoin('train', 'train.code', 'roster.trainCode')
    .leftJoin('trainRosterRow as row', 'row.workbookId', 'roster.workbookId')
    .select(['roster.trainCode as code', 'roster.destination', 'roster.sentAt', 'train.transshipmentStation'])
    .select(['row.container', 'row.client', 'row.waybill'])
    .where('roster.trainCode', '=', sql<string>`any(${codes})`)
    .where(isRosterRowVisible(scope))
    .orderBy('row.rowNumber')
    .$narrowType<{ code: NotNull; sentAt: NotNull }>()
    .execute()
  const trains = new Map<string, TrainView & { readonly rows: TrainRow[] }>()
  for (const { container, client, waybill, ...head } of lines) {
    const train = trains.get(head.code) ?? { ...head, rows: [] }
    trains.set(head.code, train)
    if (container !== null) train.rows.push({ container, client, waybill })
  }
  return [...trains.values()]
}

/** A page of all trains that carry something in scope, those with the newest lists first. */
export async function list(
  db: Db,
  { offset, limit, scope }: { readonly offset: number; readonly limit: number; readonly scope: Scope },
): Promise<{ readonly total: number; readonly rows: readonly TrainSummary[] }> {
  const rows = await db
    .selectFrom('currentTrainRoster as roster')
    .select(['roster.trainCode as code', 'roster.destination', 'roster.sentAt'])
    .select((eb) => [
      eb
        .selectFrom('trainRosterRow as row')
        .select(sql<number>`count(*)`.as('boxes'))
        .whereRef('row.workbookId', '=', 'roster.workbookId')
        .where(isAnyRosterRowVisible(scope))
        .as('boxes'),
      sql<number>`count(*) over ()`.as('total'),
    ])
    .where(carriesAny(scope))
    .orderBy('roster.sentAt', 'desc')
    .orderBy('roster.trainCode', 'desc')
    .offset(offset)
    .limit(limit)
    .$narrowType<{ code: NotNull; sentAt: NotNull; boxes: NotNull }>()
    .execute()
  return { total: rows[0]?.total ?? 0, rows: rows.map(({ total: _total, ...train }) => train) }
}

/** Codes of trains with something in scope that share their number or their year with one of `codes`, the newest first. */
export async function listSimilar(db: Db, codes: readonly string[], scope: Scope): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('currentTrainRoster as roster')
    .select('trainCode')
    .where(carriesAny(scope))
    .where((eb) =>
      eb.or([
        eb(sql<string>`right(train_code, 3)`, '=', sql<string>`any(${codes.map((code) => code.slice(-3))})`),
        eb(sql<string>`left(train_code, 3)`, '=', sql<string>`any(${codes.map((code) => code.slice(0, 3))})`),
      ]),
    )
    .orderBy('trainCode', 'desc')
    .$narrowType<{ trainCode: NotNull }>()
    .execute()
  return rows.map(({ trainCode }) => trainCode)
}

/** An empty list of a train is nobody's. */
function carriesAny(scope: Scope): RawBuilder<boolean> {
  if (scope.kind === 'all') return sql`true`
  return sql`exists (
    select 1 from train_roster_row as "row" where "row".workbook_id = roster.workbook_id and ${isAnyRosterRowVisible(scope)})`
}
