import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { UserFromGetMe } from 'telegraf/types'
import type { Intake } from '../config.ts'
import type { TelegramApi } from '../telegram/telegram-api.ts'
import { retryCalls } from '../telegram/retry-calls.ts'
import { type AnswerUpdateOptions, createAnswerUpdate } from './answering/answer-update.ts'
import { createKnownLanguages } from './answering/known-languages.ts'
import { createRunUpdate, type RunUpdateOptions } from './answering/run-update.ts'
import { startUpdateWorker, type UpdateWorkerOptions } from './answering/update-worker.ts'
import type { StoreUpdates } from './receiving/arrived-update.ts'
import { startPolling } from './receiving/poll-updates.ts'
import { startWebhook } from './receiving/webhook/webhook.ts'
import { isMeant } from './update-facts.ts'

type Answering = Omit<AnswerUpdateOptions, 'run' | 'holder' | 'isMeant' | 'languages' | 'timeLimitMs'>
type Running = Omit<RunUpdateOptions, 'bot' | 'languages'>

export interface UpdatesOptions extends Answering, Running, Pick<UpdateWorkerOptions, 'graceMs'> {
  readonly intake: Intake
  readonly handlerTimeLimitMs: number
  /** Time after which another process takes over the updates and the lease of a dead one. */
  readonly leaseSeconds: number
  /** Interval at which Telegram is asked about the webhook. */
  readonly webhookLookMs?: number
}

export interface RunningUpdates extends AsyncDisposable {
  /** Rejects while no updates come in. */
  checkIntake(): Promise<void>
  /** Rejects while updates cannot be handled. */
  checkWork(): Promise<void>
  /** The address that receives Telegram's calls in webhook mode. */
  readonly webhookPort: number | undefined
  /** Rejects when Telegram does not accept the token: the bot cannot go on. */
  readonly failed: Promise<never>
}

/** Starts to receive, store, claim and answer updates. It waits neither for Telegram nor for Redis. */
export async function startUpdates(options: UpdatesOptions): Promise<RunningUpdates> {
  const { db, api, logger, health, leaseSeconds, graceMs } = options
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const stop = new AbortController()
  const failure = createFailure()
  const identity = identify({ api, logger, signal: stop.signal, onRevoked: failure.fail })
  const languages = createKnownLanguages()
  const answer = createAnswerUpdate({
    ...options,
    holder,
    languages,
    run: createRunUpdate({ ...options, bot: identity, languages }),
    timeLimitMs: options.handlerTimeLimitMs,
    isMeant: async (update) => isMeant(update, await identity),
  })
  const limits = { claimSeconds: leaseSeconds, ...(graceMs !== undefined && { graceMs }) }
  const worker = startUpdateWorker({ db, answer, holder, logger, ready: identity, ...limits })
  const close = async () => {
    stop.abort()
    await worker[Symbol.asyncDispose]()
  }
  const intake = await startIntake(options, {
    holder,
    store: worker.store,
    onRevoked: failure.fail,
    onRefused: (waitMs) => void health.pause('refused', waitMs),
  }).catch(async (error: unknown) => {
    await close()
    throw error
  })
  return {
    checkIntake: () => intake.check(),
    checkWork: () => worker.check(),
    webhookPort: intake.port,
    failed: failure.promise,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await intake[Symbol.asyncDispose]()
      await close()
    },
  }
}

interface IntakeParts {
  readonly holder: string
  readonly store: StoreUpdates
  readonly onRevoked: () => void
  readonly onRefused: (waitMs: number) => void
}

async function startIntake(options: UpdatesOptions, parts: IntakeParts) {
  const { db, api, logger, intake, leaseSeconds, webhookLookMs } = options
  if (intake.mode === 'polling')
    return { ...startPolling({ db, api, logger, leaseSeconds, ...parts }), port: undefined }
  const looking = webhookLookMs === undefined ? {} : { lookMs: webhookLookMs }
  return startWebhook({ api, logger, store: parts.store, ...looking, ...intake })
}

interface IdentityOptions extends Pick<UpdatesOptions, 'logger'> {
  readonly api: TelegramApi
  readonly signal: AbortSignal
  readonly onRevoked: () => void
}

/** Asks Telegram for the bot's name. Never rejects; after a stop or a refusal it stays pending, and nothing waits for it. */
function identify({ api, logger, signal, onRevoked }: IdentityOptions): Promise<UserFromGetMe> {
  return new Promise((resolve) => {
    const what = 'ask telegram who the bot is'
    retryCalls(() => api.call<UserFromGetMe>('getMe', {}, { signal }), { what, logger, signal })
      .then((bot) => bot && resolve(bot))
      .catch((error: unknown) => {
        logger.fatal({ err: error }, 'telegram does not accept the token')
        onRevoked()
      })
  })
}

function createFailure() {
  let fail: () => void = () => undefined
  const promise = new Promise<never>((_resolve, reject) => {
    fail = () => reject(new Error('telegram does not accept the token'))
  })
  // The rejection must not kill a process that does not watch the promise.
  promise.catch(() => undefined)
  return { promise, fail }
}
