import { incomingDocuments, type Subscription, subscriptions, subscriptionTemplates } from '@atermtrack/data'
import { documentsTexts, formatExact, subscriptionsTexts as texts } from '@atermtrack/messages'
import { deliveryPriority, fetchDocument } from '@atermtrack/queue'
import type { Message } from 'telegraf/types'
import { maxDocumentBytes } from '../../../documents/download-document.ts'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StepHandler } from '../../../routing/dialog-step.ts'
import { edit } from '../../../routing/view.ts'
import * as actions from '../actions.ts'
import { loadCard, withOwn } from '../own.ts'
import { templateStep } from '../steps.ts'
import { backButton } from '../views.ts'

/** The buttons of the workbook of one's own that the reports of a subscription fill. */
export function createTemplateActions(): readonly ActionHandler[] {
  return [
    actions.openTemplate.handle(withOwn(open)),
    actions.askTemplate.handle(withOwn(ask)),
    actions.removeTemplate.handle(
      withOwn(async (ctx, own) => {
        if (!(await subscriptionTemplates.remove(ctx.tx, own.id))) return answerOutdated(ctx)
        ctx.toast(texts[ctx.language].template.removed)
        edit(ctx, await loadCard(ctx, own))
      }),
    ),
  ]
}

/** The step that takes the file. */
export function createTemplateStep(): StepHandler {
  return templateStep.handle(async (ctx, { subscriptionId }) => {
    const own = await subscriptions.find(ctx.tx, subscriptionId, ctx.person.id)
    if (!own) {
      await ctx.leaveDialog()
      return answerOutdated(ctx)
    }
    const { message, language } = ctx
    if (!message || !('document' in message)) return ctx.say(texts[language].template.notAFile)
    await take(ctx, own, message)
  })
}

async function open(ctx: BotContext, own: Subscription): Promise<void> {
  const template = await subscriptionTemplates.find(ctx.tx, own.id)
  if (!template) return ask(ctx, own)
  const { language, person } = ctx
  const words = texts[language]
  const { fileName, storedAt, failedReason } = template
  const subscriptionId = own.id
  const title = words.template.title(
    own.name,
    fileName,
    formatExact(storedAt, { language, zone: person.zone ?? own.zone }),
  )
  ctx.edit([title, ...(failedReason === null ? [] : [words.template.failed])].join('\n'), {
    keyboard: {
      inline_keyboard: [
        [actions.rehearse.button(words.buttons.rehearse, { subscriptionId })],
        [
          actions.askTemplate.button(words.buttons.replace, { subscriptionId }),
          actions.removeTemplate.button(words.remove, { subscriptionId }),
        ],
        [backButton(subscriptionId, language)],
      ],
    },
  })
}

async function ask(ctx: BotContext, { id: subscriptionId }: Subscription): Promise<void> {
  await ctx.saveDialog(templateStep, { subscriptionId })
  ctx.say(texts[ctx.language].template.ask)
}

/** The file is fetched by a job, which makes it the template. A file that does not do leaves the question open. */
async function take(
  ctx: BotContext,
  own: Subscription,
  { document, chat, date }: Message.DocumentMessage,
): Promise<void> {
  const { tx, person, language, updateId } = ctx
  const words = texts[language].template
  const fileName = document.file_name ?? documentsTexts[language].nameless
  if (!/\.xlsx$/i.test(fileName)) return ctx.say(words.notXlsx)
  if ((document.file_size ?? 0) > maxDocumentBytes) return ctx.say(documentsTexts[language].tooBig(fileName))
  const documentId = await incomingDocuments.insert(tx, {
    updateId,
    personId: person.id,
    chatId: chat.id,
    fileId: document.file_id,
    fileName,
    sentAt: new Date(date * 1000),
    purpose: 'annotate',
    templateOf: own.id,
  })
  await ctx.leaveDialog()
  ctx.say(words.receiving(fileName))
  tx.enqueue(fetchDocument, { documentId }, { priority: deliveryPriority.answer })
}
