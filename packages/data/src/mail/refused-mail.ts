import { sql } from 'kysely'
import type { Db } from '../platform/client.ts'
import type { AttachmentFacts, SeenMessage } from './mailbox.ts'
import { storedTimes } from './receipt-times.ts'

/** Messages of mail from which nothing was accepted, although they may hold a workbook. */
const columns = [
  'id',
  'mailbox',
  'uidValidity',
  'uid',
  'rawSha256',
  'sender',
  'subject',
  'size',
  'receivedAt',
  'reason',
  'retryRequestedAt',
  'attachments',
  'tries',
  'nextTryAt',
] as const
const newest = 30

/** The newest 30 refused messages. */
export async function list(db: Db) {
  const rows = await db
    .selectFrom('mailMessage')
    .select(columns)
    .where('status', '=', 'refused')
    .orderBy('id', 'desc')
    .limit(newest)
    .execute()
  return rows.map(withFacts)
}

export type RefusedMessage = Awaited<ReturnType<typeof list>>[number]

/** A refused message; undefined when it is none, or none any more. */
export async function find(db: Db, id: number): Promise<RefusedMessage | undefined> {
  const row = await db
    .selectFrom('mailMessage')
    .select(columns)
    .where('id', '=', id)
    .where('status', '=', 'refused')
    .executeTakeFirst()
  return row && withFacts(row)
}

/** The known facts about files that were not stored. */
function withFacts<Row extends { readonly attachments: unknown }>(
  row: Row,
): Omit<Row, 'attachments'> & { readonly attachments: readonly AttachmentFacts[] } {
  return { ...row, attachments: (row.attachments ?? []) as readonly AttachmentFacts[] }
}

/** Records that the admins are notified of a refusal or a deferral; false when they were before. */
export async function markNotified(tx: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('mailMessage')
    .set({ toldAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('toldAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Asks for one more try at a refused message; false when it is none any more, or is waiting for one. */
export async function requestRetry(db: Db, id: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('mailMessage')
    .set({ retryRequestedAt: sql<Date>`now()` })
    .where('id', '=', id)
    .where('status', '=', 'refused')
    .where('retryRequestedAt', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The messages of a mailbox that are to be tried now, with their bytes where those were kept: those that somebody asked for first. */
export async function listRetries(db: Db, mailbox: string) {
  return db
    .selectFrom('mailMessage')
    .leftJoin('blob', (join) =>
      join.onRef('blob.sha256', '=', 'mailMessage.rawSha256').on('blob.emptiedAt', 'is', null),
    )
    .select(['id', 'uidValidity', 'uid', 'rawSha256', 'receivedAt', 'size', 'blob.content', 'tries'])
    .select(sql<boolean>`retry_requested_at is not null`.as('isRequested'))
    .select(sql<boolean>`retry_requested_at is not null or told_at is not null`.as('isAwaited'))
    .where('mailbox', '=', mailbox)
    .where('status', '=', 'refused')
    .where((eb) => eb.or([eb('retryRequestedAt', 'is not', null), eb('nextTryAt', '<=', sql<Date>`now()`)]))
    .orderBy('retryRequestedAt')
    .orderBy('nextTryAt')
    .execute()
}

/** Ends another try with what came of it; undefined when somebody else has ended it. */
export async function endRetry(
  tx: Db,
  { id, isAwaited }: { readonly id: number; readonly isAwaited: boolean },
  message: SeenMessage,
): Promise<number | undefined> {
  const { rawSha256, sender, subject, size, status, reason = null } = message
  const { sentAt } = storedTimes(message)
  const row = await tx
    .updateTable('mailMessage')
    .set({
      status,
      reason,
      retryRequestedAt: null,
      nextTryAt: null,
      ...(isAwaited && { toldAt: sql<Date>`now()` }),
      ...(rawSha256 && { rawSha256: Buffer.from(rawSha256) }),
      ...(sender !== undefined && { sender }),
      ...(subject !== undefined && { subject }),
      ...(sentAt && { sentAt }),
      ...(size !== undefined && { size }),
    })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('retryRequestedAt', 'is not', null), eb('nextTryAt', 'is not', null)]))
    .returning('id')
    .executeTakeFirst()
  return row?.id
}
