import { broadcasts } from '@atermtrack/data'
import { broadcastTexts as texts, inEachLanguage } from '@atermtrack/messages'
import type { BotContext } from '../../routing/context.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, type View } from '../../routing/view.ts'
import { countPages } from '../../text/pages.ts'
import * as actions from './actions.ts'
import * as audience from './audience.ts'
import * as control from './control.ts'
import * as draft from './draft.ts'
import { type BroadcastOptions, guarded, zoneOf } from './guarded.ts'
import * as steps from './steps.ts'
import { listView } from './views.ts'

export type { BroadcastOptions } from './guarded.ts'

const pageSize = 5

/**
 * Admins write to people: they compose a message, see a preview, choose audience, time and sound, confirm the number, and watch, pause,
 * cancel or recall.
 */
export function createBroadcast(options: BroadcastOptions): Feature {
  return {
    name: 'broadcast',
    right: 'broadcast',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [
      {
        name: 'broadcast',
        description: inEachLanguage(texts, (words) => words.command),
        handle: (ctx) => begin(ctx, options),
      },
    ],
    dialogs: [
      steps.textStep.handle((ctx, state) => draft.createDraft(ctx, state, options)),
      steps.albumStep.handle(draft.addPart),
      steps.timeStep.handle((ctx, state) => draft.acceptTime(ctx, state, options)),
    ],
    actions: [...draftActions(options), ...audienceActions(options), ...controlActions(options)],
  }
}

function draftActions(options: BroadcastOptions) {
  return [
    actions.sendBroadcast.handle(guarded((ctx, shown, seen) => draft.confirm(ctx, shown, seen, options))),
    actions.rewriteDraft.handle(guarded(draft.rewrite)),
    actions.dropDraft.handle(guarded((ctx, shown) => draft.drop(ctx, shown, options))),
    actions.toggleSound.handle(
      guarded((ctx, shown) => draft.changeDraft(ctx, shown, { isSilent: !shown.isSilent }, options)),
    ),
    actions.chooseTime.handle(guarded((ctx, shown) => draft.askTime(ctx, shown, options))),
    actions.sendAtOnce.handle(
      guarded(async (ctx, shown) => {
        await ctx.leaveDialog()
        await draft.changeDraft(ctx, shown, { sendAt: null }, options)
      }),
    ),
  ]
}

function audienceActions(options: BroadcastOptions) {
  return [
    actions.chooseAudience.handle(guarded((ctx, shown) => audience.chooseAudience(ctx, shown, options))),
    actions.setAudience.handle(
      guarded((ctx, shown, chosen) => audience.setSimple(ctx, shown, chosen.audience, options)),
    ),
    actions.listCompanies.handle(guarded((ctx, shown, { page }) => audience.listCompanies(ctx, shown, page, options))),
    actions.setCompany.handle(
      guarded((ctx, shown, { companyId }) => audience.setCompany(ctx, shown, companyId, options)),
    ),
    actions.listSubjects.handle(guarded((ctx, shown, asked) => audience.listSubjects(ctx, shown, asked, options))),
    actions.setSubject.handle(
      guarded((ctx, shown, { subscriptionId }) => audience.setSubject(ctx, shown, subscriptionId, options)),
    ),
  ]
}

function controlActions(options: BroadcastOptions) {
  return [
    actions.listBroadcasts.handle(async (ctx, { page }) =>
      edit(ctx, await listOf(ctx, texts[ctx.language].toList, page, options)),
    ),
    actions.openBroadcast.handle(
      guarded(async (ctx, shown) => {
        const isDraft = shown.status === 'draft'
        edit(ctx, isDraft ? await draft.panelOf(ctx, shown, options) : await control.openView(ctx, shown, options))
      }),
    ),
    actions.pauseBroadcast.handle(guarded((ctx, shown) => control.pause(ctx, shown, options))),
    actions.resumeBroadcast.handle(guarded((ctx, shown) => control.resume(ctx, shown, options))),
    actions.askToStop.handle(guarded((ctx, shown) => control.askToStop(ctx, shown, options))),
    actions.cancelBroadcast.handle(guarded((ctx, shown) => control.cancel(ctx, shown, options))),
    actions.orderUnreached.handle(guarded(control.orderUnreached)),
    actions.resendFailed.handle(
      guarded((ctx, shown, { round }) => control.resendFailed(ctx, shown, { ...options, round })),
    ),
    actions.askToRecall.handle(guarded((ctx, shown) => control.askToRecall(ctx, shown, options))),
    actions.recallBroadcast.handle(guarded((ctx, shown) => control.recall(ctx, shown, options))),
  ]
}

/** Asks for the message of a new broadcast, below which the last ones stand. */
async function begin(ctx: BotContext, options: BroadcastOptions): Promise<void> {
  await ctx.saveDialog(steps.textStep, {})
  say(ctx, await listOf(ctx, texts[ctx.language].compose, 0, options))
}

async function listOf(ctx: BotContext, head: string, page: number, options: BroadcastOptions): Promise<View> {
  const part = { authorId: ctx.person.id, offset: page * pageSize, limit: pageSize }
  const { rows, total } = await broadcasts.listRecent(ctx.tx, part)
  const reader = { language: ctx.language, zone: zoneOf(ctx, options) }
  return listView(head, { rows, page, pages: countPages(total, pageSize) }, reader)
}
