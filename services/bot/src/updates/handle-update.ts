import { randomBytes } from 'node:crypto'
import { type ClaimedUpdate, type Db, type Outcome, telegramUpdates } from '@atermtrack/data'
import { commonTexts as texts } from '@atermtrack/messages'
import { deliveryPriority } from '@atermtrack/queue'
import type { Logger } from 'pino'
import type { Update } from 'telegraf/types'
import { anybody, type CollectedAnswers, createAnswers, type Answers } from '../routing/answers.ts'
import type { SendingHealth } from '../deliveries/sending-health.ts'
import type { Producers } from '../producers.ts'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { createBatches } from './receiving/batches.ts'
import { handOver } from './answering/hand-over.ts'
import { insist } from './answering/insist.ts'
import { type Company, keepCompany, type Patience } from './answering/keep-company.ts'
import type { KnownLanguages } from './known-languages.ts'
import { createOpenUpdates, type OpenUpdates } from './open-updates.ts'
import { putInPlace } from './answering/put-in-place.ts'
import { type LeftCall, sendAnswers } from './answering/send-answers.ts'

/** Works out the effects of an update within a transaction and collects the answers to it. */
export type RunUpdate = (tx: Db, update: Update, answers: Answers) => Promise<void>

export interface HandleUpdateOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly health: SendingHealth
  readonly producers: { readonly sendTelegram: Pick<Producers['sendTelegram'], 'ring'> }
  readonly run: RunUpdate
  /** Who claims updates in this process. */
  readonly holder: string
  readonly logger: Logger
  readonly timeLimitMs?: number
  /** Whether an update is for the bot. */
  readonly isMeant: (update: Update) => Promise<boolean>
  readonly languages: Pick<KnownLanguages, 'of'>
  readonly patience?: Patience | undefined
}

/** `onCommitted` is called when only the sending of answers is left, which needs nothing but time. */
export type HandleUpdate = (update: ClaimedUpdate, signal: AbortSignal, onCommitted: () => void) => Promise<void>

/** A handler that failed is tried once more, for what was the database's fault. */
const attempts = 2
const retryAfterMs = 500
/** An update that so many processes have not survived is the reason for it. */
const maxClaims = 20
/** Each has a connection of its own. When so many chats answer slowly, the ledger sends the rest. */
const mostSendings = 250

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
  readonly company: Company
  readonly open: OpenUpdates
  readonly finish: (outcome: Outcome) => Promise<void>
  readonly onCommitted: () => void
  /** How many updates of this process are being answered. */
  readonly sendings: { count: number }
}

/** What is to be sent, once the effects are committed. */
interface Committed {
  readonly answers: CollectedAnswers
  readonly mustWait: boolean
}

/**
 * Handles one claimed update: the effects and the mark that they are done are committed together, only then answers leave.
 * Cut off before the commit, it is handled anew by whoever claims it next; cut off after it, never again.
 */
export function createHandleUpdate(options: HandleUpdateOptions): HandleUpdate {
  const finishing = createBatches<Ended>((ended) => finishAll(options.db, ended))
  const open = createOpenUpdates()
  const sendings = { count: 0 }
  return async (claimed, signal, onCommitted) => {
    const { updateId } = claimed
    const logger = options.logger.child({ updateId })
    const finish = (outcome: Outcome) => {
      open.forget(updateId)
      return finishing({ updateId, outcome, signal })
    }
    const update = claimed.payload as Update
    if (claimed.answeringAt) {
      logger.warn('an earlier answer was cut off, nobody knows whether it arrived')
      const { calls, reader } = (claimed.answers ?? { calls: [], reader: anybody }) as KeptAnswers
      const left = calls.map((call) => ({ call, status: 'unknown', error: 'cut in the middle of sending' }) as const)
      return close({ ...options, update, claimed, signal, finish }, { calls, left, reader })
    }
    if (claimed.claims > maxClaims) {
      logger.error({ claims: claimed.claims }, 'given up on an update that no process survives')
      return finish('failed')
    }
    const onPlaceholder = (messageId: number) => {
      open.note(updateId, { messageId })
      return notePlaceholder({ db: options.db, logger }, updateId, messageId)
    }
    const placeholderId = claimed.placeholderId ?? open.of(updateId).messageId ?? null
    const company = keepCompany({ update, placeholderId }, { ...options, logger, signal, onPlaceholder })
    const hand = { ...options, logger, claimed, update, signal, company, open, finish, onCommitted, sendings }
    try {
      await answer(hand)
    } finally {
      await company.end()
    }
  }
}

async function answer(hand: Hand): Promise<void> {
  const committed = await commitEffects(hand)
  if (!committed) return
  hand.onCommitted()
  const { calls, works } = committed.answers
  const sent = await send(committed, hand)
  await Promise.all(works.map((work) => work()))
  if (calls.length === 0 && works.length === 0) return hand.finish('ignored')
  await close(hand, sent)
}

/** What is kept of the answers while they leave. */
type KeptAnswers = Pick<CollectedAnswers, 'calls' | 'reader'>

function toKeep({ calls, reader }: CollectedAnswers): KeptAnswers | undefined {
  return calls.length === 0 ? undefined : { calls, reader }
}

interface Sent extends KeptAnswers {
  readonly left: readonly LeftCall[]
}

/** Sends in the place of what was shown meanwhile. */
async function send({ answers, mustWait }: Committed, hand: Hand): Promise<Sent> {
  const { update, company, sendings } = hand
  const calls = putInPlace(answers.calls, await company.end(), chatOf(update))
  const isCrowded = sendings.count >= mostSendings
  sendings.count += 1
  try {
    return {
      reader: answers.reader,
      calls,
      left: await sendAnswers(calls, { ...hand, mustWait: mustWait || isCrowded }),
    }
  } finally {
    sendings.count -= 1
  }
}

function chatOf(update: Update): number | undefined {
  if ('callback_query' in update) return update.callback_query.message?.chat.id
  return 'message' in update ? update.message.chat.id : undefined
}

/** Closes the update; what is left of its answer goes into the ledger in the same transaction. */
async function close(
  hand: Pick<Hand, 'db' | 'producers' | 'update' | 'claimed' | 'signal' | 'finish'>,
  { calls, left, reader }: Sent,
  failure?: 'failed',
): Promise<void> {
  const { db, producers, update, claimed, signal, finish } = hand
  const outcome = failure ?? worstOf(left)
  if (left.length === 0) return finish(outcome)
  const from = { updateId: claimed.updateId, update, chatId: chatOf(update), calls, reader }
  const queued = await insist(() => handOver(db, { ...from, left, outcome }), signal)
  for (const { id: deliveryId } of queued) {
    await producers.sendTelegram.ring({ deliveryId }, { priority: deliveryPriority.answer })
  }
}

/** An answer in the ledger counts as given: how it ends stands there. */
function worstOf(left: readonly LeftCall[]): Outcome {
  const statuses = new Set(left.map(({ status }) => status))
  if (statuses.has('unknown')) return 'unknown'
  return statuses.has('failed') ? 'failed' : 'handled'
}

/** Without the note the placeholder stays when another process has to answer, which is no reason to fail. */
async function notePlaceholder(
  { db, logger }: Pick<HandleUpdateOptions, 'db' | 'logger'>,
  updateId: number,
  messageId: number,
): Promise<void> {
  await telegramUpdates
    .notePlaceholder(db, updateId, messageId)
    .catch((error: unknown) => logger.warn({ err: error }, 'could not note the placeholder'))
}

/** Undefined when there is nothing to answer: the claim was lost, handed back, or the failure was told already. */
async function commitEffects(hand: Hand): Promise<Committed | undefined> {
  const { db, run, holder, claimed, update, logger, signal, timeLimitMs = 30_000 } = hand
  try {
    return await db.transaction().execute(async (tx) => {
      const answers = createAnswers(update)
      await within(timeLimitMs, run(tx, update, answers), signal)
      const collected = answers.collected()
      const terms = { holder, answers: toKeep(collected) }
      const start = await telegramUpdates.beginAnswering(tx, claimed.updateId, terms)
      if (start === 'lost') throw new ClaimLost()
      return { answers: collected, mustWait: start === 'later' }
    })
  } catch (error) {
    if (error instanceof ClaimLost) logger.warn('the claim of this update was lost to another process')
    else if (signal.aborted) await giveBack(hand, 0)
    else if (claimed.claims < attempts) await tryAgain(hand, error)
    else await apologise(hand, error)
    return undefined
  }
}

async function tryAgain(hand: Hand, error: unknown): Promise<void> {
  hand.logger.warn({ err: error }, 'handling failed, it will be tried again')
  await unlessAway(() => giveBack(hand, retryAfterMs), hand, error)
}

async function apologise(hand: Hand, error: unknown): Promise<void> {
  const { db, holder, claimed, update, languages, logger, onCommitted } = hand
  const reference = createReference()
  const collector = createAnswers(update)
  collector.say(texts[languages.of(update)].failed(reference))
  const answers = collector.collected()
  const begin = () => telegramUpdates.beginAnswering(db, claimed.updateId, { holder, answers: toKeep(answers) })
  const start = await unlessAway(begin, hand, error)
  if (start === undefined || start === 'lost') return
  onCommitted()
  logger.error({ err: error, reference }, 'handling failed')
  await close(hand, await send({ answers, mustWait: start === 'later' }, hand), 'failed')
}

/**
 * Writes how a failure goes on. While the database is away nothing can be written: the update stays open and is answered when it
 * comes back, and who waits is told so, once.
 */
async function unlessAway<T>(write: () => Promise<T>, hand: Hand, failure: unknown): Promise<T | undefined> {
  const { claimed, update, signal, company, open, languages, logger } = hand
  try {
    return await write()
  } catch (error) {
    if (signal.aborted) throw error
    const { reference: told } = open.of(claimed.updateId)
    const reference = told ?? createReference()
    logger.error({ err: failure, reference }, 'handling failed and the database is away, the update stays open')
    if (told !== undefined) return undefined
    open.note(claimed.updateId, { reference })
    await company.tell(texts[languages.of(update)].delayed(reference))
    return undefined
  }
}

/** What somebody can read out, and a search in the log finds. */
function createReference(): string {
  return randomBytes(3).toString('hex')
}

interface Ended {
  readonly updateId: number
  readonly outcome: Outcome
  readonly signal: AbortSignal
}

async function finishAll(db: Db, ended: readonly Ended[]): Promise<void> {
  const [first] = ended
  if (first) await insist(() => telegramUpdates.finishMany(db, ended), first.signal)
}

async function giveBack({ db, holder, claimed, signal }: Hand, afterMs: number): Promise<void> {
  await insist(() => telegramUpdates.release(db, [claimed.updateId], { holder, afterMs }), signal)
}

/** Work that goes on for longer, or beyond the signal, finds its transaction rolled back. */
function within<T>(ms: number, work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => {
      clearTimeout(timer)
      signal.removeEventListener('abort', onAbort)
      settle()
    }
    const giveUp = (reason: string) => end(() => reject(new Error(reason)))
    const onAbort = () => giveUp('called off')
    const timer = setTimeout(giveUp, ms, `no result within ${ms} ms`)
    signal.addEventListener('abort', onAbort)
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    )
    if (signal.aborted) onAbort()
  })
}
