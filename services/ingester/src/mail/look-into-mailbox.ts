import type { JobContext } from '@atermtrack/queue'
import { MailLoginRefused } from './imap-mailbox.ts'
import type { MailboxHealthKeeper } from './mailbox-health-keeper.ts'
import { type PollDependencies, pollMailboxOnce } from './poll-mailbox.ts'

export interface MailboxLookDependencies extends PollDependencies {
  readonly health: MailboxHealthKeeper
  /** Asks for another look after a pause. */
  readonly lookAgain: (delayMs: number) => Promise<void>
}

export type MailboxLook = (
  context: Pick<JobContext, 'logger' | 'signal'>,
  options: { readonly byHand: boolean },
) => Promise<void>

const firstPauseMs = 15_000
const longestPauseMs = 120_000

/**
 * Looks into the mailbox once and records the outcome. After a failure another look follows soon; after a refused login,
 * none before the health keeper allows it or a person asks.
 */
export function createMailboxLook(dependencies: MailboxLookDependencies): MailboxLook {
  const { health, lookAgain } = dependencies
  let pauseMs = firstPauseMs
  return async ({ logger, signal }, { byHand }) => {
    if (!byHand && !(await health.mayLogIn())) {
      logger.info('no look into the mailbox: its login is refused')
      return
    }
    try {
      const { isAtEnd } = await pollMailboxOnce(dependencies, logger, signal)
      await health.recordSuccess()
      if (!isAtEnd) await lookAgain(0)
      pauseMs = firstPauseMs
    } catch (error) {
      if (signal.aborted) throw error
      await health.recordFailure(error)
      if (error instanceof MailLoginRefused) {
        logger.error({ err: error }, 'the mail login is refused: the app password may have been revoked')
        return
      }
      await lookAgain(pauseMs)
      pauseMs = Math.min(pauseMs * 2, longestPauseMs)
      throw error
    }
  }
}
