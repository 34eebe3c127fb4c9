import type { AttentionDecision, Scope } from '@atermtrack/domain'
import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'

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
    .select(sql<string | null>`nullif(concat_ws(' ', person.first_name, person.last_name), '')`.as('takenByName'))
    .where('circle', '=', circle)
    .where('attentionMark.container', '=', sql<string>`any(${[...containers]}::text[])`)
    .execute()
}

/** Whose mark it is, and about which trip of which container. */
export interface MarkPlace {
  readonly circle: number
  readonly container: string
  readonly tripId: number | null
}

/** Takes a container in hand; false when somebody of the circle has it already. */
export async function take(tx: Db, place: MarkPlace, personId: number): Promise<boolean> {
  await forgetFormerTrip(tx, place)
  const row = await tx
    .insertInto('attentionMark')
    .values({ ...place, takenBy: personId, takenAt: sql<Date>`now()` })
    .onConflict((conflict) =>
      conflict
        .columns(['circle', 'container'])
        .doUpdateSet({ takenBy: personId, takenAt: sql<Date>`now()`, changedAt: sql<Date>`now()` })
        .where('attentionMark.takenBy', 'is', null),
    )
    .returning('container')
    .executeTakeFirst()
  return row !== undefined
}

/** The part of a mark that anybody of the circle may change. */
export type MarkChange = Partial<{
  readonly takenBy: null
  readonly laterUntil: Date | null
  readonly hiddenState: string | null
  readonly note: string | null
}>

/** Changes what is named, and leaves the rest of the mark of this trip as it is. */
export async function change(tx: Db, place: MarkPlace, fields: MarkChange, personId: number): Promise<void> {
  await forgetFormerTrip(tx, place)
  const changed = {
    ...fields,
    ...(fields.takenBy === null && { takenAt: null }),
    ...((fields.laterUntil !== undefined || fields.hiddenState !== undefined) && { hiddenBy: personId }),
    ...(fields.note !== undefined && { noteBy: personId }),
    changedAt: sql<Date>`now()`,
  }
  await tx
    .insertInto('attentionMark')
    .values({ ...place, ...changed })
    .onConflict((conflict) => conflict.columns(['circle', 'container']).doUpdateSet(changed))
    .execute()
}

async function forgetFormerTrip(tx: Db, { circle, container, tripId }: MarkPlace): Promise<void> {
  await tx
    .deleteFrom('attentionMark')
    .where('circle', '=', circle)
    .where('container', '=', container)
    .where('tripId', 'is distinct from', tripId)
    .execute()
}
