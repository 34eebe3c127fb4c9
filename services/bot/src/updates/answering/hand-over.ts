import { deliveries, type Outcome, telegramUpdates } from '@atermtrack/data'
import { type Outbox, transact } from '@atermtrack/outbox'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { Update } from 'telegraf/types'
import type { OutgoingCall } from '../../routing/answers.ts'
import type { LeftCall } from './send-answers.ts'
import { senderOf } from '../receiving/sender-of.ts'
import { toLedger } from './to-ledger.ts'

export interface HandOver {
  readonly updateId: number
  readonly update: Update
  readonly chatId: number | undefined
  /** The whole answer. */
  readonly calls: readonly OutgoingCall[]
  /** What of it did not arrive for sure. */
  readonly left: readonly LeftCall[]
  readonly outcome: Outcome
  readonly reader: deliveries.AnswerReader
}

/**
 * Closes an update and writes into the ledger what is left of its answer, in one transaction; nothing when the update was
 * closed before.
 */
export async function handOver(
  outbox: Outbox,
  { updateId, update, chatId, calls, left, outcome, reader }: HandOver,
): Promise<void> {
  await transact(outbox, async (tx) => {
    if (!(await telegramUpdates.finish(tx, updateId, outcome))) return
    const asked = { updateId, askedBy: senderOf(update)?.id, askedAt: askedAt(update), ...reader }
    for (const { id } of await deliveries.insertAnswers(tx, asked, toLedger(left, { calls, chatId }))) {
      tx.enqueue(sendTelegram, { deliveryId: id }, { priority: deliveryPriority.answer })
    }
  })
}

function askedAt(update: Update): Date | undefined {
  return 'message' in update ? new Date(update.message.date * 1_000) : undefined
}
