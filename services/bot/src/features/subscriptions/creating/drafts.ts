import { subscriptionDrafts } from '@atermtrack/data'
import { zoneLabel } from '@atermtrack/domain'
import { subscriptionsTexts as texts } from '@atermtrack/messages'
import { type ActionHandler, answerOutdated } from '../../../routing/action.ts'
import type { BotContext } from '../../../routing/context.ts'
import * as actions from '../actions.ts'
import { askNumbers, askSubject, askToConfirm } from './create-dialog.ts'
import { aboutStep, confirmStep, numbersStep, timesStep } from '../steps.ts'
import type { SubjectParts } from '../subject.ts'
import { timesKeyboard } from '../views.ts'

/** The name of the person's draft; undefined when there is none. */
export async function findDraftName({ tx, person }: BotContext): Promise<string | undefined> {
  const state = await subscriptionDrafts.find(tx, person.id)
  return readDraft(state)?.state.name
}

/** The buttons of drafts. */
export function createDraftActions(parts: SubjectParts): readonly ActionHandler[] {
  return [
    actions.keepDraft.handle(async (ctx) => {
      const isThere = (await findDraftName(ctx)) !== undefined
      return isThere ? ctx.edit(texts[ctx.language].draftKept) : answerOutdated(ctx)
    }),
    actions.deleteDraft.handle(async (ctx) => {
      const { tx, person, language } = ctx
      if (!(await subscriptionDrafts.remove(tx, person.id))) return answerOutdated(ctx)
      ctx.edit(texts[language].draftDropped)
    }),
    actions.resumeDraft.handle((ctx) => resume(ctx, parts)),
  ]
}

/** Goes on with the question that the draft was left at; the draft is a dialog again. */
async function resume(ctx: BotContext, parts: SubjectParts): Promise<void> {
  const { tx, person, language, now } = ctx
  const words = texts[language]
  const draft = readDraft(await subscriptionDrafts.find(tx, person.id))
  if (!draft) return answerOutdated(ctx)
  await subscriptionDrafts.remove(tx, person.id)
  const zone = person.zone ?? parts.zone
  if (draft.at === 'confirm') return askToConfirm(ctx, draft.state, zone)
  if (draft.at === 'numbers') {
    await ctx.saveDialog(numbersStep, draft.state)
    return askNumbers(ctx, draft.state)
  }
  if (draft.at === 'about') return askSubject(ctx, draft.state, parts)
  await ctx.saveDialog(timesStep, draft.state)
  ctx.say(words.askTimes(zoneLabel(zone, now)), { keyboard: timesKeyboard(ctx) })
}

function readDraft(stored: unknown) {
  const confirm = confirmStep.read(stored)
  if (confirm) return { at: 'confirm', state: confirm } as const
  const times = timesStep.read(stored)
  if (times) return { at: 'times', state: times } as const
  const about = aboutStep.read(stored)
  if (about) return { at: 'about', state: about } as const
  const numbers = numbersStep.read(stored)
  return numbers && ({ at: 'numbers', state: numbers } as const)
}
