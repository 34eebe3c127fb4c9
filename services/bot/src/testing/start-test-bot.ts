import type { Db } from '@atermtrack/data'
import type { AccessPolicy, Slot } from '@atermtrack/domain'
import { openQueues, type Queues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { fixedSettings } from '@atermtrack/settings'
import { onTestFinished } from '@atermtrack/testkit'
import { composeFeatures, type FeatureParts } from '../features/compose-features.ts'
import { createProbes, type Probes } from '../features/health/probes.ts'
import type { ViewSettings } from '../features/lookup/view-settings.ts'
import type { UsageLimits } from '../limits/limits.ts'
import type { Feature } from '../routing/feature.ts'
import { type BotOptions, type BotSettings, type RunningBot, startBot } from '../start-bot.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'

export const token = '7000000001:AAtestTokenThatIsLongEnoughToLookReal'
export const anna = 1001
export const boris = 1002

export const view = {
  sourceZone: 'Europe/Moscow',
  staleAfterMinutes: 360,
  standingAfterMinutes: 1440,
  forecastMovedHours: 12,
  freeDays: [],
}

/** What is offered and said without a change of the settings. */
export const usual: Pick<BotSettings, 'offeredTimes' | 'greetings'> = {
  offeredTimes: ['09:00', '16:00'] as Slot[],
  greetings: { ru: undefined, en: undefined },
}

/** Tests ask faster than people do. */
const unlimited: UsageLimits = {
  member: { questionsPerMinute: 1_000_000, filesPerHour: 1_000_000, bytesPerDay: 2 ** 50 },
  strangerQuestionsPerMinute: 1_000_000,
  groupQuestionsPerMinute: 1_000_000,
}

/** On a busy machine any answer may be slow: without this, a test would take the placeholder for the answer. */
const nothingMeanwhile: NonNullable<BotOptions['progressTiming']> = {
  typingAfterMs: 3_600_000,
  typingEveryMs: 3_600_000,
  placeholderAfterMs: 3_600_000,
}

export interface TestBotOptions
  extends
    Partial<Omit<BotOptions, 'db' | 'compose' | 'probes'>>,
    Partial<Pick<BotSettings, 'limits' | 'unknownGroupDays'>>,
    Partial<Pick<ViewSettings, 'freeDays'>> {
  readonly db: Db
  readonly redisUrl: string
  readonly queuePrefix: string
  readonly accessMode?: AccessPolicy['mode']
  readonly adminChatIds?: readonly number[]
  readonly unnamed?: AccessPolicy['unnamed']
  /** By default a sandbox of this bot alone. */
  readonly sandbox?: Sandbox
  /** Features of the test, in addition to those of the bot. */
  readonly features?: readonly Feature[]
  /** The name of a feature of the bot that a feature of the test replaces. */
  readonly without?: string
  readonly isEmailOn?: boolean
}

/** A bot with a sandbox of its own, open to everybody unless the test says otherwise. Both end with the test. */
export async function startTestBot(options: TestBotOptions): Promise<{ sandbox: Sandbox; bot: RunningBot }> {
  const {
    db,
    redisUrl,
    queuePrefix,
    sandbox = await openSandbox(),
    accessMode,
    adminChatIds,
    unnamed,
    features = [],
    without,
    isEmailOn = true,
    limits = unlimited,
    unknownGroupDays = 7,
    freeDays = view.freeDays,
    ...rest
  } = options
  const logger = options.logger ?? createLogger({ service: 'bot', level: 'silent' })
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  onTestFinished(async () => api[Symbol.asyncDispose]())
  const queues = openTestQueues({ redisUrl, queuePrefix })
  const policy = openTo(adminChatIds, { mode: accessMode, unnamed })
  const scheduleZone = 'Asia/Vladivostok'
  const settings = fixedSettings({
    policy,
    isEmailOn,
    scheduleZone,
    view: { ...view, freeDays },
    limits,
    unknownGroupDays,
    ...usual,
  })
  const probes = createProbes({ api, connection: { url: redisUrl, prefix: queuePrefix, logger } })
  const compose = (parts: FeatureParts) => {
    const composition = composeFeatures(parts)
    const kept = composition.features.filter(({ name }) => name !== without)
    return { ...composition, features: [...kept, ...features] }
  }
  // Callbacks run in reverse order: the bot, which is registered last, ends first.
  const bot = await startBot({
    db,
    api,
    logger,
    queues,
    intake: { mode: 'polling' },
    settings,
    probes,
    compose,
    graceMs: 1_000,
    progressTiming: nothingMeanwhile,
    ...rest,
  })
  onTestFinished(() => bot[Symbol.asyncDispose]())
  return { sandbox, bot }
}

/** For features that are only looked at. */
export const noProbes: Probes = {
  redis: async () => undefined,
  jobs: async () => [],
  telegram: async () => undefined,
}

/** The queues, to enqueue on; they end with the test. */
export function openTestQueues({ redisUrl, queuePrefix }: Pick<TestBotOptions, 'redisUrl' | 'queuePrefix'>): Queues {
  const logger = createLogger({ service: 'bot', level: 'silent' })
  const queues = openQueues({ url: redisUrl, prefix: queuePrefix, logger })
  onTestFinished(() => queues[Symbol.asyncDispose]())
  return queues
}

/** A policy that lets everybody in, unless the test says otherwise. */
export function openTo(
  adminChatIds: readonly number[] = [],
  { mode = 'open', unnamed = 'hidden' }: { readonly [Key in 'mode' | 'unnamed']?: AccessPolicy[Key] | undefined } = {},
): AccessPolicy {
  return { mode, adminChatIds, unnamed }
}

/** A sandbox that ends with the test; open it before the bots that use it. */
export async function openSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox({ token })
  onTestFinished(() => sandbox[Symbol.asyncDispose]())
  return sandbox
}
