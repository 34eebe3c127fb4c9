import type { AttentionDecision, Scope } from '@atermtrack/domain'
import { sql } from 'kysely'
import { fullName } from '../people/names.ts'
import type { Db } from '../platform/client.ts'
import { rowList } from '../platform/statements/row-list.ts'

/** The decisions of people about a container, with the names of those who made them. */
export interface AttentionMark extends AttentionDecision {
  readonly container: string
  readonly takenBy: number | null
  readonly takenByName: string | null
  readonly takenAt: Date | null
  readonly note: string | null
  /** The trip that the container is on now; a mark of another trip does not count. */
  readonly presentTripId: number | null
}

/**
 * The circle of people who share their marks: those of a company, or (0) those who see everything. Undefined for somebody who sees
 * nothing.
 */
export function circleOf(scope: Scope): number | undefined {
  if (scope.kind === 'nothing') return undefined
  return scope.kind === 'company' ? scope.companyId : 0
}

/** The marks that those who see this scope have put on the containers, in one statement. One of a former trip has another `tripId`. */
export async function findMarks(
  db: Db,
  containers: readonly string[],
  scope: Scope,
): Promise<readonly AttentionMark[]> {
  const circle = circleOf(scope)
  if (circle === undefined || containers.length === 0) return []
  return db
    .selectFrom('attentionMark')
    .leftJoin('person', 'person.id', 'takenBy')
    .leftJoin('position', 'position.container', 'attentionMark.container')
    .select([
      'attentionMark.container',
      'attentionMark.tripId',
      'takenBy',
      'takenAt',
      'laterUntil',
      'hiddenState',
      'note',
    ])
    .select('position.tripId as presentTripId')
    .select(fullName().as('takenByName'))
    .where('circle', '=', circle)
    .where('attentionMark.container', '=', sql<string>`any(${[...containers]}::text[])`)
    .execute()
}

/** A container, and its trip that a mark is about. */
export interface MarkedTrip {
  readonly container: string
  readonly tripId: number | null
}

/** Takes containers in hand, in two statements; returns those that nobody of the circle had before. */
export async function take(
  tx: Db,
  circle: number,
  trips: readonly MarkedTrip[],
  personId: number,
): Promise<readonly string[]> {
  await forgetFormerTrips(tx, circle, trips)
  const rows = await tx
    .insertInto('attentionMark')
    .values(
      trips.map(({ container, tripId }) => ({
        circle,
        container,
        tripId,
        takenBy: personId,
        takenAt: sql<Date>`now()`,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['circle', 'container'])
        .doUpdateSet({ takenBy: personId, takenAt: sql<Date>`now()`, changedAt: sql<Date>`now()` })
        .where('attentionMark.takenBy', 'is', null),
    )
    .returning('container')
    .execute()
  return rows.map(({ container }) => container)
}

/** The part of a mark that anybody of the circle may change. */
export type MarkChange = Partial<{
  readonly takenBy: null
  readonly laterUntil: Date | null
  readonly hiddenState: string | null
  readonly note: string | null
}>

/** Changes the named fields, the same of every container, and leaves the rest of the marks of these trips as it is; in two statements. */
export async function change(
  tx: Db,
  circle: number,
  changes: readonly (MarkedTrip & { readonly fields: MarkChange })[],
  personId: number,
): Promise<void> {
  await forgetFormerTrips(tx, circle, changes)
  const rows = changes.map(({ container, tripId, fields }) => ({
    circle,
    container,
    tripId,
    ...changedBy(fields, personId),
  }))
  const changed = Object.keys(changedBy(changes[0]?.fields ?? {}, personId))
  if (rows.length === 0) return
  await tx
    .insertInto('attentionMark')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['circle', 'container'])
        .doUpdateSet(Object.fromEntries(changed.map((column) => [column, sql.ref(`excluded.${column}`)]))),
    )
    .execute()
}

function changedBy(fields: MarkChange, personId: number) {
  return {
    ...fields,
    ...(fields.takenBy === null && { takenAt: null }),
    ...((fields.laterUntil !== undefined || fields.hiddenState !== undefined) && { hiddenBy: personId }),
    ...(fields.note !== undefined && { noteBy: personId }),
    changedAt: sql<Date>`now()`,
  }
}

async function forgetFormerTrips(tx: Db, circle: number, trips: readonly MarkedTrip[]): Promise<void> {
  const present = rowList(
    'present',
    { container: 'text', tripId: 'bigint' },
    trips.map(({ container, tripId }) => ({ container, tripId })),
  )
  await sql`
    delete from attention_mark using ${present}
    where circle = ${circle} and attention_mark.container = present.container
      and attention_mark.trip_id is distinct from present.trip_id`.execute(tx)
}
