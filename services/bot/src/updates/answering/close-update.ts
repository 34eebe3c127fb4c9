import { type Outcome, telegramUpdates } from '@atermtrack/data'
import { retry } from '@atermtrack/runtime'
import type { CollectedAnswers } from '../../routing/answers.ts'
import { chatOf } from '../update-facts.ts'
import type { ClaimedWork } from './answer-update.ts'
import type { UnsentCall } from './send-answers.ts'
import { storeUnsent } from './store-unsent.ts'

/** The part of the answers that is stored while they leave. */
export type KeptAnswers = Pick<CollectedAnswers, 'calls' | 'reader'>

export interface Sent extends KeptAnswers {
  readonly unsent: readonly UnsentCall[]
}

/** A write is repeated for about 10 s while the database is away. */
const writePausesMs = [100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]

/** Nothing is stored of an empty answer. */
export function toKeep({ calls, reader }: CollectedAnswers): KeptAnswers | undefined {
  return calls.length === 0 ? undefined : { calls, reader }
}

/** Closes the update. The unsent part of its answer goes into the ledger in the same transaction. */
export async function closeUpdate(
  work: Pick<ClaimedWork, 'db' | 'queues' | 'update' | 'claimed' | 'signal' | 'finish'>,
  { calls, unsent, reader }: Sent,
  failure?: 'failed',
): Promise<void> {
  const { update, claimed, signal, finish } = work
  const outcome = failure ?? worstOf(unsent)
  if (unsent.length === 0) return finish(outcome)
  const answer = { updateId: claimed.updateId, update, chatId: chatOf(update)?.id, calls, reader }
  await retryWrite(() => storeUnsent(work, { ...answer, unsent, outcome }), signal)
}

/** Lets this process or another claim the update again, after so long. */
export async function releaseUpdate(
  { db, holder, claimed, signal }: Pick<ClaimedWork, 'db' | 'holder' | 'claimed' | 'signal'>,
  afterMs: number,
): Promise<void> {
  await retryWrite(() => telegramUpdates.release(db, [claimed.updateId], { holder, afterMs }), signal)
}

/** Repeats a write while the database is away. */
export async function retryWrite<T>(write: () => Promise<T>, signal: AbortSignal): Promise<T> {
  return retry(write, { waitMs: (_error, attempt) => writePausesMs[attempt], signal })
}

/** An answer in the ledger counts as given: its end is recorded there. */
function worstOf(unsent: readonly UnsentCall[]): Outcome {
  const statuses = new Set(unsent.map(({ status }) => status))
  if (statuses.has('unknown')) return 'unknown'
  return statuses.has('failed') ? 'failed' : 'handled'
}
