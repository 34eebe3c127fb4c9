import { type Db, mailboxHealth } from '@atermtrack/data'
import { createRedactor } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import { MailLoginRefused } from './imap-mailbox.ts'

export interface MailboxHealthKeeper {
  /**
   * False while the server would only be annoyed: within an hour after it refused the login, unless somebody else got in since.
   * New settings come with a new process, which tries at once.
   */
  readonly mayLogIn: () => Promise<boolean>
  readonly noteWell: () => Promise<void>
  readonly noteFailure: (error: unknown) => Promise<void>
}

export interface HealthKeeperOptions {
  readonly db: Db
  /** Name of the mailbox in the health table. */
  readonly name: string
  /** What must not stand in the text of an error. */
  readonly secrets: readonly (string | undefined)[]
  readonly logger: Logger
  readonly now: () => Date
}

/** Servers lock accounts that knock often with a wrong password. */
const refusalMs = 60 * 60_000
const longestText = 200

/** Keeps the record of how a mailbox is reached. A database that is away is nothing that the reading of mail fails of. */
export function createMailboxHealthKeeper(options: HealthKeeperOptions): MailboxHealthKeeper {
  const { db, name, secrets, logger, now } = options
  const redact = createRedactor(secrets)
  let refusedAt: Date | undefined

  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> =>
    work().catch((error: unknown) => {
      logger.warn({ err: error }, 'the state of the mailbox could not be noted')
      return undefined
    })

  return {
    async mayLogIn() {
      if (!refusedAt || now().getTime() - refusedAt.getTime() >= refusalMs) return true
      const health = await attempt(async () => mailboxHealth.find(db, name))
      return health !== undefined && !health.loginRefused
    },
    async noteWell() {
      refusedAt = undefined
      await attempt(async () => mailboxHealth.recordSuccess(db, name))
    },
    async noteFailure(error) {
      const loginRefused = error instanceof MailLoginRefused
      if (loginRefused) refusedAt = now()
      await attempt(async () => mailboxHealth.recordFailure(db, name, { error: redact(textOf(error)), loginRefused }))
    },
  }
}

/** What the server answered says more than what the library makes of it. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const source = error instanceof MailLoginRefused && error.cause instanceof Error ? error.cause : error
  const answer = 'responseText' in source ? source.responseText : undefined
  return (typeof answer === 'string' && answer !== '' ? answer : source.message).slice(0, longestText)
}
