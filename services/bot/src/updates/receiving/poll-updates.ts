import type { Db } from '@atermtrack/data'
import { backoffMs, sleep, withDeadline } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { type TelegramApi, TelegramRefusal, TelegramUnreachable } from '../../telegram/telegram-api.ts'
import { retryAfterMs } from '../../telegram/retry-calls.ts'
import { allowedUpdates, type StoreUpdates, toArrivedUpdate } from './arrived-update.ts'
import { whileHolding, type WorkEnd } from './hold-lease.ts'

export interface PollingOptions {
  readonly db: Db
  readonly api: TelegramApi
  readonly holder: string
  readonly logger: Logger
  readonly store: StoreUpdates
  /** Telegram does not know the token any more. */
  readonly onRevoked: () => void
  /** Telegram refuses the whole bot for so long. */
  readonly onRefused: (waitMs: number) => void
  readonly leaseSeconds?: number
  /** The time limit for storing one batch, and for failures to store before another process tries. */
  readonly storeMs?: number
}

export interface UpdateSource extends AsyncDisposable {
  /** Rejects while updates do not come in. */
  check(): Promise<void>
}

const pollSeconds = 30
const silenceLimitMs = 90_000
const longestPauseMs = 30_000
const databasePauseMs = 1_000
/** Between the beginnings of two polls: where more comes than one update in this time, several are stored at once. */
const shortestPollMs = 20
/** Another poller gets so long to stop. */
const conflictPauseMs = 5_000

/**
 * The process that holds the lease asks Telegram for updates and stores them; the others stand by. Only stored updates are
 * confirmed, and an update that Telegram sends again is recognised by its id.
 */
export function startPolling(options: PollingOptions): UpdateSource {
  const { db, holder, logger, onRevoked, leaseSeconds = 15, storeMs = 10_000 } = options
  const stop = new AbortController()
  let healthyAt = performance.now()
  const onHealthy = () => void (healthyAt = performance.now())

  async function work(signal: AbortSignal): Promise<WorkEnd> {
    const end = await poll(signal, { ...options, storeMs, onHealthy })
    if (end !== 'revoked') return end
    stop.abort()
    onRevoked()
    return 'ended'
  }

  const lease = { name: 'telegram-poller', holder, seconds: leaseSeconds }
  const running = whileHolding(work, { ...lease, db, logger, signal: stop.signal, onStandby: onHealthy })
  return {
    check: async () => {
      const silentMs = performance.now() - healthyAt
      if (silentMs > silenceLimitMs) throw new Error(`no answer to polling for ${Math.round(silentMs / 1000)} s`)
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await running
    },
  }
}

type PollOptions = PollingOptions & { readonly onHealthy: () => void; readonly storeMs: number }

/** Polls until the signal, until Telegram does not accept the token any more, or until nothing can be stored. */
async function poll(signal: AbortSignal, options: PollOptions): Promise<WorkEnd | 'revoked'> {
  const { logger, onHealthy, onRefused, storeMs } = options
  let offset: number | undefined
  let failures = 0
  let failingSince: number | undefined
  let hasWebhook = true
  while (!signal.aborted) {
    try {
      // Telegram answers no polls while a webhook is set, even one of somebody else.
      if (hasWebhook) await dropWebhook(options, signal)
      hasWebhook = false
      offset = await fetchBatch(offset, signal, options)
      onHealthy()
      failures = 0
      failingSince = undefined
    } catch (error) {
      if (signal.aborted) return 'ended'
      const code = error instanceof TelegramRefusal ? error.code : undefined
      if (code === 401 || code === 404) {
        logger.fatal({ err: error }, 'telegram does not accept the token')
        return 'revoked'
      }
      failures += 1
      failingSince = isOfTelegram(error) ? undefined : (failingSince ?? performance.now())
      if (failingSince !== undefined && performance.now() - failingSince >= storeMs) return 'stuck'
      hasWebhook ||= code === 409
      const waitMs = pauseMs(error, failures)
      if (code === 429) onRefused(waitMs)
      logger.warn({ err: error, waitMs }, 'polling failed')
      await sleep(waitMs, signal)
    }
  }
  return 'ended'
}

/** A Bot API server of another make may not support webhooks at all; the next call reports a bad token too. */
async function dropWebhook({ api, logger }: PollOptions, signal: AbortSignal): Promise<void> {
  try {
    await api.call('deleteWebhook', {}, { signal })
  } catch (error) {
    if (!(error instanceof TelegramRefusal) || error.code !== 404) throw error
    logger.warn({ err: error }, 'the server does not know webhooks')
  }
}

/** Stores one batch, and returns the offset that confirms it when the next poll may begin. */
async function fetchBatch(
  offset: number | undefined,
  signal: AbortSignal,
  { api, store, storeMs }: PollOptions,
): Promise<number | undefined> {
  const startedAt = performance.now()
  const payload = { offset, timeout: pollSeconds, limit: 100, allowed_updates: allowedUpdates }
  const batch = await api.call<readonly { readonly update_id: number }[]>('getUpdates', payload, { signal })
  const updates = batch.map(toArrivedUpdate).filter((update) => update !== undefined)
  // The former holder of the lease may still be storing the same updates; after the first confirmed batch this holder is the only one.
  // A batch that is stored after the deadline comes again and is recognised by its ids.
  await withDeadline(store(updates, { isAlone: offset !== undefined }), { ms: storeMs, signal })
  const restMs = startedAt + shortestPollMs - performance.now()
  if (restMs > 0) await sleep(restMs, signal)
  const newest = batch.at(-1)
  // After a quiet week ids start again, perhaps lower: an offset only confirms one batch and is not kept.
  return newest && newest.update_id + 1
}

function isOfTelegram(error: unknown): boolean {
  return error instanceof TelegramUnreachable || error instanceof TelegramRefusal
}

/** For Telegram 1, 2, 4 … 30 s or the time that it asks for; shorter for the database, which comes back sooner. */
function pauseMs(error: unknown, failures: number): number {
  if (!isOfTelegram(error)) return databasePauseMs
  const ownMs = backoffMs(failures - 1, { longestMs: longestPauseMs })
  const isConflict = error instanceof TelegramRefusal && error.code === 409
  return retryAfterMs(error) ?? (isConflict ? Math.max(ownMs, conflictPauseMs) : ownMs)
}
