import { workbooks, type WorkbookVerdict } from '@atermtrack/data'
import type { Tx } from '@atermtrack/outbox'
import type { Completion, PendingWorkbook } from '../outcome.ts'

/** Records that a workbook repeats another one, which is then as fresh as this arrival. */
export async function recordDuplicate(
  tx: Tx,
  workbook: PendingWorkbook,
  originalId: number,
  verdict: Omit<WorkbookVerdict, 'status' | 'reasonDetail'>,
): Promise<Completion> {
  await workbooks.confirm(tx, originalId, workbook.arrivedAt)
  return { verdict: { ...verdict, status: 'duplicate', reasonDetail: String(originalId) } }
}
