import { createHash } from 'node:crypto'
import { audit, incomingDocuments, trainCorrections, workbooks } from '@atermtrack/data'
import {
  cleanText,
  type DeclaredRoster,
  parseDeclaredRoster,
  parseTrainCode,
  readNumbers,
  writeRoster,
} from '@atermtrack/domain'
import { code, documentsTexts, escapeHtml, newTrainTexts as texts } from '@atermtrack/messages'
import { deliveryPriority, fetchDocument, importWorkbook } from '@atermtrack/queue'
import type { Message } from 'telegraf/types'
import { maxDocumentBytes } from '../../../documents/download-document.ts'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StateOf, StepHandler } from '../../../routing/dialog-step.ts'
import { withRight } from '../../../routing/feature.ts'
import { textOf } from '../../../routing/view.ts'
import { saysNone } from '../../../text/says-none.ts'
import { readSentAt } from '../correcting/read-sent-at.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'

const longestName = 60
const mostMistyped = 10

/**
 * A train by hand: its code, destination, date and list. The list becomes a file like one that comes by mail, and is imported as
 * such, so that its train can be corrected, replaced by a newer list and undone like any other.
 */
export function createCreating({ sourceZone }: { readonly sourceZone: string }): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  return {
    actions: withRight('correct_trains', [
      actions.addTrain.handle(async (ctx) => {
        await ctx.saveDialog(steps.codeStep, {})
        ctx.say(texts[ctx.language].askCode)
      }),
    ]),
    dialogs: withRight('correct_trains', [
      steps.codeStep.handle(acceptCode),
      steps.destinationStep.handle(acceptDestination),
      steps.dateStep.handle((ctx, state) => acceptDate(ctx, state, sourceZone)),
      steps.listStep.handle(acceptList),
    ]),
  }
}

async function acceptCode(ctx: BotContext): Promise<void> {
  const words = texts[ctx.language]
  const trainCode = parseTrainCode(cleanText(textOf(ctx)))
  if (trainCode === undefined) return ctx.say(words.badCode)
  if (await trainCorrections.find(ctx.tx, trainCode)) return ctx.say(words.codeIsTaken(trainCode))
  await ctx.saveDialog(steps.destinationStep, { trainCode })
  ctx.say(words.askDestination(trainCode))
}

async function acceptDestination(ctx: BotContext, { trainCode }: StateOf<typeof steps.destinationStep>): Promise<void> {
  const words = texts[ctx.language]
  const destination = cleanText(textOf(ctx))
  if (destination === '' || destination.length > longestName) return ctx.say(words.badDestination)
  await ctx.saveDialog(steps.dateStep, { trainCode, ...(!saysNone(destination) && { destination }) })
  ctx.say(words.askDate)
}

async function acceptDate(ctx: BotContext, train: StateOf<typeof steps.dateStep>, zone: string): Promise<void> {
  const words = texts[ctx.language]
  const sentAt = readSentAt(textOf(ctx), { now: ctx.now, zone, sentAt: ctx.now })
  if (!sentAt) return ctx.say(words.badDate)
  await ctx.saveDialog(steps.listStep, { ...train, sentAt: sentAt.toISOString() })
  ctx.say(words.askList)
}

async function acceptList(ctx: BotContext, state: StateOf<typeof steps.listStep>): Promise<void> {
  const declared = parseDeclaredRoster({ kind: 'train_roster', ...state })
  if (!declared) {
    await ctx.leaveDialog()
    return answerOutdated(ctx)
  }
  const { message } = ctx
  return message && 'document' in message ? acceptFile(ctx, message, declared) : acceptNumbers(ctx, declared)
}

async function acceptNumbers(ctx: BotContext, declared: DeclaredRoster): Promise<void> {
  const { tx, now, chat, language } = ctx
  const words = texts[language]
  const { containers, mistyped } = readNumbers(textOf(ctx))
  if (containers.length === 0 || !chat) return ctx.say(words.badList)
  const { trainCode } = declared
  const content = Buffer.from(writeRoster(containers, words.heading))
  const workbookId = await workbooks.insert(tx, {
    origin: 'telegram',
    fileName: words.fileName(trainCode),
    content,
    sha256: createHash('sha256').update(content).digest(),
    receivedAt: now,
    replyChatId: chat.id,
    declared,
  })
  if (workbookId === undefined) return ctx.say(words.badList)
  await record(ctx, declared, { containers: containers.length, workbookId })
  tx.enqueue(importWorkbook, { workbookId }, { priority: deliveryPriority.answer })
  const left = mistyped.slice(0, mostMistyped).map(code).join(', ')
  ctx.say([words.taken(trainCode, containers.length), ...(left === '' ? [] : [words.mistyped(left)])].join('\n'))
}

/** The file is fetched by a job, whatever it holds; the import says what has come of it. */
async function acceptFile(ctx: BotContext, message: Message.DocumentMessage, declared: DeclaredRoster): Promise<void> {
  const { tx, updateId, person, language } = ctx
  const { document, chat, date } = message
  const fileName = document.file_name ?? documentsTexts[language].nameless
  if ((document.file_size ?? 0) > maxDocumentBytes) return ctx.say(documentsTexts[language].tooBig(fileName))
  const file = {
    fileId: document.file_id,
    fileName,
    sentAt: new Date(date * 1000),
    purpose: 'import',
    declared,
  } as const
  const documentId = await incomingDocuments.insert(tx, { updateId, personId: person.id, chatId: chat.id, ...file })
  await record(ctx, declared, { file: fileName })
  tx.enqueue(fetchDocument, { documentId }, { priority: deliveryPriority.answer })
  ctx.say(texts[language].takenFile(declared.trainCode, escapeHtml(fileName)))
}

async function record(ctx: BotContext, { trainCode }: DeclaredRoster, details: audit.AuditDetails): Promise<void> {
  await ctx.leaveDialog()
  await audit.insert(ctx.tx, { ...ctx.actor, action: 'train.created', object: `train:${trainCode}`, details })
}
