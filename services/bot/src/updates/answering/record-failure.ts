import { type Db, failedAnswers } from '@atermtrack/data'
import { clipText } from '@atermtrack/domain'
import { createRedactor, logError } from '@atermtrack/runtime'
import type { Logger } from 'pino'
import type { Update } from 'telegraf/types'
import { describeUpdate } from '../update-facts.ts'

const redact = createRedactor([])
const longestMessage = 500
const stackLines = 12
const longestStack = 2_000

interface Failure {
  readonly update: Update
  readonly reference: string
  readonly error: unknown
}

/** Keeps what is behind a code that a person was shown, for admins. It never fails: the log has the same. */
export async function recordFailure(
  { db, logger }: { readonly db: Db; readonly logger: Logger },
  { update, reference, error }: Failure,
): Promise<void> {
  const { kind, name } = describeUpdate(update)
  const failure = { reference, updateId: update.update_id, kind, name, ...describeError(error) }
  await failedAnswers
    .insert(db, failure)
    .catch((failed: unknown) => logger.warn({ err: failed, reference }, 'could not keep what failed'))
}

/** The parts of an error that may be kept, without the data that were involved. */
function describeError(error: unknown) {
  const { type, message, stack } = logError(error instanceof Error ? error : new Error(String(error))) as {
    readonly type: string
    readonly message: string
    readonly stack: string
  }
  const lines = stack.split('\n').slice(0, stackLines).join('\n')
  return {
    errorType: type,
    message: clipText(storable(message), longestMessage),
    stack: clipText(storable(lines), longestStack),
  }
}

/** PostgreSQL takes every character but this one. */
function storable(text: string): string {
  return redact(text).replaceAll('\u0000', '')
}
