import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import { answersMustWait } from '../deliveries/telegram-gate.ts'
import { compileOnce } from '../platform/statements/compile-once.ts'
import { statementOf } from '../platform/statements/typed-rows.ts'
import { bindLookup, type BoundLookup, type NewLookup, recording } from './lookups.ts'
import { toStorable } from './storable-json.ts'

export interface AnswerTerms {
  readonly holder: string
  /** Kept until the update is closed, so that what was cut off can be shown. */
  readonly answers: object | undefined
  /** Recorded with the mark; none for an update that asks about no numbers. */
  readonly question?: NewLookup | undefined
}

/**
 * `now`: the answers may leave. `later`: they belong into the ledger, since earlier ones of the chat wait there, Telegram has
 * refused the chat, or sending is paused. `lost`: the claim was lost, and the transaction must be rolled back.
 */
export type AnsweringStart = 'now' | 'later' | 'lost'

/** Marks that the effects are committed (call it last in their transaction). */
export async function beginAnswering(
  db: Db,
  updateId: number,
  { holder, answers, question }: AnswerTerms,
): Promise<AnsweringStart> {
  const json = answers === undefined ? null : toStorable(answers).json
  const { rows } = question
    ? await updateAsked(db, { json, holder, ...bindLookup({ ...question, updateId }) })
    : await updateAnswering(db, { json, updateId, holder })
  const [row] = rows
  if (!row) return 'lost'
  return row.mustWait ? 'later' : 'now'
}

interface BoundAnswering {
  readonly json: string | null
  readonly updateId: number
  readonly holder: string
}

const updateAnswering = compileOnce((db, bound: BoundAnswering) => marking(bound).compile(db))

/** The mark and the record of the question in one statement. */
const updateAsked = compileOnce((db, bound: BoundAnswering & BoundLookup) =>
  statementOf(
    { mustWait: sql<boolean>`must_wait` },
    (list) => sql`
    with begun as (${marking(bound)}), recorded as (${recording(bound, sql`begun`)})
    select ${list} from begun`,
  ).compile(db),
)

function marking({ json, updateId, holder }: BoundAnswering) {
  const mustWait = sql<boolean>`${answersMustWait}
      or exists (select 1 from chat_pace
        where chat_pace.chat_id = telegram_update.chat_id and refused_until > clock_timestamp())
      or exists (select 1 from delivery
        where delivery.chat_id = telegram_update.chat_id and answers_update is not null
          and status in ('pending', 'retry', 'sending'))`
  return statementOf(
    { mustWait },
    (list) => sql`
    update telegram_update set answering_at = now(), answers = ${json}::jsonb
    where update_id = ${updateId} and claimed_by = ${holder} and claimed_until > clock_timestamp()
      and answering_at is null and done_at is null
    returning ${list}`,
  )
}
