import { reports } from '@atermtrack/data'
import { deliveryPriority } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'
import type { Producers } from '../../producers.ts'

/** Orders a workbook about containers; it comes into the chat and the topic of the update. */
export async function orderWorkbook(
  ctx: BotContext,
  asked: { readonly containers: readonly string[]; readonly name?: string; readonly trainCode?: string },
  producers: Pick<Producers, 'buildReport'>,
): Promise<void> {
  const { tx, person, updateId, destination } = ctx
  const { id } = await reports.insertLookup(tx, { personId: person.id, ...destination, updateId, ...asked })
  ringReport(ctx, id, producers)
}

/** Has a stored report built once the effects of the update are committed. */
export function ringReport(ctx: BotContext, reportId: number, producers: Pick<Producers, 'buildReport'>): void {
  ctx.afterCommit(() => producers.buildReport.ring({ reportId }, { priority: deliveryPriority.answer }))
}
