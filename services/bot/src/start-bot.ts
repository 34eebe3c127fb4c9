import type { Outbox } from '@atermtrack/outbox'
import { createWake } from '@atermtrack/runtime'
import { fromSettings, type Settings } from '@atermtrack/settings'
import type { Logger } from 'pino'
import { startBackgroundWork } from './background-work.ts'
import type { Intake } from './config.ts'
import { createSendingHealth } from './deliveries/sending-health.ts'
import { composeFeatures, type Composition, type FeatureParts } from './features/compose-features.ts'
import type { Probes } from './features/health/probes.ts'
import type { UsageLimits } from './limits/limits.ts'
import { createChatCommands } from './routing/chat-commands.ts'
import { publishCommands } from './routing/publish-commands.ts'
import { createRouter } from './routing/router.ts'
import type { TelegramApi } from './telegram/telegram-api.ts'
import type { ProgressTiming } from './updates/answering/progress-indicator.ts'
import { type RunningUpdates, startUpdates } from './updates/start-updates.ts'

/** The settings of the bot. All but the policy may change while it runs. */
export interface BotSettings extends Omit<FeatureParts, 'probes'> {
  /** The bot leaves a group that no admin has let in for so many days. */
  readonly unknownGroupDays: number
  readonly limits: UsageLimits
}

export interface BotOptions extends Outbox {
  readonly api: TelegramApi
  readonly logger: Logger
  readonly settings: Settings<BotSettings>
  readonly probes: Probes
  /** By default all features of the bot. */
  readonly compose?: (parts: FeatureParts) => Composition
  readonly intake: Intake
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
  const { db, api, logger, settings, leaseSeconds = 15, handlerTimeLimitMs = 30_000 } = options
  const { probes, compose = composeFeatures } = options
  // With a changed setting the features are composed again; an update that is being answered goes on with the former ones.
  const handlers = fromSettings(settings, (current) => {
    const composition = compose({ ...current, probes })
    return { ...current, ...composition, route: createRouter(composition) }
  })
  // The names of commands and the policy stay.
  const { features, policy } = handlers()
  const health = createSendingHealth({ ...options, policy })
  const commands = createChatCommands({ db, api, logger, features, ...policy })
  const commandsDue = createWake()
  const updates = await startUpdates({
    ...options,
    handlers,
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
    unknownGroupDays: () => settings.current().unknownGroupDays,
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
