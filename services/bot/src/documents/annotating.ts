import { annotations } from '@atermtrack/data'
import { commonTexts, documentsTexts as texts } from '@atermtrack/messages'
import { deliveryPriority, type Producer } from '@atermtrack/queue'
import { parseId } from '../routing/callback-data.ts'
import type { BotContext } from '../routing/context.ts'
import type { Feature } from '../routing/feature.ts'

export interface AnnotatingOptions {
  readonly producers: { readonly buildReport: Pick<Producer<{ reportId: number }>, 'ring'> }
}

/** Gives files back with statuses that were sent for something else, or that wait for an admin's word. */
export function createAnnotating(options: AnnotatingOptions): Feature {
  return {
    callbacks: {
      'doc-annotate': (ctx, [id]) => annotateDocument(ctx, parseId(id), options),
      'wb-annotate': (ctx, [id]) => annotateWorkbook(ctx, parseId(id), options),
    },
    privateOnly: true,
  }
}

async function annotateDocument(
  ctx: BotContext,
  documentId: number | undefined,
  options: AnnotatingOptions,
): Promise<void> {
  const { tx, person, language } = ctx
  const asked =
    documentId === undefined ? undefined : await annotations.askForDocument(tx, { documentId, personId: person.id })
  if (!asked) return ctx.toast(commonTexts[language].staleButton)
  ring(ctx, asked.reportId, options)
  ctx.toast(texts[language].noted)
  ctx.edit(texts[language].both(asked.fileName))
}

async function annotateWorkbook(
  ctx: BotContext,
  workbookId: number | undefined,
  options: AnnotatingOptions,
): Promise<void> {
  const { tx, person, language, isAdmin } = ctx
  const chatId = person.telegramId
  const owner = { chatId: isAdmin ? undefined : chatId }
  const workbook = workbookId === undefined ? undefined : await annotations.findWorkbook(tx, workbookId, owner)
  if (!workbook) return ctx.toast(commonTexts[language].staleButton)
  const { fileName, sha256 } = workbook
  const { id, isNew } = await annotations.insert(tx, { personId: person.id, chatId, fileName, sha256 })
  if (isNew) ring(ctx, id, options)
  ctx.toast(isNew ? texts[language].noted : texts[language].notedBefore)
}

function ring(ctx: BotContext, reportId: number | undefined, { producers }: AnnotatingOptions): void {
  if (reportId === undefined) return
  ctx.afterCommit(() => producers.buildReport.ring({ reportId }, { priority: deliveryPriority.answer }))
}
