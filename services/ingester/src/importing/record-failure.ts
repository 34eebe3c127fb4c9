import { workbooks } from '@atermtrack/data'
import { type Outbox, transact } from '@atermtrack/outbox'
import { completeImport } from './complete-import.ts'
import type { ImportSettings } from './outcome.ts'

/** Refuses a workbook whose import failed for good through our own fault; the sender of a file that came by hand is notified. */
export function createRecordFailure(dependencies: Outbox & Pick<ImportSettings, 'adminChatIds' | 'senders'>) {
  return async ({ workbookId }: { readonly workbookId: number }, error: Error): Promise<void> => {
    await transact(dependencies, async (tx) => {
      const workbook = await workbooks.findPending(tx, workbookId)
      const verdict = { status: 'refused', reason: 'import_failed', reasonDetail: error.message } as const
      if (workbook) await completeImport(tx, workbook, { verdict }, dependencies)
    })
  }
}
