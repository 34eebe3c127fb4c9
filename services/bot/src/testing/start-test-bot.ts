import type { Db } from '@atermtrack/data'
import type { AccessPolicy } from '@atermtrack/domain'
import { openQueues } from '@atermtrack/queue'
import { createLogger } from '@atermtrack/runtime'
import { type Sandbox, startSandbox } from '@atermtrack/sandbox'
import { onTestFinished } from '@atermtrack/testkit'
import type { UsageLimits } from '../limits/limits.ts'
import { type BotOptions, type RunningBot, startBot } from '../start-bot.ts'
import { createTelegramApi } from '../telegram/telegram-api.ts'

export const token = '7000000001:AAtestTokenThatIsLongEnoughToLookReal'
export const anna = 1001
export const boris = 1002

/** Tests ask faster than people do. */
const unlimited: UsageLimits = {
  member: { questionsPerMinute: 1_000_000, filesPerHour: 1_000_000, bytesPerDay: 2 ** 50 },
  strangerQuestionsPerMinute: 1_000_000,
  groupQuestionsPerMinute: 1_000_000,
}

export interface TestBotOptions extends Partial<Omit<BotOptions, 'db' | 'policy'>> {
  readonly db: Db
  readonly redisUrl: string
  readonly queuePrefix: string
  readonly accessMode?: AccessPolicy['mode']
  readonly adminChatIds?: readonly number[]
  readonly unnamed?: AccessPolicy['unnamed']
  /** By default one of the test's own. */
  readonly sandbox?: Sandbox
}

/** A bot against a sandbox of its own, open to everybody unless the test says otherwise. Both end with the test. */
export async function startTestBot(options: TestBotOptions): Promise<{ sandbox: Sandbox; bot: RunningBot }> {
  const {
    db,
    redisUrl,
    queuePrefix,
    sandbox = await openSandbox(),
    accessMode,
    adminChatIds,
    unnamed,
    ...rest
  } = options
  const logger = options.logger ?? createLogger({ service: 'bot', level: 'silent' })
  const api = createTelegramApi({ token, apiRoot: sandbox.apiRoot, logger })
  const connection = { url: redisUrl, prefix: queuePrefix, logger }
  const queues = openQueues(connection)
  // Callbacks run in reverse order: the bot, which is told last, ends first.
  onTestFinished(async () => {
    await api[Symbol.asyncDispose]()
    await queues[Symbol.asyncDispose]()
  })
  const bot = await startBot({
    db,
    api,
    logger,
    queues,
    intake: { mode: 'polling' },
    policy: openTo(adminChatIds, { mode: accessMode, unnamed }),
    isEmailOn: true,
    scheduleZone: 'Asia/Vladivostok',
    view: { sourceZone: 'Europe/Moscow', staleAfterMinutes: 360, standingAfterMinutes: 1440 },
    limits: unlimited,
    graceMs: 1_000,
    ...rest,
  })
  onTestFinished(() => bot[Symbol.asyncDispose]())
  return { sandbox, bot }
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
