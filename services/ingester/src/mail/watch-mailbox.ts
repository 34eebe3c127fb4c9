import { sleep } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { type ImapMailbox, MailLoginRefused } from './imap-mailbox.ts'
import type { MailboxHealthKeeper } from './mailbox-health-keeper.ts'
import type { SharedConnection } from './shared-connection.ts'

export interface WatchOptions {
  readonly open: (signal: AbortSignal) => Promise<ImapMailbox>
  /** Called when the mailbox may hold something new. */
  readonly onNews: () => Promise<void>
  /** Lends the connection to the look that is asked for. */
  readonly shared: Pick<SharedConnection, 'offer'>
  readonly health: MailboxHealthKeeper
  readonly logger: Logger
  readonly firstPauseMs?: number
}

const longestPauseMs = 60_000
/** A server may fail to report news, so a look is requested without them at this interval. */
const lookIntervalMs = 60_000

/** Waits on IDLE for news, for ever: a lost connection is opened again after a growing pause, and one look covers the missed mail. */
export function watchMailbox(options: WatchOptions): AsyncDisposable {
  const { open, onNews, shared, health, logger, firstPauseMs = 1_000 } = options
  const controller = new AbortController()
  const { signal } = controller

  async function watchOnce(): Promise<void> {
    await using box = await open(signal)
    await health.recordSuccess()
    let lookedAt = Number.NEGATIVE_INFINITY
    while (!signal.aborted) {
      if (Date.now() - lookedAt >= lookIntervalMs) {
        // On offer before anybody can ask for it.
        const isBack = shared.offer(box, signal)
        await onNews()
        await isBack
        lookedAt = Date.now()
      }
      if ((await box.waitForNews(signal)) === 'news') lookedAt = Number.NEGATIVE_INFINITY
    }
  }
  /** The failure that ended the watch, undefined when it was stopped. */
  async function watchUntilFailure(): Promise<unknown> {
    try {
      await watchOnce()
      return undefined
    } catch (error) {
      if (!signal.aborted) await health.recordFailure(error)
      return error
    }
  }
  async function watch(): Promise<void> {
    let pause = firstPauseMs
    while (!signal.aborted) {
      const startedAt = Date.now()
      if (await health.mayLogIn()) {
        const error = await watchUntilFailure()
        if (signal.aborted) return
        logger.warn({ err: error, pauseMs: pause }, hintOf(error))
      }
      // A line that held for a while was a good one: the next pause is short again.
      pause = Date.now() - startedAt > longestPauseMs ? firstPauseMs : Math.min(pause * 2, longestPauseMs)
      await sleep(pause * (0.75 + Math.random() / 2), signal)
    }
  }
  const running = watch()
  return {
    async [Symbol.asyncDispose]() {
      controller.abort()
      await running
    },
  }
}

function hintOf(error: unknown): string {
  return error instanceof MailLoginRefused
    ? 'the mail login is refused: the app password may have been revoked'
    : 'the mailbox is out of reach'
}
