import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { type Db, telegramUpdates } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import type { Logger } from 'pino'
import type { UserFromGetMe } from 'telegraf/types'
import { startBackgroundWork } from './background-work.ts'
import { createChatCommands } from './routing/chat-commands.ts'
import type { Intake } from './config.ts'
import { createSendingHealth } from './deliveries/sending-health.ts'
import type { Handle } from './routing/feature.ts'
import type { Composition } from './features/compose-features.ts'
import type { UsageLimits } from './limits/limits.ts'
import type { Producers } from './producers.ts'
import { publishCommands } from './routing/publish-commands.ts'
import { createRouter } from './routing/router.ts'
import type { TelegramApi } from './telegram/telegram-api.ts'
import { createHandleUpdate } from './updates/handle-update.ts'
import { isMeant } from './updates/is-meant.ts'
import type { Patience } from './updates/answering/keep-company.ts'
import { keepTrying } from './updates/answering/keep-trying.ts'
import { createKnownLanguages, type KnownLanguages } from './updates/known-languages.ts'
import { startPolling } from './updates/receiving/poll-updates.ts'
import { createRunUpdate, type RunUpdateOptions } from './updates/run-update.ts'
import { startWebhook } from './updates/receiving/webhook/webhook.ts'
import { startUpdateWork, type UpdateWork } from './updates/work-updates.ts'

export interface BotOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly logger: Logger
  readonly producers: Pick<Producers, 'sendTelegram'>
  readonly composition: Composition
  readonly scheduleZone: string
  readonly intake: Intake
  /** Who may use the bot, and what they see. */
  readonly policy: AccessPolicy
  /** A group that no admin has let in for so many days is left. */
  readonly unknownGroupDays?: number
  readonly limits: UsageLimits
  readonly now?: () => Date
  /** How long a closing bot waits for the updates in hand. */
  readonly graceMs?: number
  readonly handlerTimeLimitMs?: number
  /** When somebody who waits for an answer is shown that it is coming. */
  readonly patience?: Patience
  /** How soon another process takes over what this one held when it died. */
  readonly leaseSeconds?: number
  /** How often expired dialogs are looked for, and commands that are not shown yet. */
  readonly roundMs?: number
  /** How often Telegram is asked about the webhook. */
  readonly webhookLookMs?: number
}

export interface RunningBot extends AsyncDisposable {
  /** Rejects while no updates come in. */
  checkIntake(): Promise<void>
  /** Rejects while updates cannot be handled. */
  checkWork(): Promise<void>
  /** Where Telegram's calls are taken in webhook mode. */
  readonly webhookPort: number | undefined
  /** Rejects when Telegram does not accept the token: nothing can be done any more. */
  readonly failed: Promise<never>
}

/** Starts to receive and answer updates. It waits neither for Telegram nor for Redis. Throws when the features collide. */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { db, api, logger, leaseSeconds = 15, handlerTimeLimitMs = 30_000, roundMs: everyMs = 60_000 } = options
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const stop = new AbortController()
  const failure = createFailure()
  const health = createSendingHealth(options)
  const { composition } = options
  const route = createRouter(composition)
  let store: UpdateWork['store'] = async (updates) => void (await telegramUpdates.insertMany(db, updates))
  // First, since it alone can fail, and then nothing else may run.
  const intake = await startIntake(options, {
    holder,
    leaseSeconds,
    store: (...stored) => store(...stored),
    onRevoked: failure.fail,
    onRefused: (waitMs) => void health.pause('refused', waitMs),
  })
  const publishing = publishCommands(composition.features, { api, logger, signal: stop.signal })
  const commands = createChatCommands({ db, api, logger, features: composition.features, ...options.policy })
  const background = startBackgroundWork({ ...options, handlerTimeLimitMs, everyMs, refreshCommands: commands.refresh })
  const identity = identify(api, { logger, signal: stop.signal, onRevoked: failure.fail })
  const languages = createKnownLanguages()
  const refreshing = { isDue: commands.isDue, refresh: background.refreshCommands }
  const run = createRun(options, { route, identity, languages, commands: refreshing })
  const work = startUpdateWork({
    db,
    handle: createHandleUpdate({
      ...options,
      run,
      health,
      languages,
      holder,
      timeLimitMs: handlerTimeLimitMs,
      isMeant: async (update) => isMeant(update, await identity),
    }),
    holder,
    logger,
    ready: identity,
    claimSeconds: leaseSeconds,
    ...(options.graceMs !== undefined && { graceMs: options.graceMs }),
  })
  store = (...stored) => work.store(...stored)
  return {
    checkIntake: () => intake.check(),
    checkWork: () => work.check(),
    webhookPort: intake.port,
    failed: failure.promise,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await intake[Symbol.asyncDispose]()
      await work[Symbol.asyncDispose]()
      await Promise.all([background[Symbol.asyncDispose](), publishing])
    },
  }
}

interface RunningParts {
  readonly route: Handle
  readonly identity: Promise<UserFromGetMe>
  readonly languages: KnownLanguages
  readonly commands: RunUpdateOptions['commands']
}

/** What is done with each update. */
function createRun(options: BotOptions, { identity, languages, commands, route }: RunningParts) {
  const { composition, policy, limits, now = () => new Date() } = options
  return createRunUpdate({ bot: identity, languages, policy, limits, commands, route, now, ...composition })
}

/** Asks Telegram who the bot is. Never rejects; after a stop or a refusal nothing waits for it any more. */
function identify(
  api: TelegramApi,
  {
    logger,
    signal,
    onRevoked,
  }: { readonly logger: Logger; readonly signal: AbortSignal; readonly onRevoked: () => void },
): Promise<UserFromGetMe> {
  return new Promise((resolve) => {
    keepTrying(() => api.call<UserFromGetMe>('getMe', {}, { signal }), {
      what: 'ask telegram who the bot is',
      logger,
      signal,
    })
      .then((bot) => bot && resolve(bot))
      .catch((error: unknown) => {
        logger.fatal({ err: error }, 'telegram does not accept the token')
        onRevoked()
      })
  })
}

async function startIntake(
  { db, api, logger, intake, webhookLookMs }: BotOptions,
  parts: {
    readonly holder: string
    readonly leaseSeconds: number
    readonly store: UpdateWork['store']
    readonly onRevoked: () => void
    readonly onRefused: (waitMs: number) => void
  },
) {
  if (intake.mode === 'polling') return { ...startPolling({ db, api, logger, ...parts }), port: undefined }
  const looking = webhookLookMs === undefined ? {} : { lookMs: webhookLookMs }
  return startWebhook({ api, logger, store: parts.store, ...looking, ...intake })
}

function createFailure() {
  let fail: () => void = () => undefined
  const promise = new Promise<never>((_resolve, reject) => {
    fail = () => reject(new Error('telegram does not accept the token'))
  })
  // Who does not watch it is not to be killed by it.
  promise.catch(() => undefined)
  return { promise, fail }
}
