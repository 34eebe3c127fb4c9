import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { type ImapMailbox, MailLoginRefused } from './imap-mailbox.ts'

export interface WatchOptions {
  readonly open: () => Promise<ImapMailbox>
  /** Called when the mailbox may hold something new. */
  readonly onNews: () => Promise<void>
  readonly logger: Logger
  readonly firstPauseMs?: number
}

export interface MailboxWatch extends AsyncDisposable {
  /** The last failure while the watch is out of order. */
  state(): { readonly connected: boolean; readonly since: Date }
}

const longestPauseMs = 60_000
/** A refused login is asked again rarely: servers lock accounts that knock often. */
const refusedPauseMs = 15 * 60_000

/** Waits on IDLE for news, for ever: a lost connection is opened again after a growing pause, and rings once for what was missed. */
export function watchMailbox({ open, onNews, logger, firstPauseMs = 1_000 }: WatchOptions): MailboxWatch {
  const controller = new AbortController()
  const { signal } = controller
  let status = { connected: false, since: new Date() }
  const become = (connected: boolean) => {
    if (status.connected !== connected) status = { connected, since: new Date() }
  }

  async function watchOnce(): Promise<void> {
    await using box = await open()
    become(true)
    while (!signal.aborted) {
      await onNews()
      await box.waitForNews(signal)
    }
  }
  async function watch(): Promise<void> {
    let pause = firstPauseMs
    while (!signal.aborted) {
      const startedAt = Date.now()
      const error = await watchOnce().then(
        () => undefined,
        (failure: unknown) => failure,
      )
      if (signal.aborted) return
      become(false)
      const refused = error instanceof MailLoginRefused
      // A line that held for a while was a good one: the next pause is short again.
      pause = refused
        ? refusedPauseMs
        : Date.now() - startedAt > longestPauseMs
          ? firstPauseMs
          : Math.min(pause * 2, longestPauseMs)
      const hint = refused
        ? 'the mail login is refused: the app password may have been revoked'
        : 'the mailbox is out of reach'
      logger[refused ? 'error' : 'warn']({ err: error, pauseMs: pause }, hint)
      await delay(pause * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined)
    }
  }
  const running = watch()
  return {
    state: () => status,
    async [Symbol.asyncDispose]() {
      controller.abort()
      await running
    },
  }
}
