import { type Db, deliveries, workbooks, type WorkbookVerdict } from '@atermtrack/data'
import { quarantineNotice } from '@atermtrack/domain'

/** A workbook whose import has begun. */
export type PendingWorkbook = NonNullable<Awaited<ReturnType<typeof workbooks.beginAttempt>>>

export interface Settled {
  readonly verdict: WorkbookVerdict
  /** Workbooks that this one held, and messages to admins: their bells ring after the commit. */
  readonly workbookIds: readonly number[]
  readonly deliveryIds: readonly number[]
}

/**
 * Ends an import: the verdict is the state of the row from now on. Of a quarantined workbook the admins are told in the same
 * transaction.
 */
export async function settle(
  tx: Db,
  workbook: PendingWorkbook,
  verdict: WorkbookVerdict,
  adminChatIds: readonly number[] = [],
): Promise<Settled> {
  await workbooks.finish(tx, workbook.id, verdict)
  const deliveryIds: number[] = []
  if (verdict.status === 'quarantined') {
    const { html: text, keyboard: markup } = quarantineNotice({ ...workbook, ...verdict })
    for (const chatId of adminChatIds) {
      const { id } = await deliveries.insertMessage(tx, { kind: 'alert', chatId, text, markup })
      deliveryIds.push(id)
    }
  }
  return { verdict, workbookIds: [], deliveryIds }
}

/** Ends the import of a copy: the report it repeats is as fresh as this arrival. */
export async function settleDuplicate(
  tx: Db,
  workbook: PendingWorkbook,
  { twinId, ...verdict }: Omit<WorkbookVerdict, 'status'> & { readonly twinId: number },
): Promise<Settled> {
  await workbooks.confirm(tx, twinId, mailTime(workbook))
  return settle(tx, workbook, { ...verdict, status: 'duplicate', reasonDetail: String(twinId) })
}

/** When the sender says it was sent, else when it came. */
export function mailTime({ sentAt, receivedAt }: Pick<PendingWorkbook, 'sentAt' | 'receivedAt'>): Date {
  return sentAt ?? receivedAt
}
