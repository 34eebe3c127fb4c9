import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { selectRow } from '../platform/statements/typed-rows.ts'

/** `refused`: several chats, or the token, got 429. `unclear`: calls ended without a clear answer. `token`: it is not accepted. */
export type PauseReason = 'refused' | 'unclear' | 'token'

export interface Pause {
  readonly reason: PauseReason
  readonly since: Date
}

/** No 429 stops all deliveries for longer than this; after it they show by themselves whether it still holds. */
export const longestPauseMs = 5 * 60_000

const refusalWindowSeconds = 10
const chatsThatMeanAll = 3
const unclearThatMeanAll = 3
const firstUnclearPauseSeconds = 5
const longestUnclearPauseSeconds = 60
/** Longer than the one call of a probe and the recording of its outcome. */
const probeSeconds = 90
/** A pause that begins so soon after another one continues it. */
const samePauseSeconds = 60

/** Closes the gate for `ms`, at most `longestPauseMs`; a longer pause that runs already stays. */
export async function close(db: Db, { reason, ms }: { readonly reason: PauseReason; readonly ms: number }) {
  await sql`
    update telegram_gate set reason = ${reason}, closed_at = ${pauseStart}, reported_at = ${reportOfPause},
      closed_until = greatest(closed_until, ${later(Math.min(ms, longestPauseMs) / 1_000)}), probing_until = null`.execute(
    db,
  )
}

/**
 * Records a 429 of a chat: nothing is sent there before it is over. The gate closes when it is the third chat within 10 s, over
 * all replicas, and no call of this process had a clear answer in between (`clearAgoMs`). True when it closed.
 */
export async function recordRefusal(
  db: Db,
  { chatId, waitMs, clearAgoMs }: { readonly chatId: number; readonly waitMs: number; readonly clearAgoMs: number },
): Promise<boolean> {
  const windowSeconds = Math.min(refusalWindowSeconds, clearAgoMs / 1_000)
  const counted = await selectRow(
    db,
    { others: sql<number>`count(*)` },
    (list) => sql`
    with recorded as (
      insert into chat_pace (chat_id, next_at, refused_at, refused_until)
      values (${chatId}, ${later(waitMs / 1_000)}, clock_timestamp(), ${later(waitMs / 1_000)})
      on conflict (chat_id) do update set refused_at = excluded.refused_at,
        next_at = greatest(chat_pace.next_at, excluded.next_at),
        refused_until = greatest(chat_pace.refused_until, excluded.refused_until)
    )
    select ${list} from chat_pace
    where refused_at > clock_timestamp() - make_interval(secs => ${windowSeconds}) and chat_id <> ${chatId}`,
  )
  if ((counted?.others ?? 0) < chatsThatMeanAll - 1) return false
  await close(db, { reason: 'refused', ms: waitMs })
  return true
}

/**
 * Records a call that ended without a clear answer. The third in a row closes the gate, over all replicas; a failed probe keeps it
 * closed for longer each time, up to a minute. True when the gate is closed now.
 */
export async function recordUnclear(db: Db, { isProbe }: { readonly isProbe: boolean }): Promise<boolean> {
  const isEnough = sql`unclear_in_a_row + 1 >= ${sql.lit(unclearThatMeanAll)}`
  const probes = isProbe ? sql`failed_probes + 1` : sql`failed_probes`
  const seconds = sql`least(${sql.lit(longestUnclearPauseSeconds)}, ${sql.lit(firstUnclearPauseSeconds)} * 2 ^ least(${probes}, 10))`
  const gate = await selectRow(
    db,
    { isClosed: sql<boolean>`not ${isOpen}` },
    (list) => sql`
    update telegram_gate set unclear_in_a_row = unclear_in_a_row + 1,
      failed_probes = ${probes},
      reason = case when ${isEnough} then 'unclear' else reason end,
      closed_at = case when ${isEnough} then ${pauseStart} else closed_at end,
      reported_at = case when ${isEnough} then ${reportOfPause} else reported_at end,
      closed_until = case when ${isEnough}
        then greatest(closed_until, clock_timestamp() + make_interval(secs => ${seconds})) else closed_until end,
      probing_until = case when ${isProbe} then null else probing_until end
    returning ${list}`,
  )
  return gate?.isClosed ?? false
}

/**
 * Records a clear answer: it ends a series of unclear ones, and the pause that these caused. Returns the pause that it ended, unless
 * another end was announced within the last 10 minutes: a line that comes and goes is one piece of news.
 */
export async function recordClear(db: Db): Promise<Pause | undefined> {
  const columns = {
    reason: sql<PauseReason | null>`before.reason`,
    since: sql<Date | null>`before.closed_at`,
    isNews: sql<boolean | null>`before.is_news`,
  }
  const row = await selectRow(
    db,
    columns,
    (list) => sql`
    with before as (
      select id, reason, closed_at,
        reason in ('unclear', 'token') and coalesce(announced_at < now() - interval '10 min', true) as is_news
      from telegram_gate
      where ${hasSeries} for update
    )
    update telegram_gate set unclear_in_a_row = 0, failed_probes = 0,
      reason = case when telegram_gate.reason in ('unclear', 'token') then null else telegram_gate.reason end,
      closed_until = case when telegram_gate.reason in ('unclear', 'token') then null else telegram_gate.closed_until end,
      announced_at = case when is_news then now() else announced_at end,
      probing_until = null
    from before where telegram_gate.id = before.id
    returning ${list}`,
  )
  if (!row?.isNews || row.since === null || row.reason === null) return undefined
  return { reason: row.reason, since: row.since }
}

/** Whether a clear answer would change anything: read before it is recorded, since nearly every answer is clear. */
export async function isTroubled(db: Db): Promise<boolean> {
  const { rows } = await sql`select from telegram_gate where ${hasSeries}`.execute(db)
  return rows.length > 0
}

const hasSeries = sql`(unclear_in_a_row > 0 or reason in ('unclear', 'token'))`

/** Releases the right to probe: the call surely never left, so it showed nothing. The next probe comes after a short pause. */
export async function giveUpProbe(db: Db): Promise<void> {
  await sql`update telegram_gate set probing_until = null, closed_until = ${later(firstUnclearPauseSeconds)}
    where probing_until is not null`.execute(db)
}

/** How a delivery may leave: freely, as the one probe, or not before so many ms. */
export type Passage =
  | { readonly kind: 'open' }
  | { readonly kind: 'probe' }
  | { readonly kind: 'closed'; restMs: number }

/** Asks for the right to probe once a pause is over. One delivery gets it; the others are retried. */
export async function pass(db: Db): Promise<Passage> {
  const { rows: probes } = await sql`
    update telegram_gate set probing_until = ${later(probeSeconds)}
    where reason in ('unclear', 'token') and closed_until <= clock_timestamp()
      and (probing_until is null or probing_until <= clock_timestamp())
    returning id`.execute(db)
  if (probes.length > 0) return { kind: 'probe' }
  const restMs = sql<number>`(extract(epoch from closed_until - clock_timestamp()) * 1000)::float8`
  const closed = await selectRow(db, { restMs }, (list) => sql`select ${list} from telegram_gate where not ${isOpen}`)
  if (!closed) return { kind: 'open' }
  return { kind: 'closed', restMs: Math.max(probeWaitMs, Math.ceil(closed.restMs)) }
}

/** While another delivery probes, the next look comes so soon. */
const probeWaitMs = 500

/**
 * Claims the pause that has lasted for `seconds` and was not reported yet, and marks it as reported; needs the transaction that
 * writes the report.
 */
export async function claimUnreported(tx: Db, { seconds }: { readonly seconds: number }): Promise<Pause | undefined> {
  return selectRow(
    tx,
    { reason: sql<PauseReason>`reason`, since: sql<Date>`closed_at` },
    (list) => sql`
      update telegram_gate set reported_at = now()
      where not ${isOpen} and reported_at is null and closed_at < now() - make_interval(secs => ${seconds})
      returning ${list}`,
  )
}

/** As a condition on the row of the gate. A pause for refusals ends by itself, the others with a clear answer to a probe. */
const isOpen = sql<boolean>`(reason is null or (reason = 'refused' and closed_until <= clock_timestamp()))`

/** As a condition on a row of `delivery`. */
export const mayLeave = sql<boolean>`(channel <> 'telegram' or not exists (select 1 from telegram_gate where not ${isOpen}))`

/** As a value: whether answers, too, should not be tried now. A pause for refusals is about the deliveries alone. */
export const answersMustWait = sql<boolean>`exists (select 1 from telegram_gate where reason in ('unclear', 'token'))`

const isSamePause = sql`(closed_until > clock_timestamp() - make_interval(secs => ${sql.lit(samePauseSeconds)}))`
const pauseStart = sql`case when ${isSamePause} then closed_at else clock_timestamp() end`
const reportOfPause = sql`case when ${isSamePause} then reported_at end`

function later(seconds: number) {
  return sql<Date>`clock_timestamp() + make_interval(secs => ${seconds})`
}
