import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ClaimedUpdate, type Db, telegramUpdates } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { Update } from 'telegraf/types'
import { type CollectedAnswers, createAnswers, type Answers } from '../answers.ts'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { texts } from '../texts.ts'
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

/**
 * Handles one claimed update: the effects and the mark that they are done are committed together, only then answers leave.
 * Cut off before the commit, it is handled anew by whoever claims it next; cut off after it, never again.
 */
export function createHandleUpdate(options: HandleUpdateOptions): HandleUpdate {
  const { db, api, run, holder, timeLimitMs = 30_000 } = options

  return async (claimed, signal) => {
    const { updateId } = claimed
    const logger = options.logger.child({ updateId })
    if (claimed.answeringAt) {
      await telegramUpdates.finish(db, updateId, 'unknown')
      return logger.warn('an earlier answer was cut off, nobody knows whether it arrived')
    }
    if (claimed.claims > maxClaims) {
      await telegramUpdates.finish(db, updateId, 'failed')
      return logger.error({ claims: claimed.claims }, 'given up on an update that no process survives')
    }
    // It was stored as Telegram sent it.
    const update = claimed.payload as Update
    const answers = await commitEffects(update, claimed, { logger, signal })
    if (!answers) return
    const outcome = await sendAnswers(answers.calls, { api, db, logger, signal })
    await Promise.all(answers.works.map((work) => work()))
    const isIdle = answers.calls.length === 0 && answers.works.length === 0
    await telegramUpdates.finish(db, updateId, isIdle ? 'ignored' : outcome)
  }

  /** Undefined when there is nothing to answer: the claim was lost, handed back, or the failure was told already. */
  async function commitEffects(
    update: Update,
    { updateId, claims }: ClaimedUpdate,
    { logger, signal }: { readonly logger: Logger; readonly signal: AbortSignal },
  ) {
    try {
      return await db.transaction().execute(async (tx) => {
        const answers = createAnswers(update)
        await within(timeLimitMs, run(tx, update, answers), signal)
        if (!(await telegramUpdates.beginAnswering(tx, updateId, holder))) throw new ClaimLost()
        return answers.collected()
      })
    } catch (error) {
      if (error instanceof ClaimLost) return logger.warn('the claim of this update was lost to another process')
      if (signal.aborted) {
        await telegramUpdates.release(db, [updateId], { holder, afterMs: 0 })
        return logger.info('the update is given back')
      }
      if (claims < attempts) {
        await telegramUpdates.release(db, [updateId], { holder, afterMs: retryAfterMs })
        return logger.warn({ err: error }, 'handling failed, it will be tried again')
      }
      return apologise(update, { updateId, error, logger })
    }
  }

  async function apologise(
    update: Update,
    { updateId, error, logger }: { readonly updateId: number; readonly error: unknown; readonly logger: Logger },
  ): Promise<undefined> {
    const reference = randomBytes(3).toString('hex')
    logger.error({ err: error, reference }, 'handling failed')
    if (!(await telegramUpdates.beginAnswering(db, updateId, holder))) return
    const answers = apology(update, reference)
    await sendAnswers(answers.calls, { api, db, logger, signal: AbortSignal.timeout(timeLimitMs) })
    await telegramUpdates.finish(db, updateId, 'failed')
  }
}

function apology(update: Update, reference: string): CollectedAnswers {
  const answers = createAnswers(update)
  const from =
    'message' in update ? update.message.from : 'callback_query' in update ? update.callback_query.from : undefined
  answers.say(texts[from?.language_code?.startsWith('en') ? 'en' : 'ru'].failed(reference))
  return answers.collected()
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
