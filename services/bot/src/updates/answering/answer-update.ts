import { type ClaimedUpdate, type Db, type Outcome, telegramUpdates } from '@atermtrack/data'
import { collectJobs, type Outbox, type Tx } from '@atermtrack/outbox'
import type { QueueJob } from '@atermtrack/queue'
import { metrics, withDeadline } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { Update } from 'telegraf/types'
import type { SendingHealth } from '../../deliveries/sending-health.ts'
import { type Answers, anybody, type CollectedAnswers, createAnswers } from '../../routing/answers.ts'
import type { TelegramApi } from '../../telegram/telegram-api.ts'
import { createBatchWriter } from './batch-writes.ts'
import { apologise, closeUpdate, type KeptAnswers, releaseUpdate, retryWrite, toKeep, tryAgain } from './end-update.ts'
import type { KnownLanguages } from './known-languages.ts'
import { type ProgressIndicator, type ProgressTiming, startProgressIndicator } from './progress-indicator.ts'
import { recordFailure } from './record-failure.ts'
import { sendAnswers } from './send-answers.ts'
import { createShownNotices, type ShownNotices } from './shown-notices.ts'

/** Works out the effects of an update within a transaction and collects the answers to it. */
export type RunUpdate = (tx: Tx, update: Update, answers: Answers) => Promise<void>

export interface AnswerUpdateOptions extends Outbox {
  readonly api: TelegramApi
  readonly health: SendingHealth
  readonly run: RunUpdate
  /** Names this process in claims. */
  readonly holder: string
  readonly logger: Logger
  readonly timeLimitMs?: number
  /** Whether an update is for the bot. */
  readonly isMeant: (update: Update) => Promise<boolean>
  readonly languages: Pick<KnownLanguages, 'of'>
  readonly progressTiming?: ProgressTiming | undefined
}

/** `onCommitted` is called when only the sending of answers is left, which needs no room among the running updates. */
export type AnswerUpdate = (update: ClaimedUpdate, signal: AbortSignal, onCommitted: () => void) => Promise<void>

/** A handler that failed runs once more: the database may have been at fault. */
const attempts = 2
/** The answers are out by then: only the next update of the chat waits for so long, and one statement closes several updates. */
const gatherMs = 20
/** An update that so many processes have not survived is the cause of their deaths. */
const maxClaims = 20

/** Another process has claimed the update meanwhile, so the effects of this one must not count. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

/** One claimed update on its way to its answer. */
export interface ClaimedWork extends AnswerUpdateOptions {
  readonly claimed: ClaimedUpdate
  /** As Telegram sent it. */
  readonly update: Update
  readonly signal: AbortSignal
  readonly progress: ProgressIndicator
  readonly notices: ShownNotices
  readonly finish: (outcome: Outcome) => Promise<void>
  readonly onCommitted: () => void
  /** The number of updates that this process is answering. */
  readonly sendings: { count: number }
}

/**
 * Answers one claimed update: the effects and the mark that they are done are committed together, and answers leave only then. An
 * update interrupted before the commit runs again in the process that claims it next; after the commit it never runs again.
 */
export function createAnswerUpdate(options: AnswerUpdateOptions): AnswerUpdate {
  const finishing = createBatchWriter<Ended>((ended) => finishAll(options.db, ended), { gatherMs })
  const notices = createShownNotices()
  const sendings = { count: 0 }
  return async (claimed, signal, onCommitted) => {
    const { updateId } = claimed
    const logger = options.logger.child({ updateId })
    const update = claimed.payload as Update
    const startedAt = performance.now()
    const finish = async (outcome: Outcome) => {
      const { reference, failure: error } = notices.of(updateId)
      notices.forget(updateId)
      metrics.updates.add({ outcome })
      metrics.answerDuration.observe({ kind: kindOf(update) }, (performance.now() - startedAt) / 1_000)
      await finishing({ updateId, outcome, signal })
      if (reference !== undefined) await recordFailure({ db: options.db, logger }, { update, reference, error })
    }
    if (claimed.answeringAt) {
      logger.warn('an earlier answer was interrupted, it is unknown whether it arrived')
      return closeCutOff({ ...options, update, claimed, signal, finish })
    }
    if (claimed.claims > maxClaims) {
      logger.error({ claims: claimed.claims }, 'gave up an update that no process survives')
      return finish('failed')
    }
    const onPlaceholder = (messageId: number) => {
      notices.record(updateId, { messageId })
      return storePlaceholder({ db: options.db, logger }, updateId, messageId)
    }
    const placeholderId = claimed.placeholderId ?? notices.of(updateId).messageId ?? null
    const progress = startProgressIndicator({ update, placeholderId }, { ...options, logger, signal, onPlaceholder })
    try {
      await answer({ ...options, logger, claimed, update, signal, progress, notices, finish, onCommitted, sendings })
    } finally {
      await progress.end()
    }
  }
}

async function answer(work: ClaimedWork): Promise<void> {
  const committed = await commitEffects(work)
  if (!committed) return
  work.onCommitted()
  const { jobs, mustWait } = committed
  const { calls: collected, works, reader } = committed.answers
  const calls = await work.progress.replaceBy(collected)
  const unsent = await sendAnswers(calls, { ...work, mustWait })
  // The answer leaves first: a requested file does not overtake it, and the person does not wait for Redis.
  await work.queues.wake(jobs)
  await Promise.all(works.map((later) => later()))
  if (collected.length === 0 && works.length === 0 && jobs.length === 0) return work.finish('ignored')
  await closeUpdate(work, { calls, unsent, reader })
}

/** The answer that leaves once the effects are committed. */
interface Committed {
  readonly answers: CollectedAnswers
  /** To be enqueued after it. */
  readonly jobs: readonly QueueJob[]
  readonly mustWait: boolean
}

/** Undefined when there is nothing to answer: the claim was lost or released, or the failure is reported already. */
async function commitEffects(work: ClaimedWork): Promise<Committed | undefined> {
  const { db, run, holder, claimed, update, logger, signal, timeLimitMs = 30_000 } = work
  try {
    const { collect, jobs } = collectJobs()
    return await db.transaction().execute(async (transaction) => {
      const tx = collect(transaction)
      const answers = createAnswers(update)
      // Work that goes on for longer, or beyond the signal, finds its transaction rolled back.
      await withDeadline(run(tx, update, answers), { ms: timeLimitMs, signal })
      const collected = answers.collected()
      const { question } = collected
      const terms = { holder, answers: toKeep(collected), question }
      const start = await telegramUpdates.beginAnswering(tx, claimed.updateId, terms)
      if (start === 'lost') throw new ClaimLost()
      return { answers: collected, jobs, mustWait: start === 'later' }
    })
  } catch (error) {
    if (error instanceof ClaimLost) logger.warn('the claim of this update was lost to another process')
    else if (signal.aborted) await releaseUpdate(work, 0)
    else if (claimed.claims < attempts) await tryAgain(work, error)
    else await apologise(work, error)
    return undefined
  }
}

/** Closes an interrupted update: it is unknown which calls of the stored answer arrived. */
async function closeCutOff(work: Parameters<typeof closeUpdate>[0]): Promise<void> {
  const { calls, reader } = (work.claimed.answers ?? { calls: [], reader: anybody }) as KeptAnswers
  const unsent = calls.map((call) => ({ call, status: 'unknown', error: 'cut in the middle of sending' }) as const)
  await closeUpdate(work, { calls, unsent, reader })
}

/** A placeholder that is not stored stays in the chat when another process answers, which is no reason to fail. */
async function storePlaceholder(
  { db, logger }: Pick<AnswerUpdateOptions, 'db' | 'logger'>,
  updateId: number,
  messageId: number,
): Promise<void> {
  await telegramUpdates
    .recordPlaceholder(db, updateId, messageId)
    .catch((error: unknown) => logger.warn({ err: error }, 'could not store the placeholder'))
}

function kindOf(update: Update): 'press' | 'message' | 'other' {
  if ('callback_query' in update) return 'press'
  return 'message' in update ? 'message' : 'other'
}

interface Ended {
  readonly updateId: number
  readonly outcome: Outcome
  readonly signal: AbortSignal
}

async function finishAll(db: Db, ended: readonly Ended[]): Promise<void> {
  const [first] = ended
  if (first) await retryWrite(() => telegramUpdates.finishMany(db, ended), first.signal)
}
