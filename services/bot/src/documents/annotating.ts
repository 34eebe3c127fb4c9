import { annotations } from '@atermtrack/data'
import { buildReport, deliveryPriority } from '@atermtrack/queue'
import { parseId } from '../routing/callback-data.ts'
import type { BotContext } from '../routing/context.ts'
import type { Feature } from '../routing/feature.ts'
import { texts as commonTexts } from '../text/texts.ts'
import { texts } from './texts.ts'

/** Gives files back with statuses that were sent for something else, or that wait for an admin's word. */
export function createAnnotating(): Feature {
  return {
    callbacks: {
      'doc-annotate': (ctx, [id]) => annotateDocument(ctx, parseId(id)),
      'wb-annotate': (ctx, [id]) => annotateWorkbook(ctx, parseId(id)),
    },
    privateOnly: true,
  }
}

async function annotateDocument(ctx: BotContext, documentId: number | undefined): Promise<void> {
  const { tx, person, language } = ctx
  const asked =
    documentId === undefined ? undefined : await annotations.askForDocument(tx, { documentId, personId: person.id })
  if (!asked) return ctx.toast(commonTexts[language].staleButton)
  if (asked.reportId !== undefined) enqueueReport(ctx, asked.reportId)
  ctx.toast(texts[language].noted)
  ctx.edit(texts[language].both(asked.fileName))
}

async function annotateWorkbook(ctx: BotContext, workbookId: number | undefined): Promise<void> {
  const { tx, person, language, isAdmin } = ctx
  const chatId = person.telegramId
  const owner = { chatId: isAdmin ? undefined : chatId }
  const workbook = workbookId === undefined ? undefined : await annotations.findWorkbook(tx, workbookId, owner)
  if (!workbook) return ctx.toast(commonTexts[language].staleButton)
  const { fileName, sha256 } = workbook
  const { id, isNew } = await annotations.insert(tx, { personId: person.id, chatId, fileName, sha256 })
  if (isNew) enqueueReport(ctx, id)
  ctx.toast(isNew ? texts[language].noted : texts[language].notedBefore)
}

function enqueueReport({ tx }: BotContext, reportId: number): void {
  tx.enqueue(buildReport, { reportId }, { priority: deliveryPriority.answer })
}
