import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { SeenMessage } from './mailbox.ts'
import { storedTimes } from './receipt-times.ts'

/** After so many tries a failing message is worth a word to the admins; a few failures pass by themselves. */
export const triesUntilReported = 3

/** Without the hash of its bytes, by which a later copy of the message would pass for an accepted one. */
export type DeferredMessage = Omit<SeenMessage, 'status' | 'reason' | 'rawSha256' | 'attachments'> & {
  readonly reason: string
}

export interface Deferral {
  readonly id: number
  /** How often the message was tried, the try that has just failed included. */
  readonly tries: number
}

/** Twice as long after each try, from half a minute to an hour. */
function nextTryAfter(tries: RawBuilder<number>): RawBuilder<Date> {
  return sql<Date>`now() + least(interval '30 seconds' * power(2, least(${tries}, 20) - 1), interval '1 hour')`
}

/** Records a message that could not be accepted and is tried again by itself; undefined when another process has recorded it. */
export async function insert(tx: Db, message: DeferredMessage): Promise<Deferral | undefined> {
  return tx
    .insertInto('mailMessage')
    .values({
      ...message,
      ...storedTimes(message),
      status: 'refused',
      tries: 1,
      nextTryAt: nextTryAfter(sql<number>`1`),
    })
    .onConflict((conflict) => conflict.columns(['mailbox', 'uidValidity', 'uid']).doNothing())
    .returning(['id', 'tries'])
    .executeTakeFirst()
}

/** Defers a message again after another failed try; undefined when another process has ended it. */
export async function deferAgain(
  tx: Db,
  id: number,
  { reason, sender, subject, size }: Pick<DeferredMessage, 'reason' | 'sender' | 'subject' | 'size'>,
): Promise<Deferral | undefined> {
  return tx
    .updateTable('mailMessage')
    .set({
      reason,
      retryRequestedAt: null,
      tries: sql<number>`tries + 1`,
      nextTryAt: nextTryAfter(sql<number>`tries + 1`),
      ...(sender !== undefined && { sender }),
      ...(subject !== undefined && { subject }),
      ...(size !== undefined && { size }),
    })
    .where('id', '=', id)
    .where('status', '=', 'refused')
    .where((eb) => eb.or([eb('retryRequestedAt', 'is not', null), eb('nextTryAt', 'is not', null)]))
    .returning(['id', 'tries'])
    .executeTakeFirst()
}
