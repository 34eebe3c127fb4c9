import { type Db, deliveries, dialogs } from '@atermtrack/data'
import { deliveryPriority } from '@atermtrack/queue'
import type { Producers } from '../producers.ts'
import { texts } from '../text/texts.ts'

export interface CloseDialogsOptions {
  readonly db: Db
  readonly producers: Pick<Producers, 'sendTelegram'>
  /** An update that found its dialog open is done after so long. */
  readonly handlerTimeLimitMs: number
}

const mostAtOnce = 500
const marginSeconds = 5

/**
 * Closes dialogs of private chats that have expired, and says so. Closing and message are one transaction, so nobody hears it
 * twice; who writes before it comes to that is told by the answer instead.
 */
export async function closeDialogs({ db, producers, handlerTimeLimitMs }: CloseDialogsOptions): Promise<void> {
  const afterSeconds = handlerTimeLimitMs / 1_000 + marginSeconds
  const told = await db.transaction().execute(async (tx) => {
    const ids: number[] = []
    for (const { language, ...addressee } of await dialogs.closeExpired(tx, { afterSeconds, limit: mostAtOnce })) {
      const message = { kind: 'alert', audience: 'anybody', ...addressee, text: texts[language].dialogClosed } as const
      ids.push((await deliveries.insertMessage(tx, message)).id)
    }
    return ids
  })
  for (const deliveryId of told) {
    await producers.sendTelegram.ring({ deliveryId }, { priority: deliveryPriority.alert })
  }
}
