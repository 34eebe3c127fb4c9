import { audit, type CorrectableTrain, trainCorrections, trainMoves } from '@atermtrack/data'
import { type AuditAction, cleanText, formatWall, parseTrainCode, toWall, type TrainCode } from '@atermtrack/domain'
import { escapeHtml, trainCorrectionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StepHandler } from '../../../routing/dialog-step.ts'
import { withRight } from '../../../routing/feature.ts'
import { edit, say, textOf } from '../../../routing/view.ts'
import type { ViewSettings } from '../../lookup/view-settings.ts'
import { nameView } from '../../lookup/card/way.ts'
import * as actions from './actions.ts'
import { readSentAt } from './read-sent-at.ts'
import * as steps from './steps.ts'
import { correctionView, removeView } from './views.ts'

const longestName = 60

interface Correcting {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
}

/** Corrects what the list of a train says wrongly: its destination, its date and its code; or removes the train. */
export function createCorrecting({ sourceZone }: Pick<ViewSettings, 'sourceZone'>): Correcting {
  const viewOf = async (ctx: BotContext, train: CorrectableTrain) =>
    correctionView(train, await trainMoves.countMoved(ctx.tx, train), { language: ctx.language, sourceZone })

  async function confirm(ctx: BotContext, trainCode: string, done: string): Promise<void> {
    const train = await trainCorrections.find(ctx.tx, trainCode)
    ctx.say(done)
    if (train) say(ctx, await viewOf(ctx, train))
  }

  const acceptDestination = withClaimed(async (ctx, train) => {
    const words = texts[ctx.language]
    const destination = cleanText(textOf(ctx))
    if (destination === '' || destination.length > longestName) return ctx.say(words.badDestination)
    await ctx.leaveDialog()
    await trainCorrections.setDestination(ctx.tx, train, destination)
    await record(ctx, 'train.redirected', train.code, {
      ...(train.destination === null ? {} : { from: train.destination }),
      to: destination,
    })
    await confirm(ctx, train.code, words.redirected(escapeHtml(train.code), nameView(destination, ctx.language)))
  })

  const acceptDate = withClaimed(async (ctx, train) => {
    const words = texts[ctx.language]
    const sentAt = readSentAt(textOf(ctx), { now: ctx.now, zone: sourceZone, sentAt: train.sentAt })
    if (!sentAt) return ctx.say(words.badDate)
    if (!(await trainCorrections.setSentAt(ctx.tx, train, sentAt))) return ctx.say(words.earlierThanAnother)
    await ctx.leaveDialog()
    const wallOf = (at: Date) => formatWall(toWall(at, sourceZone))
    await record(ctx, 'train.dated', train.code, { from: wallOf(train.sentAt), to: wallOf(sentAt) })
    await confirm(ctx, train.code, words.dated(escapeHtml(train.code)))
  })

  const acceptCode = withClaimed(async (ctx, train) => {
    const words = texts[ctx.language]
    const to = parseTrainCode(cleanText(textOf(ctx)))
    if (to === undefined || to === train.code) return ctx.say(words.badCode)
    if (!(await trainCorrections.rename(ctx.tx, train, to))) return ctx.say(words.codeIsTaken(to))
    await ctx.leaveDialog()
    await record(ctx, 'train.renamed', to, { from: train.code, to })
    await confirm(ctx, to, words.renamed(train.code, to))
  })

  return {
    actions: withRight('correct_trains', [
      actions.correctTrain.handle(withFound(async (ctx, train) => edit(ctx, await viewOf(ctx, train)))),
      actions.correctDestination.handle(withFound(ask(steps.destinationStep, 'askDestination'))),
      actions.correctDate.handle(withFound(ask(steps.dateStep, 'askDate'))),
      actions.correctCode.handle(withFound(ask(steps.codeStep, 'askCode'))),
      actions.askToRemove.handle(withFound(async (ctx, train) => edit(ctx, removeView(train, ctx.language)))),
      actions.removeTrain.handle(remove),
    ]),
    dialogs: withRight('correct_trains', [
      steps.destinationStep.handle(acceptDestination),
      steps.dateStep.handle(acceptDate),
      steps.codeStep.handle(acceptCode),
    ]),
  }
}

function ask(step: typeof steps.codeStep, question: 'askDestination' | 'askDate' | 'askCode') {
  return async (ctx: BotContext, { code: trainCode }: CorrectableTrain): Promise<void> => {
    await ctx.saveDialog(step, { trainCode })
    ctx.say(texts[ctx.language][question](escapeHtml(trainCode)))
  }
}

async function remove(
  ctx: BotContext,
  { trainCode, containers }: { readonly trainCode: TrainCode; readonly containers: number },
): Promise<void> {
  const words = texts[ctx.language]
  const train = await trainCorrections.claim(ctx.tx, trainCode)
  if (!train) return answerOutdated(ctx)
  if (train.containers !== containers) {
    ctx.toast(words.changed)
    return edit(ctx, removeView(train, ctx.language))
  }
  await trainCorrections.remove(ctx.tx, train)
  await record(ctx, 'train.removed', trainCode, { containers, lists: train.lists })
  ctx.edit(words.removed(trainCode, containers))
}

function withFound(work: (ctx: BotContext, train: CorrectableTrain) => Promise<void>) {
  return async (ctx: BotContext, { trainCode }: { readonly trainCode: string }): Promise<void> => {
    const train = await trainCorrections.find(ctx.tx, trainCode)
    return train ? work(ctx, train) : answerOutdated(ctx)
  }
}

/** For an answer to a question: by now the train may be gone, or have another code. */
function withClaimed(work: (ctx: BotContext, train: CorrectableTrain) => Promise<void>) {
  return async (ctx: BotContext, { trainCode }: { readonly trainCode: string }): Promise<void> => {
    const train = await trainCorrections.claim(ctx.tx, trainCode)
    if (train) return work(ctx, train)
    await ctx.leaveDialog()
    ctx.say(texts[ctx.language].gone(escapeHtml(trainCode)))
  }
}

async function record(
  ctx: BotContext,
  action: AuditAction,
  trainCode: string,
  details: audit.AuditDetails,
): Promise<void> {
  await audit.insert(ctx.tx, { ...ctx.actor, action, object: `train:${trainCode}`, details })
}
