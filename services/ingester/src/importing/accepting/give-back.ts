import { annotations } from '@atermtrack/data'
import type { Tx } from '@atermtrack/outbox'
import { buildReport, deliveryPriority } from '@atermtrack/queue'
import { findSender } from '../complete-import.ts'
import type { Completion, ImportSettings, Outcome, PendingWorkbook } from '../outcome.ts'

/**
 * Orders the statuses for a file that somebody sent by hand and that is not a report, but holds container numbers. It still waits for an
 * admin to define its layout, and nobody else is notified.
 */
export async function giveBack(
  tx: Tx,
  workbook: PendingWorkbook,
  { verdict }: Extract<Outcome, { kind: 'numbers' }>,
  settings: Pick<ImportSettings, 'adminChatIds'>,
): Promise<Completion> {
  const sender = await findSender(tx, workbook, settings)
  if (sender?.personId === undefined) return { verdict }
  const { fileName, sha256 } = workbook
  const { personId, chatId } = sender
  const report = await annotations.insert(tx, { personId, chatId, fileName, sha256 })
  tx.enqueue(buildReport, { reportId: report.id }, { priority: deliveryPriority.answer })
  return { verdict, givenBackTo: sender }
}
