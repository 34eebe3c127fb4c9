import { randomBytes } from 'node:crypto'
import { telegramUpdates } from '@atermtrack/data'
import { commonTexts as texts } from '@atermtrack/messages'
import { createAnswers } from '../../routing/answers.ts'
import type { ClaimedWork } from './answer-update.ts'
import { closeUpdate, releaseUpdate, toKeep } from './close-update.ts'
import { sendAnswers } from './send-answers.ts'

const retryAfterMs = 500

/** Releases an update whose handler failed, to run once more. */
export async function tryAgain(work: ClaimedWork, error: unknown): Promise<void> {
  work.logger.warn({ err: error }, 'handling failed, it will be tried again')
  await unlessAway(() => releaseUpdate(work, retryAfterMs), work, error)
}

/** Answers that it failed, with a code that the log has too. */
export async function apologise(work: ClaimedWork, error: unknown): Promise<void> {
  const { db, holder, claimed, update, languages, logger, onCommitted } = work
  const reference = createReference()
  const collector = createAnswers(update)
  collector.say(texts[languages.of(update)].failed(reference))
  const answers = collector.collected()
  const begin = () => telegramUpdates.beginAnswering(db, claimed.updateId, { holder, answers: toKeep(answers) })
  const start = await unlessAway(begin, work, error)
  if (start === undefined || start === 'lost') return
  onCommitted()
  logger.error({ err: error, reference }, 'handling failed')
  const calls = await work.progress.replaceBy(answers.calls)
  const unsent = await sendAnswers(calls, { ...work, mustWait: start === 'later' })
  await closeUpdate(work, { calls, unsent, reader: answers.reader }, 'failed')
}

/**
 * Writes how a failure goes on. While the database is away nothing can be written: the update stays open and is answered when it
 * comes back, and the person gets one notice of that.
 */
async function unlessAway<T>(write: () => Promise<T>, work: ClaimedWork, failure: unknown): Promise<T | undefined> {
  const { claimed, update, signal, progress, notices, languages, logger } = work
  try {
    return await write()
  } catch (error) {
    if (signal.aborted) throw error
    const { reference: shown } = notices.of(claimed.updateId)
    const reference = shown ?? createReference()
    logger.error({ err: failure, reference }, 'handling failed and the database is away, the update stays open')
    if (shown !== undefined) return undefined
    notices.record(claimed.updateId, { reference })
    await progress.showNotice(texts[languages.of(update)].delayed(reference))
    return undefined
  }
}

/** A code that a person can read out, and a search in the log finds. */
function createReference(): string {
  return randomBytes(3).toString('hex')
}
