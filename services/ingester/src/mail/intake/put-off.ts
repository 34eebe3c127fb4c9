import { deferredMail, isOutage } from '@atermtrack/data'
import { transact } from '@atermtrack/outbox'
import type { Logger } from 'pino'
import { notifyAboutDeferral, notifyAboutRetry } from '../notify-about-mail.ts'
import { headOf } from '../unpack-message.ts'
import type { Download, Head } from './download-message.ts'
import { endMessage, moveOn } from './end-message.ts'
import { hashOf, type Message, type IntakeDependencies } from './message.ts'

/**
 * Defers a message whose download fails although the connection works. It is tried again until it comes or is
 * gone; the admins are notified once when it has failed several times.
 */
export async function putOff(
  dependencies: IntakeDependencies,
  message: Message,
  { reason, head }: { readonly reason: string; readonly head?: Head | undefined },
  logger: Logger,
): Promise<void> {
  const { adminChatIds } = dependencies
  const { retryOf, rawSha256: _unkept, ...seen } = message
  const deferred = { ...seen, ...head, reason }
  await transact(dependencies, async (tx) => {
    const deferral = await (retryOf === undefined
      ? deferredMail.insert(tx, deferred)
      : deferredMail.deferAgain(tx, retryOf.id, deferred))
    await moveOn(tx, message)
    if (!deferral) return
    const failed = { ...deferred, id: deferral.id }
    if (retryOf?.isRequested) await notifyAboutRetry(tx, { ...failed, status: 'refused', files: 0 }, adminChatIds)
    else if (deferral.tries >= deferredMail.triesUntilReported) await notifyAboutDeferral(tx, failed, adminChatIds)
  })
  logger.warn({ uid: message.uid, reason }, 'message is put behind the others and tried again')
}

/**
 * Handles a message whose end could not be recorded although the database works: it is tried again behind the others, and refused
 * when that fails several times. Throws `error` when nothing can be recorded.
 */
export async function putOffOrRefuse(
  dependencies: IntakeDependencies,
  message: Message,
  { error, downloaded }: { readonly error: unknown; readonly downloaded: Download },
  logger: Logger,
): Promise<void> {
  const reason = 'taking_failed'
  logger.error({ err: error, uid: message.uid }, 'message could not be stored')
  const raw = downloaded.kind === 'downloaded' ? downloaded.raw : undefined
  const isLast = (message.retryOf?.tries ?? 0) + 1 >= deferredMail.triesUntilReported
  const kept = raw && { raw, rawSha256: hashOf(raw) }
  const end = async (head: Head) =>
    isLast
      ? endMessage(dependencies, { ...message, ...head, ...kept }, { status: 'refused', reason, ...kept }, logger)
      : putOff(dependencies, message, { reason, head }, logger)
  // The header lines may be the very thing that cannot be stored.
  await end(await headIn(downloaded)).catch(async (failure: unknown) => {
    if (isOutage(failure)) throw error
    await end(undefined).catch(() => {
      throw error
    })
  })
}

async function headIn(downloaded: Download): Promise<Head> {
  if (downloaded.kind === 'downloaded') return headOf(downloaded.raw)
  return 'head' in downloaded ? downloaded.head : undefined
}
