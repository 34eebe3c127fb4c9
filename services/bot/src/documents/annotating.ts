import { annotations } from '@atermtrack/data'
import { documentsTexts as texts } from '@atermtrack/messages'
import { buildReport, deliveryPriority } from '@atermtrack/queue'
import { answerOutdated } from '../routing/action.ts'
import type { BotContext } from '../routing/context.ts'
import type { Feature } from '../routing/feature.ts'
import * as actions from './actions.ts'

/** Sends files back with statuses: files with another purpose, or workbooks that wait for an admin's decision. */
export function createAnnotating(): Feature {
  return {
    name: 'annotating',
    right: 'annotate_workbook',
    declares: Object.values(actions),
    actions: [
      actions.annotateDocument.handle((ctx, { documentId }) => annotateDocument(ctx, documentId)),
      actions.annotateWorkbook.handle((ctx, { workbookId }) => annotateWorkbook(ctx, workbookId)),
    ],
  }
}

async function annotateDocument(ctx: BotContext, documentId: number): Promise<void> {
  const { tx, person, language } = ctx
  const asked = await annotations.requestDocument(tx, { documentId, personId: person.id })
  if (!asked) return answerOutdated(ctx)
  if (asked.reportId !== undefined) enqueueReport(ctx, asked.reportId)
  ctx.toast(texts[language].noted)
  ctx.edit(texts[language].both(asked.fileName))
}

async function annotateWorkbook(ctx: BotContext, workbookId: number): Promise<void> {
  const { tx, person, language, may } = ctx
  const chatId = person.telegramId
  const owner = { chatId: may('review_workbooks') ? undefined : chatId }
  const workbook = await annotations.findWorkbook(tx, workbookId, owner)
  if (!workbook) return answerOutdated(ctx)
  const { fileName, sha256 } = workbook
  const { id, isNew } = await annotations.insert(tx, { personId: person.id, chatId, fileName, sha256 })
  if (isNew) enqueueReport(ctx, id)
  ctx.toast(isNew ? texts[language].noted : texts[language].notedBefore)
}

function enqueueReport({ tx }: BotContext, reportId: number): void {
  tx.enqueue(buildReport, { reportId }, { priority: deliveryPriority.answer })
}
