import { annotations } from '@atermtrack/data'
import { deliveryPriority, type Producer } from '@atermtrack/queue'
import { answerOutdated } from '../routing/action.ts'
import type { BotContext } from '../routing/context.ts'
import type { Feature } from '../routing/feature.ts'
import * as actions from './actions.ts'
import { texts } from './texts.ts'

export interface AnnotatingOptions {
  readonly producers: { readonly buildReport: Pick<Producer<{ reportId: number }>, 'ring'> }
}

/** Gives files back with statuses that were sent for something else, or that wait for an admin's word. */
export function createAnnotating(options: AnnotatingOptions): Feature {
  return {
    name: 'annotating',
    declares: Object.values(actions),
    actions: [
      actions.annotateDocument.handle((ctx, { documentId }) => annotateDocument(ctx, documentId, options)),
      actions.annotateWorkbook.handle((ctx, { workbookId }) => annotateWorkbook(ctx, workbookId, options)),
    ],
    privateOnly: true,
  }
}

async function annotateDocument(ctx: BotContext, documentId: number, options: AnnotatingOptions): Promise<void> {
  const { tx, person, language } = ctx
  const asked = await annotations.askForDocument(tx, { documentId, personId: person.id })
  if (!asked) return answerOutdated(ctx)
  ring(ctx, asked.reportId, options)
  ctx.toast(texts[language].noted)
  ctx.edit(texts[language].both(asked.fileName))
}

async function annotateWorkbook(ctx: BotContext, workbookId: number, options: AnnotatingOptions): Promise<void> {
  const { tx, person, language, isAdmin } = ctx
  const chatId = person.telegramId
  const owner = { chatId: isAdmin ? undefined : chatId }
  const workbook = await annotations.findWorkbook(tx, workbookId, owner)
  if (!workbook) return answerOutdated(ctx)
  const { fileName, sha256 } = workbook
  const { id, isNew } = await annotations.insert(tx, { personId: person.id, chatId, fileName, sha256 })
  if (isNew) ring(ctx, id, options)
  ctx.toast(isNew ? texts[language].noted : texts[language].notedBefore)
}

function ring(ctx: BotContext, reportId: number | undefined, { producers }: AnnotatingOptions): void {
  if (reportId === undefined) return
  ctx.afterCommit(() => producers.buildReport.ring({ reportId }, { priority: deliveryPriority.answer }))
}
