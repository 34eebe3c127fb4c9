import { escapeHtml, workbooksTexts as texts } from '@atermtrack/messages'
import { deliveries, type ReviewedWorkbook } from '@atermtrack/data'
import { deliveryPriority, sendTelegram } from '@atermtrack/queue'
import type { BotContext } from '../../routing/context.ts'

/** Telegram accepts no larger file from a bot. */
const maxUploadBytes = 50_000_000

/** Sends the file of a workbook back as it arrived, through the ledger, into the chat of the button. */
export async function sendOriginal(
  ctx: BotContext,
  { id, fileName, size, originalGoneAt }: ReviewedWorkbook,
): Promise<void> {
  const words = texts[ctx.language]
  if (originalGoneAt) return ctx.toast(words.originalGone)
  if (size === 0) return ctx.toast(words.originalEmpty)
  if (size > maxUploadBytes) return ctx.toast(words.originalTooBig)
  const delivery = await deliveries.insertMessage(ctx.tx, {
    kind: 'answer',
    audience: 'admin',
    ...ctx.destination,
    personId: ctx.person.id,
    text: `📎 ${escapeHtml(fileName)} №${id}`,
    workbookId: id,
  })
  ctx.tx.enqueue(sendTelegram, { deliveryId: delivery.id }, { priority: deliveryPriority.answer })
  ctx.toast(words.originalSent)
}
