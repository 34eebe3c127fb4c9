import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { QueuedDelivery } from './deliveries.ts'
import type { DeliveryAudience } from '../schema.generated.ts'

/** One message of an answer that could not be sent at once, or that may or may not have arrived. */
export interface LedgerAnswer {
  readonly chatId: number
  readonly threadId: number | undefined
  /** Telegram HTML. */
  readonly text: string
  readonly markup: object | undefined
  /** The message that the text replaces. */
  readonly editsMessageId: number | undefined
  readonly status: 'pending' | 'unknown' | 'failed'
  readonly error: string | undefined
  readonly errorCode: number | undefined
}

/** For whom an answer was worked out: it leaves only while they still are who they were. */
export interface AnswerReader {
  readonly audience: DeliveryAudience
  /** The scope, as `scopeKey` writes it; undefined when the answer shows the same to everybody. */
  readonly builtFor: string | undefined
}

/** The update that is answered. */
export interface AnsweredUpdate extends AnswerReader {
  readonly updateId: number
  /** The Telegram id of the person who asked. */
  readonly askedBy: number | undefined
  /** When a question was asked; undefined for a pressed button, whose late answer is no surprise. */
  readonly askedAt: Date | undefined
}

/**
 * Writes answers into the ledger, in their order, and returns those that are to be sent. Of several edits of one message only the
 * newest is left to be sent.
 */
export async function insertAnswers(
  tx: Db,
  { updateId, askedBy, askedAt, audience, builtFor }: AnsweredUpdate,
  answers: readonly LedgerAnswer[],
): Promise<readonly QueuedDelivery[]> {
  const queued: QueuedDelivery[] = []
  for (const { errorCode, error, markup, status, ...message } of answers) {
    if (status === 'pending') await cancelOlderEdits(tx, message)
    const ended = { sendingAt: sql<Date>`now()`, finishedAt: sql<Date>`now()`, error, errorCode }
    const row = await tx
      .insertInto('delivery')
      .values({
        ...message,
        channel: 'telegram',
        kind: 'answer',
        audience,
        builtFor,
        markup: markup === undefined ? null : JSON.stringify(markup),
        answersUpdate: updateId,
        askedAt: askedAt ?? null,
        personId: sql<number | null>`(select id from person where telegram_id = ${askedBy ?? null})`,
        status,
        enqueuedAt: sql<Date>`now()`,
        ...(status !== 'pending' && ended),
      })
      .returning(['id', 'channel', 'kind'])
      .executeTakeFirstOrThrow()
    if (status === 'pending') queued.push(row)
  }
  return queued
}

async function cancelOlderEdits(
  tx: Db,
  { chatId, editsMessageId }: Pick<LedgerAnswer, 'chatId' | 'editsMessageId'>,
): Promise<void> {
  if (editsMessageId === undefined) return
  await tx
    .updateTable('delivery')
    .set({ status: 'cancelled', finishedAt: sql<Date>`now()`, error: 'a newer answer replaces it' })
    .where('chatId', '=', chatId)
    .where('editsMessageId', '=', editsMessageId)
    .where('answersUpdate', 'is not', null)
    .where('status', 'in', ['pending', 'retry'])
    .execute()
}
