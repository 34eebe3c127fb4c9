import type { AccessPolicy } from '@atermtrack/domain'
import type { Outbox } from '@atermtrack/outbox'
import { createWake } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { startBackgroundWork } from './background-work.ts'
import type { Intake } from './config.ts'
import { createSendingHealth } from './deliveries/sending-health.ts'
import type { Composition } from './features/compose-features.ts'
import type { UsageLimits } from './limits/limits.ts'
import { createChatCommands } from './routing/chat-commands.ts'
import { publishCommands } from './routing/publish-commands.ts'
import { createRouter } from './routing/router.ts'
import type { TelegramApi } from './telegram/telegram-api.ts'
import type { ProgressTiming } from './updates/answering/progress-indicator.ts'
import { type RunningUpdates, startUpdates } from './updates/start-updates.ts'

export interface BotOptions extends Outbox {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly composition: Composition
  readonly scheduleZone: string
  readonly intake: Intake
  /** Decides who may use the bot, and which containers they see. */
  readonly policy: AccessPolicy
  /** The bot leaves a group that no admin has let in for so many days. */
  readonly unknownGroupDays?: number
  readonly limits: UsageLimits
  readonly now?: () => Date
  /** How long a closing bot waits for the updates that it has claimed. */
  readonly graceMs?: number
  readonly handlerTimeLimitMs?: number
  /** The delays after which a waiting person sees that an answer is coming. */
  readonly progressTiming?: ProgressTiming
  /** Time after which another process takes over the updates and the lease of a dead one. */
  readonly leaseSeconds?: number
  /** Interval of the search for expired dialogs and for commands that are not shown yet. */
  readonly backgroundEveryMs?: number
  /** Interval at which Telegram is asked about the webhook. */
  readonly webhookLookMs?: number
}

export type RunningBot = RunningUpdates

/** Starts to receive and answer updates. Throws when two features collide. */
export async function startBot(options: BotOptions): Promise<RunningBot> {
  const { db, api, logger, composition, policy, leaseSeconds = 15, handlerTimeLimitMs = 30_000 } = options
  const { features } = composition
  const route = createRouter(composition)
  const health = createSendingHealth(options)
  const commands = createChatCommands({ db, api, logger, features, ...policy })
  const commandsDue = createWake()
  const updates = await startUpdates({
    ...options,
    ...composition,
    route,
    health,
    leaseSeconds,
    handlerTimeLimitMs,
    now: options.now ?? (() => new Date()),
    commands: { isDue: commands.isDue, refresh: () => commandsDue.wake() },
  })
  const stop = new AbortController()
  const publishing = publishCommands(features, { api, logger, signal: stop.signal })
  const background = startBackgroundWork({
    ...options,
    handlerTimeLimitMs,
    everyMs: options.backgroundEveryMs ?? 60_000,
    refreshCommands: commands.refresh,
    commandsDue,
  })
  return {
    ...updates,
    async [Symbol.asyncDispose]() {
      stop.abort()
      await updates[Symbol.asyncDispose]()
      await Promise.all([background[Symbol.asyncDispose](), publishing])
    },
  }
}
