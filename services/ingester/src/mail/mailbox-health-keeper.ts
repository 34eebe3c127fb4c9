import { type Db, mailboxHealth } from '@atermtrack/data'
import { createRedactor } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { MailLoginRefused } from './imap-mailbox.ts'

export interface MailboxHealthKeeper {
  /**
   * False for an hour after the server refused the login, unless another process has logged in since.
   * New settings need a new process, which tries at once.
   */
  readonly mayLogIn: () => Promise<boolean>
  /** Notes how long a login took, for the next success. */
  readonly noteLogin: (ms: number) => void
  readonly recordSuccess: () => Promise<void>
  readonly recordFailure: (error: unknown) => Promise<void>
}

export interface HealthKeeperOptions {
  readonly db: Db
  /** Name of the mailbox in the health table. */
  readonly name: string
  /** Texts that an error must not contain. */
  readonly secrets: readonly (string | undefined)[]
  readonly logger: Logger
  readonly now: () => Date
}

/** Servers lock accounts that try a wrong password often. */
const refusalMs = 60 * 60_000
const longestText = 200

/** Records whether a mailbox can be reached. The reading of mail does not fail when the database is away. */
export function createMailboxHealthKeeper(options: HealthKeeperOptions): MailboxHealthKeeper {
  const { db, name, secrets, logger, now } = options
  const redact = createRedactor(secrets)
  let refusedAt: Date | undefined
  let connectMs: number | undefined

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> =>
    work().catch((error: unknown) => {
      logger.warn({ err: error }, 'the state of the mailbox could not be recorded')
      return undefined
    })

  return {
    async mayLogIn() {
      if (!refusedAt || now().getTime() - refusedAt.getTime() >= refusalMs) return true
      const health = await attempt(async () => mailboxHealth.find(db, name))
      return health !== undefined && !health.loginRefused
    },
    noteLogin: (ms) => void (connectMs = Math.round(ms)),
    async recordSuccess() {
      refusedAt = undefined
      await attempt(async () => mailboxHealth.recordSuccess(db, name, connectMs))
    },
    async recordFailure(error) {
      const loginRefused = error instanceof MailLoginRefused
      if (loginRefused) refusedAt = now()
      await attempt(async () => mailboxHealth.recordFailure(db, name, { error: redact(textOf(error)), loginRefused }))
    },
  }
}

/** The answer of the server is more precise than the message of the library. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const source = error instanceof MailLoginRefused && error.cause instanceof Error ? error.cause : error
  const answer = 'responseText' in source ? source.responseText : undefined
  return (typeof answer === 'string' && answer !== '' ? answer : source.message).slice(0, longestText)
}
