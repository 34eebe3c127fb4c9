import { randomBytes } from 'node:crypto'
import { type Outcome, telegramUpdates } from '@atermtrack/data'
import { commonTexts as texts } from '@atermtrack/messages'
import { retry } from '@atermtrack/runtime'
import { type CollectedAnswers, createAnswers } from '../../routing/answers.ts'
import { chatOf } from '../update-facts.ts'
import type { ClaimedWork } from './answer-update.ts'
import { recordFailure } from './record-failure.ts'
import { sendAnswers, type UnsentCall } from './send-answers.ts'
import { storeUnsent } from './store-unsent.ts'

/** The part of the answers that is stored while they are sent. */
export type KeptAnswers = Pick<CollectedAnswers, 'calls' | 'reader'>

export interface Sent extends KeptAnswers {
  readonly unsent: readonly UnsentCall[]
}

/** A handler that failed runs again after so long. */
const retryAfterMs = 500
/** A write is repeated for about 10 s while the database is away. */
const writePausesMs = [100, 200, 400, 800, 1_600, 2_000, 2_000, 2_000]

/** The answers to store; undefined for an empty answer. */
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

/** Lets this process or another one claim the update again after a delay. */
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

/** An answer in the ledger counts as given: the ledger records its outcome. */
function worstOf(unsent: readonly UnsentCall[]): Outcome {
  const statuses = new Set(unsent.map(({ status }) => status))
  if (statuses.has('unknown')) return 'unknown'
  return statuses.has('failed') ? 'failed' : 'handled'
}

/** Releases an update whose handler failed, so that it runs once more. */
export async function tryAgain(work: ClaimedWork, error: unknown): Promise<void> {
  work.logger.warn({ err: error }, 'handling failed, it will be tried again')
  await unlessAway(() => releaseUpdate(work, retryAfterMs), work, error)
}

/** Apologises for the failure, with a code that the log contains too. */
export async function apologise(work: ClaimedWork, error: unknown): Promise<void> {
  const { db, holder, claimed, update, languages, logger, onCommitted } = work
  const reference = createReference()
  const collector = createAnswers(update)
  collector.say(texts[languages.of(update)].failed(reference))
  const answers = collector.collected()
  const begin = () => telegramUpdates.beginAnswering(db, claimed.updateId, { holder, answers: toKeep(answers) })
  const start = await unlessAway(begin, work, error)
  if (start === undefined || start === 'lost') return
  onCommitted()
  logger.error({ err: error, reference }, 'handling failed')
  const recorded = recordFailure(work, { update, reference, error })
  const calls = await work.progress.replaceBy(answers.calls)
  const unsent = await sendAnswers(calls, { ...work, mustWait: start === 'later' })
  await recorded
  await closeUpdate(work, { calls, unsent, reader: answers.reader }, 'failed')
}

/**
 * Records how a failure goes on. While the database is away nothing can be written: the update stays open and is answered when the
 * database comes back, and the person gets one notice about that.
 */
async function unlessAway<T>(write: () => Promise<T>, work: ClaimedWork, failure: unknown): Promise<T | undefined> {
  const { claimed, update, signal, progress, notices, languages, logger } = work
  try {
    return await write()
  } catch (error) {
    if (signal.aborted) throw error
    const { reference: shown } = notices.of(claimed.updateId)
    const reference = shown ?? createReference()
    logger.error({ err: failure, reference }, 'handling failed and the database is away, the update stays open')
    if (shown !== undefined) return undefined
    // Kept when the database takes it again.
    notices.record(claimed.updateId, { reference, failure })
    await progress.showNotice(texts[languages.of(update)].delayed(reference))
    return undefined
  }
}

/** A code that a person can read aloud and a search in the log finds. */
function createReference(): string {
  return randomBytes(3).toString('hex')
}
