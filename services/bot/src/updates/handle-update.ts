import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ClaimedUpdate, type Db, type Outcome, telegramUpdates } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { Update } from 'telegraf/types'
import { type CollectedAnswers, createAnswers, type Answers } from '../answers.ts'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { texts } from '../texts.ts'
import { insist } from './insist.ts'
import { senderOf } from './sender-of.ts'
import { sendAnswers } from './send-answers.ts'

/** Works out the effects of an update within a transaction and collects the answers to it. */
export type RunUpdate = (tx: Db, update: Update, answers: Answers) => Promise<void>

export interface HandleUpdateOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly run: RunUpdate
  /** Who claims updates in this process. */
  readonly holder: string
  readonly logger: Logger
  readonly timeLimitMs?: number
}

export type HandleUpdate = (update: ClaimedUpdate, signal: AbortSignal) => Promise<void>

/** A handler that failed is tried once more, for what was the database's fault. */
const attempts = 2
const retryAfterMs = 500
/** An update that so many processes have not survived is the reason for it. */
const maxClaims = 20

/** Another process has claimed the update meanwhile, so what was worked out here must not count. */
class ClaimLost extends Error {
  override readonly name = 'ClaimLost'
}

/** One update in hand. */
interface Hand extends HandleUpdateOptions {
  readonly claimed: ClaimedUpdate
  /** As Telegram sent it. */
  readonly update: Update
  readonly signal: AbortSignal
}

/**
 * Handles one claimed update: the effects and the mark that they are done are committed together, only then answers leave.
 * Cut off before the commit, it is handled anew by whoever claims it next; cut off after it, never again.
 */
export function createHandleUpdate(options: HandleUpdateOptions): HandleUpdate {
  return async (claimed, signal) => {
    const logger = options.logger.child({ updateId: claimed.updateId })
    const hand = { ...options, logger, claimed, update: claimed.payload as Update, signal }
    if (claimed.answeringAt) {
      logger.warn('an earlier answer was cut off, nobody knows whether it arrived')
      return finish(hand, 'unknown')
    }
    if (claimed.claims > maxClaims) {
      logger.error({ claims: claimed.claims }, 'given up on an update that no process survives')
      return finish(hand, 'failed')
    }
    const answers = await commitEffects(hand)
    if (!answers) return
    const outcome = await sendAnswers(answers.calls, hand)
    await Promise.all(answers.works.map((work) => work()))
    const isIdle = answers.calls.length === 0 && answers.works.length === 0
    await finish(hand, isIdle ? 'ignored' : outcome)
  }
}

/** Undefined when there is nothing to answer: the claim was lost, handed back, or the failure was told already. */
async function commitEffects(hand: Hand): Promise<CollectedAnswers | undefined> {
  const { db, run, holder, claimed, update, logger, signal, timeLimitMs = 30_000 } = hand
  try {
    return await db.transaction().execute(async (tx) => {
      const answers = createAnswers(update)
      await within(timeLimitMs, run(tx, update, answers), signal)
      if (!(await telegramUpdates.beginAnswering(tx, claimed.updateId, holder))) throw new ClaimLost()
      return answers.collected()
    })
  } catch (error) {
    if (error instanceof ClaimLost) logger.warn('the claim of this update was lost to another process')
    else if (signal.aborted) await giveBack(hand, 0)
    else if (claimed.claims < attempts) {
      logger.warn({ err: error }, 'handling failed, it will be tried again')
      await giveBack(hand, retryAfterMs)
    } else await apologise(hand, error)
    return undefined
  }
}

async function apologise(hand: Hand, error: unknown): Promise<void> {
  const { db, holder, claimed, update, logger } = hand
  const reference = randomBytes(3).toString('hex')
  logger.error({ err: error, reference }, 'handling failed')
  if (!(await telegramUpdates.beginAnswering(db, claimed.updateId, holder))) return
  const answers = createAnswers(update)
  const from = senderOf(update)
  answers.say(texts[from?.language_code?.startsWith('en') ? 'en' : 'ru'].failed(reference))
  await sendAnswers(answers.collected().calls, hand)
  await finish(hand, 'failed')
}

async function finish({ db, claimed, signal }: Hand, outcome: Outcome): Promise<void> {
  await insist(() => telegramUpdates.finish(db, claimed.updateId, outcome), signal)
}

async function giveBack({ db, holder, claimed, signal }: Hand, afterMs: number): Promise<void> {
  await insist(() => telegramUpdates.release(db, [claimed.updateId], { holder, afterMs }), signal)
}

/** Work that goes on for longer, or beyond the signal, finds its transaction rolled back. */
async function within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T> {
  const over = new AbortController()
  const end = () => over.abort()
  signal.addEventListener('abort', end)
  const late = delay(ms, undefined, { signal: over.signal }).then(() => {
    throw new Error(`no result within ${ms} ms`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    signal.removeEventListener('abort', end)
    end()
  }
}
