import { audit, trainCorrections, trainMoves } from '@atermtrack/data'
import { cleanText, parseTrainCode, readNumbers } from '@atermtrack/domain'
import { escapeHtml, trainMovesTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated, type Pressed } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import type { StateOf, StepHandler } from '../../../routing/dialog-step.ts'
import { withRight } from '../../../routing/feature.ts'
import { edit, say, textOf } from '../../../routing/view.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { previewView } from './views.ts'

/** Twice the longest train. */
const mostContainers = 300
/** So many numbers are kept in the audit; the moves themselves are rows. */
const mostRecorded = 20

/** Containers change trains on the way (перегруз): their numbers, the other train, what would change, and a press that makes it so. */
export function createMoving(): {
  readonly actions: readonly ActionHandler[]
  readonly dialogs: readonly StepHandler[]
} {
  return {
    actions: withRight('correct_trains', [
      actions.beginMove.handle(begin),
      actions.makeMove.handle(make),
      actions.dropMove.handle(async (ctx) => {
        await ctx.leaveDialog()
        ctx.edit(texts[ctx.language].dropped)
      }),
    ]),
    dialogs: withRight('correct_trains', [
      steps.numbersStep.handle(acceptNumbers),
      steps.targetStep.handle(acceptTarget),
      // Another code replaces the one that is shown.
      steps.confirmStep.handle(acceptTarget),
    ]),
  }
}

async function begin(ctx: BotContext, { trainCode }: { readonly trainCode: string }): Promise<void> {
  if (!(await trainCorrections.find(ctx.tx, trainCode))) return answerOutdated(ctx)
  await ctx.saveDialog(steps.numbersStep, { trainCode })
  ctx.say(texts[ctx.language].askNumbers(escapeHtml(trainCode)))
}

async function acceptNumbers(ctx: BotContext, { trainCode }: StateOf<typeof steps.numbersStep>): Promise<void> {
  const words = texts[ctx.language]
  const { containers } = readNumbers(textOf(ctx))
  if (containers.length === 0 || containers.length > mostContainers) return ctx.say(words.badNumbers(mostContainers))
  const train = await trainCorrections.find(ctx.tx, trainCode)
  const { moving } = train ? await trainMoves.sort(ctx.tx, train, containers) : { moving: [] }
  if (moving.length === 0) return ctx.say(words.noneHere(escapeHtml(trainCode)))
  await ctx.saveDialog(steps.targetStep, { trainCode, containers: [...containers] })
  ctx.say(words.askTrain(moving.length))
}

async function acceptTarget(
  ctx: BotContext,
  { trainCode, containers }: StateOf<typeof steps.targetStep>,
): Promise<void> {
  const words = texts[ctx.language]
  const to = parseTrainCode(cleanText(textOf(ctx)))
  if (to === undefined || to === trainCode) return ctx.say(words.badTrain)
  const plan = await trainMoves.plan(ctx.tx, { from: trainCode, to, containers })
  if (!plan) return ctx.say(words.noTrain(to))
  if (plan.moving.length === 0) {
    await ctx.leaveDialog()
    return ctx.say(words.noneHere(escapeHtml(trainCode)))
  }
  await show(ctx, plan, { containers, way: say })
}

async function show(
  ctx: BotContext,
  plan: trainMoves.MovePlan,
  { containers, way }: { readonly containers: readonly string[]; readonly way: typeof say },
): Promise<void> {
  const { updateId: shown, language } = ctx
  const { from, to, moving } = plan
  const asked = { trainCode: from.code, to: to.code, containers: [...containers] }
  await ctx.saveDialog(steps.confirmStep, { ...asked, moving: moving.length, shown })
  way(ctx, previewView(plan, shown, language))
}

/** The dialog ends with the press, so that a second one finds nothing to move. */
async function make(
  ctx: BotContext,
  { trainCode, to, shown }: Pressed<typeof actions.makeMove.parameters>,
): Promise<void> {
  const words = texts[ctx.language]
  const ready = ctx.dialog?.expired ? undefined : steps.confirmStep.read(ctx.dialog?.state)
  if (!ready || ready.trainCode !== trainCode || ready.to !== to || ready.shown !== shown) return answerOutdated(ctx)
  const { containers } = ready
  const plan = await trainMoves.claim(ctx.tx, { from: trainCode, to, containers })
  if (!plan || plan.moving.length === 0) {
    await ctx.leaveDialog()
    return answerOutdated(ctx)
  }
  if (plan.moving.length !== ready.moving) {
    ctx.toast(words.changed)
    return show(ctx, plan, { containers, way: edit })
  }
  if (!(await ctx.leaveDialog())) return answerOutdated(ctx)
  await trainMoves.make(ctx.tx, plan)
  await audit.insert(ctx.tx, {
    ...ctx.actor,
    action: 'train.containers_moved',
    object: `train:${trainCode}`,
    details: { to, containers: plan.moving.length, numbers: plan.moving.slice(0, mostRecorded).join(' ') },
  })
  ctx.edit(words.done(trainCode, to, plan.moving.length))
}
