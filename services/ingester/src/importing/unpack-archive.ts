import { createHash } from 'node:crypto'
import { workbooks } from '@atermtrack/data'
import { readableFileName } from '@atermtrack/domain'
import { type PendingWorkbook, settle, type Settled } from './settle.ts'
import type { TakeInOptions } from './take-in-dislocation.ts'

export interface Unpacked {
  readonly files: readonly { readonly name: string; readonly content: Uint8Array }[]
  /** What they came out of: an archive or a message. */
  readonly reason: 'unpacked' | 'message_opened'
}

/** Makes an arrival of its own of each file in an archive or a message; undefined when another job has done so meanwhile. */
export async function unpackArchive(
  { db, ...options }: TakeInOptions,
  workbook: PendingWorkbook,
  { files, reason }: Unpacked,
): Promise<Settled | undefined> {
  const {
    id,
    origin,
    messageId,
    sender,
    senderUnproven,
    senderProof,
    subject,
    sentAt,
    receivedAt,
    overrides,
    replyChatId,
  } = workbook
  return db.transaction().execute(async (tx) => {
    if (!(await workbooks.claimPending(tx, id))) return undefined
    const workbookIds: number[] = []
    for (const { name, content } of files) {
      const sha256 = createHash('sha256').update(content).digest()
      const arrival = {
        origin,
        messageId,
        sender,
        senderUnproven,
        senderProof: senderProof ?? undefined,
        subject,
        sentAt,
        receivedAt,
        overrides,
        replyChatId,
        parentId: id,
        fileName: readableFileName(name) ?? workbook.fileName,
        content,
        sha256,
      }
      const childId = await workbooks.insert(tx, arrival)
      if (childId !== undefined) workbookIds.push(childId)
    }
    const verdict = { status: 'imported', reason, rowCount: files.length } as const
    const settled = await settle(tx, workbook, verdict, options)
    return settled && { ...settled, workbookIds }
  })
}
