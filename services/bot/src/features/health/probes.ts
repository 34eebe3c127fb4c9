import { countJobs, pingRedis, type QueueConnection, type QueueCounts } from '@atermtrack/queue'
import type { TelegramApi } from '../../telegram/telegram-api.ts'

/** Looks at the servers that the bot itself can reach, beside its database. */
export interface Probes {
  readonly redis: () => Promise<void>
  readonly jobs: () => Promise<readonly QueueCounts[]>
  readonly telegram: () => Promise<void>
}

export function createProbes({
  api,
  connection,
}: {
  readonly api: Pick<TelegramApi, 'call'>
  readonly connection: QueueConnection
}): Probes {
  return {
    redis: async () => pingRedis(connection),
    jobs: async () => countJobs(connection),
    telegram: async () => void (await api.call('getMe', {})),
  }
}
