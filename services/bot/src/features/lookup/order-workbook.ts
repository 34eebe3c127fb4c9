import { reports } from '@atermtrack/data'
import { buildReport, deliveryPriority } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'

/** Orders a workbook about containers; it comes into the chat and the topic of the update. */
export async function orderWorkbook(
  ctx: BotContext,
  asked: {
    readonly containers: readonly string[]
    readonly name?: string
    readonly trainCode?: string
    readonly isForClient?: boolean
  },
): Promise<void> {
  const { tx, person, updateId, destination } = ctx
  const { id } = await reports.insertLookup(tx, { personId: person.id, ...destination, updateId, ...asked })
  enqueueReport(ctx, id)
}

/** Enqueues the job that builds a stored report; the job is sent after the commit. */
export function enqueueReport({ tx }: Pick<BotContext, 'tx'>, reportId: number): void {
  tx.enqueue(buildReport, { reportId }, { priority: deliveryPriority.answer })
}
