import { sql } from 'kysely'
import type { Db } from './client.ts'

export interface ArrivedUpdate {
  readonly updateId: number
  /** The chat that orders it, or the person where there is no chat. */
  readonly chatId: number
  readonly payload: object
}

export interface ClaimedUpdate {
  readonly updateId: number
  readonly chatId: number
  readonly payload: unknown
  /** How often it was claimed, this time included. */
  readonly claims: number
  /** Set when an earlier claimant was cut off after its effects were committed: it must not be handled again. */
  readonly answeringAt: Date | null
}

export type Outcome = 'handled' | 'ignored' | 'failed' | 'unknown'

/** Stores updates in their order; those seen before are left out. Returns how many were new. */
export async function insertMany(db: Db, updates: readonly ArrivedUpdate[]): Promise<number> {
  if (updates.length === 0) return 0
  const result = await db
    .insertInto('telegramUpdate')
    .values(updates.map(({ payload, ...update }) => ({ ...update, payload: JSON.stringify(payload, storable) })))
    .onConflict((conflict) => conflict.column('updateId').doNothing())
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0n)
}

/** Claims up to `limit` updates, of each chat only the oldest open one, for `seconds`. */
export async function claim(
  db: Db,
  { holder, limit, seconds }: { readonly holder: string; readonly limit: number; readonly seconds: number },
): Promise<readonly ClaimedUpdate[]> {
  return db
    .with('next', (qb) =>
      qb
        .selectFrom('telegramUpdate as candidate')
        .select('candidate.updateId')
        .where('candidate.doneAt', 'is', null)
        .where((eb) =>
          eb.or([eb('candidate.claimedUntil', 'is', null), eb('candidate.claimedUntil', '<', sql<Date>`now()`)]),
        )
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('telegramUpdate as older')
                .select('older.updateId')
                .whereRef('older.chatId', '=', 'candidate.chatId')
                .whereRef('older.seq', '<', 'candidate.seq')
                .where('older.doneAt', 'is', null),
            ),
          ),
        )
        .orderBy('candidate.seq')
        .limit(limit)
        .forUpdate()
        .skipLocked(),
    )
    .updateTable('telegramUpdate')
    .from('next')
    .set((eb) => ({ claimedBy: holder, claimedUntil: until(seconds), claims: eb('telegramUpdate.claims', '+', 1) }))
    .whereRef('telegramUpdate.updateId', '=', 'next.updateId')
    .returning([
      'telegramUpdate.updateId',
      'telegramUpdate.chatId',
      'telegramUpdate.payload',
      'telegramUpdate.claims',
      'telegramUpdate.answeringAt',
    ])
    .execute()
}

/** Prolongs the claims that `holder` still has on these. */
export async function renew(
  db: Db,
  updateIds: readonly number[],
  { holder, seconds }: { readonly holder: string; readonly seconds: number },
): Promise<void> {
  await db
    .updateTable('telegramUpdate')
    .set({ claimedUntil: until(seconds) })
    .where('updateId', 'in', updateIds)
    .where('claimedBy', '=', holder)
    .where('doneAt', 'is', null)
    .execute()
}

/**
 * Marks that the effects are committed (call it last in their transaction) and answers may leave. False when the claim was
 * lost meanwhile: then the transaction must be rolled back.
 */
export async function beginAnswering(db: Db, updateId: number, holder: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('telegramUpdate')
    .set({ answeringAt: sql<Date>`now()` })
    .where('updateId', '=', updateId)
    .where('claimedBy', '=', holder)
    .where('claimedUntil', '>', sql<Date>`clock_timestamp()`)
    .where('answeringAt', 'is', null)
    .where('doneAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Closes an update. */
export async function finish(db: Db, updateId: number, outcome: Outcome): Promise<void> {
  await db
    .updateTable('telegramUpdate')
    .set({ doneAt: sql<Date>`now()`, outcome })
    .where('updateId', '=', updateId)
    .where('doneAt', 'is', null)
    .execute()
}

/** Hands back updates whose effects are not committed; they may be claimed anew after `afterMs`. */
export async function release(
  db: Db,
  updateIds: readonly number[],
  { holder, afterMs }: { readonly holder: string; readonly afterMs: number },
): Promise<void> {
  if (updateIds.length === 0) return
  await db
    .updateTable('telegramUpdate')
    .set({ claimedBy: null, claimedUntil: until(afterMs / 1000) })
    .where('updateId', 'in', updateIds)
    .where('claimedBy', '=', holder)
    .where('answeringAt', 'is', null)
    .where('doneAt', 'is', null)
    .execute()
}

/** PostgreSQL holds neither NUL nor lone surrogates in jsonb, and one such text would refuse the whole batch. */
function storable(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/[\0\p{Cs}]/gu, '') : value
}

function until(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`
}
