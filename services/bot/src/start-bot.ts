import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Db } from '@atermtrack/data'
import type { Logger } from 'pino'
import type { UserFromGetMe } from 'telegraf/types'
import type { Intake } from './config.ts'
import type { Feature } from './feature.ts'
import { type AccessMode, createAccess } from './features/access/access.ts'
import { createEmail } from './features/email/email.ts'
import type { ViewSettings } from './features/lookup/view-settings.ts'
import { createLookup } from './features/lookup/lookup.ts'
import { createStart } from './features/start/start.ts'
import { createSubscriptions } from './features/subscriptions/subscriptions.ts'
import { createTerminals } from './features/terminals/terminals.ts'
import { createTrains } from './features/trains/trains.ts'
import type { Producers } from './producers.ts'
import { publishCommands } from './publish-commands.ts'
import { createRouter } from './router.ts'
import type { TelegramApi } from './telegram/telegram-api.ts'
import { createHandleUpdate } from './updates/handle-update.ts'
import { keepTrying } from './updates/keep-trying.ts'
import { startPolling } from './updates/poll-updates.ts'
import { createRunUpdate } from './updates/run-update.ts'
import { startWebhook } from './updates/webhook.ts'
import { startUpdateWork } from './updates/work-updates.ts'

export interface BotOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly logger: Logger
  readonly producers: Producers
  /** Features beside those that answer, subscribe and let in. */
  readonly features?: readonly Feature[]
  readonly intake: Intake
  readonly accessMode: AccessMode
  readonly adminChatIds: readonly number[]
  readonly isEmailOn: boolean
  readonly scheduleZone: string
  readonly view: ViewSettings
  readonly now?: () => Date
  /** How long a closing bot waits for the updates in hand. */
  readonly graceMs?: number
  readonly handlerTimeLimitMs?: number
  /** How soon another process takes over what this one held when it died. */
  readonly leaseSeconds?: number
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

/** Starts taking and answering updates. It waits neither for Telegram nor for Redis. */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { db, api, logger, leaseSeconds = 15 } = options
  const holder = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`
  const stop = new AbortController()
  const failure = createFailure()
  const { access, features, question } = createFeatures(options)
  let wake: () => void = () => undefined
  // First, since it alone can fail, and then nothing else may run.
  const intake = await startIntake(options, {
    holder,
    leaseSeconds,
    onStored: () => wake(),
    onRevoked: failure.fail,
  })
  const adminIds = options.adminChatIds.filter((id) => id > 0)
  const publishing = publishCommands({ api, features, adminIds, logger, signal: stop.signal })
  const identity = identify(api, { logger, signal: stop.signal, onRevoked: failure.fail })
  const run = createRunUpdate({
    bot: identity,
    access,
    route: createRouter({ features, question }),
    now: options.now ?? (() => new Date()),
  })
  const timeLimitMs = options.handlerTimeLimitMs ?? 30_000
  const work = startUpdateWork({
    db,
    handle: createHandleUpdate({ db, api, run, holder, logger, timeLimitMs }),
    holder,
    logger,
    ready: identity,
    claimSeconds: leaseSeconds,
    ...(options.graceMs !== undefined && { graceMs: options.graceMs }),
  })
  wake = () => work.wake()
  return {
    checkIntake: () => intake.check(),
    checkWork: () => work.check(),
    webhookPort: intake.port,
    failed: failure.promise,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await intake[Symbol.asyncDispose]()
      await work[Symbol.asyncDispose]()
      await publishing
    },
  }
}

function createFeatures(options: BotOptions) {
  const { producers, scheduleZone, isEmailOn, view: settings } = options
  const access = createAccess({ mode: options.accessMode, adminChatIds: options.adminChatIds, producers })
  const trains = createTrains({ settings, producers })
  const terminals = createTerminals({ settings })
  const lookup = createLookup({ settings, producers, trains: trains.answer, terminals: terminals.answer })
  const features = [
    createStart(),
    access.feature,
    lookup.feature,
    trains.feature,
    terminals.feature,
    createSubscriptions({ zone: scheduleZone, producers }),
    createEmail({ isOn: isEmailOn, producers }),
    ...(options.features ?? []),
  ]
  return { access, features, question: lookup.question }
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
  { db, api, logger, intake }: BotOptions,
  parts: {
    readonly holder: string
    readonly leaseSeconds: number
    readonly onStored: () => void
    readonly onRevoked: () => void
  },
) {
  if (intake.mode === 'polling') return { ...startPolling({ db, api, logger, ...parts }), port: undefined }
  return startWebhook({ db, api, logger, onStored: parts.onStored, ...intake })
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
