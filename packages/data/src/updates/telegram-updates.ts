import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { planEachTime } from '../platform/statements/statement-names.ts'
import { toStorable } from './storable-json.ts'
import { arrayText } from '../platform/statements/array-text.ts'
import { compileOnce } from '../platform/statements/compile-once.ts'
import { selectRows, statementOf } from '../platform/statements/typed-rows.ts'

export { type AnsweringStart, type AnswerTerms, beginAnswering } from './begin-answering.ts'

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
  /** The message that an earlier claimant showed to who waits. */
  readonly placeholderId: number | null
  /** The answers of an earlier claimant, which it was cut off from sending. */
  readonly answers: unknown
}

export type Outcome = 'handled' | 'ignored' | 'failed' | 'unknown'

/** The holder of the claimed updates, how many at most and for how long. */
export interface ClaimTerms {
  readonly holder: string
  readonly limit: number
  readonly seconds: number
}

export interface StoredUpdates {
  readonly claimed: readonly ClaimedUpdate[]
  /** How many more were new. */
  readonly left: number
}

/** Stores updates in their order; those seen before are left out. Returns how many were new. */
export async function insertMany(db: Db, updates: readonly ArrivedUpdate[]): Promise<number> {
  return (await insertClaimed(db, updates, { holder: '', limit: 0, seconds: 0 })).left
}

/**
 * Stores updates like `insertMany`, and claims at once the first of each chat that has no open one. For who alone stores
 * updates: two that store for one chat at the same time do not see each other's.
 */
export async function insertClaimed(
  db: Db,
  updates: readonly ArrivedUpdate[],
  { holder, limit, seconds }: ClaimTerms,
): Promise<StoredUpdates> {
  if (updates.length === 0) return { claimed: [], left: 0 }
  const storables = updates.map(({ payload }) => toStorable(payload))
  const { rows } = await insertArrived(db, {
    updateIds: arrayText(updates.map(({ updateId }) => updateId)),
    chatIds: arrayText(updates.map(({ chatId }) => chatId)),
    payloads: arrayText(storables.map(({ json }) => json)),
    holder,
    limit,
    seconds,
  })
  const isClaimed = new Map(rows.map((row) => [row.updateId, row.isClaimed]))
  const claimed = updates.flatMap(({ updateId, chatId }, index) =>
    isClaimed.get(updateId) === true
      ? [
          {
            updateId,
            chatId,
            payload: storables[index]?.value,
            claims: 1,
            answeringAt: null,
            placeholderId: null,
            answers: null,
          },
        ]
      : [],
  )
  return { claimed, left: rows.length - claimed.length }
}

type BoundUpdates = ClaimTerms & Readonly<Record<'updateIds' | 'chatIds' | 'payloads', string>>

/** The arrays are texts. */
const insertArrived = compileOnce((db, bound: BoundUpdates) => {
  const { updateIds, chatIds, payloads, holder, limit, seconds } = bound
  return statementOf(
    { updateId: sql<number>`update_id`, isClaimed: sql<boolean>`claims = 1` },
    (list) => sql`
    ${sql.raw(planEachTime)}
    with arrived as (
      select * from unnest(${updateIds}::bigint[], ${chatIds}::bigint[], ${payloads}::text[]) with ordinality as arrived (update_id, chat_id, payload, place)
    ), free as (
      select update_id from (select distinct on (chat_id) * from arrived order by chat_id, place) as oldest
      where not exists (
        select 1 from telegram_update where telegram_update.chat_id = oldest.chat_id and done_at is null)
      order by place limit ${limit}::integer
    )
    insert into telegram_update (update_id, chat_id, payload, claimed_by, claimed_until, claims)
    select arrived.update_id, chat_id, payload::jsonb,
      case when free.update_id is not null then ${holder} end,
      case when free.update_id is not null then ${until(seconds)} end,
      case when free.update_id is not null then 1 else 0 end
    from arrived left join free on free.update_id = arrived.update_id
    order by place
    on conflict (update_id) do nothing
    returning ${list}`,
  ).compile(db)
})

/** Claims up to `limit` updates, of each chat only the oldest open one, for `seconds`. */
export async function claim(db: Db, { holder, limit, seconds }: ClaimTerms): Promise<readonly ClaimedUpdate[]> {
  return selectRows(
    db,
    claimedUpdate,
    (list) => sql`
    ${sql.raw(planEachTime)}
    with oldest as materialized (
      select distinct on (chat_id) update_id, seq, claimed_until from telegram_update
      where done_at is null order by chat_id, seq
    ), next as (
      select update_id from telegram_update
      where update_id in (
        select update_id from oldest where claimed_until is null or claimed_until < now() order by seq limit ${limit}
      ) and done_at is null and (claimed_until is null or claimed_until < now())
      for update skip locked
    )
    update telegram_update set claimed_by = ${holder}, claimed_until = ${until(seconds)}, claims = claims + 1
    from next where telegram_update.update_id = next.update_id
    returning ${list}`,
  )
}

const claimedUpdate = {
  updateId: sql<number>`telegram_update.update_id`,
  chatId: sql<number>`chat_id`,
  payload: sql`payload`,
  claims: sql<number>`claims`,
  answeringAt: sql<Date | null>`answering_at`,
  placeholderId: sql<number | null>`placeholder_id`,
  answers: sql`answers`,
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

/** Closes an update; false when it was closed before. */
export async function finish(db: Db, updateId: number, outcome: Outcome): Promise<boolean> {
  return (await finishMany(db, [{ updateId, outcome }])) === 1
}

/** Closes updates, each with its outcome. Returns how many were open. */
export async function finishMany(
  db: Db,
  ended: readonly { readonly updateId: number; readonly outcome: Outcome }[],
): Promise<number> {
  const updateIds = arrayText(ended.map(({ updateId }) => updateId))
  const outcomes = arrayText(ended.map(({ outcome }) => outcome))
  const { numAffectedRows } = await updateEnded(db, { updateIds, outcomes })
  return Number(numAffectedRows ?? 0n)
}

/** The arrays are texts. */
const updateEnded = compileOnce((db, { updateIds, outcomes }: Readonly<Record<'updateIds' | 'outcomes', string>>) =>
  sql`
    ${sql.raw(planEachTime)}
    update telegram_update set done_at = now(), outcome = ended.outcome, answers = null
    from unnest(${updateIds}::bigint[], ${outcomes}::text[]) as ended (update_id, outcome)
    where telegram_update.update_id = ended.update_id and done_at is null`.compile(db),
)

/** Remembers the message that stands where the answer to an update is to come. */
export async function recordPlaceholder(db: Db, updateId: number, messageId: number): Promise<void> {
  await db.updateTable('telegramUpdate').set({ placeholderId: messageId }).where('updateId', '=', updateId).execute()
}

/** Releases updates whose effects are not committed; they may be claimed again after `afterMs`. */
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

function until(seconds: number) {
  return sql<Date>`now() + make_interval(secs => ${seconds})`
}

/** The text of a message that a person wrote; undefined for another's, and after the update was emptied. */
export async function findText(db: Db, updateId: number, telegramId: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('telegramUpdate')
    .select(sql<string | null>`coalesce(payload #>> '{message,text}', payload #>> '{message,caption}')`.as('text'))
    .where('updateId', '=', updateId)
    .where(sql<boolean>`(payload #>> '{message,from,id}')::bigint = ${telegramId}`)
    .executeTakeFirst()
  return row?.text ?? undefined
}
