import { annotations, type Db, workbooks, type WorkbookVerdict } from '@atermtrack/data'
import { notice } from '@atermtrack/messages'
import { say } from '../tell-admins.ts'
import { findSender, type PendingWorkbook, settle, type Settled, type SettleOptions } from './settle.ts'

/**
 * Ends the import of a file that somebody brought by hand and that is no report, but holds container numbers: what they want
 * are their statuses. It still waits for an admin to teach its layout, of which nobody else is told.
 */
export async function giveBack(
  tx: Db,
  workbook: PendingWorkbook,
  verdict: WorkbookVerdict,
  options: SettleOptions,
): Promise<Settled | undefined> {
  const sender = await findSender(tx, workbook, options)
  if (sender?.personId === undefined) return settle(tx, workbook, verdict, options)
  if (!(await workbooks.finish(tx, workbook.id, verdict))) return undefined
  const { chatId, personId, isAdmin } = sender
  const content = notice('workbook_given_back', { ...workbook, isAdmin })
  const deliveryId = await say(tx, content, { kind: 'answer', chatId, personId })
  const { fileName, sha256 } = workbook
  const report = await annotations.insert(tx, { personId, chatId, fileName, sha256 })
  return { verdict, workbookIds: [], deliveryIds: [deliveryId], reportIds: [report.id] }
}
