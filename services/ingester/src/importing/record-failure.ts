import { type Db, workbooks } from '@atermtrack/data'
import type { Producer } from '@atermtrack/queue'
import { settle } from './settle.ts'
import type { TrustedSenders } from './trusted-senders.ts'

export interface FailureDependencies {
  readonly db: Db
  readonly adminChatIds: readonly number[]
  readonly senders: TrustedSenders
  readonly sendings: Pick<Producer<{ deliveryId: number }>, 'ring'>
}

/** Refuses a workbook whose import failed for good through our own fault; who sent it by hand is told. */
export function createRecordFailure(dependencies: FailureDependencies) {
  const { db, sendings } = dependencies
  return async ({ workbookId }: { readonly workbookId: number }, error: Error): Promise<void> => {
    const settled = await db.transaction().execute(async (tx) => {
      const workbook = await workbooks.findPending(tx, workbookId)
      const verdict = { status: 'refused', reason: 'import_failed', reasonDetail: error.message } as const
      return workbook && settle(tx, workbook, verdict, dependencies)
    })
    for (const deliveryId of settled?.deliveryIds ?? []) await sendings.ring({ deliveryId })
  }
}
