import { createHash } from 'node:crypto'
import { workbooks } from '@atermtrack/data'
import { readableFileName } from '@atermtrack/domain'
import type { Tx } from '@atermtrack/outbox'
import { importWorkbook } from '@atermtrack/queue'
import type { Completion, Outcome, PendingWorkbook } from '../outcome.ts'

/** Stores each file in an archive or a message as an arrival of its own. */
export async function storeContainedFiles(
  tx: Tx,
  workbook: PendingWorkbook,
  { files, reason }: Extract<Outcome, { kind: 'files' }>,
): Promise<Completion> {
  const { origin, messageId, sender, senderUnproven, senderProof, subject, sentAt, receivedAt } = workbook
  const { id: parentId, overrides, replyChatId } = workbook
  const common = { origin, messageId, parentId, sender, senderUnproven, senderProof: senderProof ?? undefined, subject }
  for (const { name, content } of files) {
    const workbookId = await workbooks.insert(tx, {
      ...common,
      sentAt,
      receivedAt,
      overrides,
      replyChatId,
      fileName: readableFileName(name) ?? workbook.fileName,
      content,
      sha256: createHash('sha256').update(content).digest(),
    })
    if (workbookId !== undefined) tx.enqueue(importWorkbook, { workbookId })
  }
  return { verdict: { status: 'imported', reason, rowCount: files.length } }
}
