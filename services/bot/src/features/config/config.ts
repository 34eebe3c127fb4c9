import { storedSettings } from '@atermtrack/data'
import { isRiskyChange, type SettingName } from '@atermtrack/domain'
import { configTexts as texts, inEachLanguage } from '@atermtrack/messages'
import { changeSetting, checkSetting, findSetting, listSettings } from '@atermtrack/settings'
import { answerOutdated } from '../../routing/action.ts'
import type { BotContext } from '../../routing/context.ts'
import type { StateOf } from '../../routing/dialog-step.ts'
import type { Feature } from '../../routing/feature.ts'
import { edit, say, textOf } from '../../routing/view.ts'
import * as actions from './actions.ts'
import * as steps from './steps.ts'
import { confirmStep, valueStep } from './steps.ts'
import {
  askView,
  changesPerPage,
  configView,
  confirmView,
  groupView,
  hintOf,
  historyView,
  type Reader,
  settingView,
  valueText,
} from './views.ts'

/** Admins see the settings of all services, and change them while these run. */
export function createConfig({ zone }: { readonly zone: string }): Feature {
  const readerOf = ({ language, person }: BotContext): Reader => ({ language, zone: person.zone ?? zone })
  const show = async (ctx: BotContext, name: SettingName, put: typeof edit) =>
    put(ctx, settingView(await findSetting(ctx.tx, name), readerOf(ctx)))
  return {
    name: 'config',
    right: 'change_settings',
    declares: [...Object.values(actions), ...Object.values(steps)],
    commands: [
      {
        name: 'config',
        description: inEachLanguage(texts, (words) => words.command),
        handle: async (ctx) => say(ctx, configView(await listSettings(ctx.tx), ctx.language)),
      },
    ],
    actions: [
      actions.showConfig.handle(async (ctx) => edit(ctx, configView(await listSettings(ctx.tx), ctx.language))),
      actions.openSettingGroup.handle(async (ctx, { group }) => {
        const { settings } = await listSettings(ctx.tx)
        edit(ctx, groupView(group, settings, ctx.language))
      }),
      actions.openSetting.handle(async (ctx, { name }) => {
        await leaveChange(ctx)
        await show(ctx, name, edit)
      }),
      actions.askForValue.handle((ctx, { name }) => ask(ctx, name)),
      actions.confirmValue.handle(async (ctx, { name }) => {
        const waiting = ctx.dialog?.expired ? undefined : confirmStep.read(ctx.dialog?.state)
        if (waiting?.name !== name) return answerOutdated(ctx)
        if (await apply(ctx, waiting, waiting.value)) await show(ctx, name, edit)
      }),
      actions.resetSetting.handle(async (ctx, { name }) => {
        const { stored: before } = await findSetting(ctx.tx, name)
        await apply(ctx, { name, before }, undefined)
        await show(ctx, name, edit)
      }),
      actions.showSettingHistory.handle(async (ctx, { name, page }) => {
        const terms = { name, offset: page * changesPerPage, limit: changesPerPage }
        edit(ctx, historyView({ name, page, ...(await storedSettings.listChanges(ctx.tx, terms)) }, readerOf(ctx)))
      }),
    ],
    dialogs: [
      valueStep.handle(async (ctx, state) => {
        if (await acceptValue(ctx, state)) await show(ctx, state.name, say)
      }),
      // Another text instead of the button is another value.
      confirmStep.handle(async (ctx, state) => {
        if (await acceptValue(ctx, state)) await show(ctx, state.name, say)
      }),
    ],
  }
}

type Change = StateOf<typeof valueStep>

async function ask(ctx: BotContext, name: SettingName): Promise<void> {
  const state = await findSetting(ctx.tx, name)
  await ctx.saveDialog(valueStep, { name, before: state.stored })
  say(ctx, askView(state, ctx.language))
}

/** Dialogs of other features stay. */
async function leaveChange(ctx: BotContext): Promise<void> {
  const { state } = ctx.dialog ?? {}
  if (valueStep.read(state) ?? confirmStep.read(state)) await ctx.leaveDialog()
}

/** True when the value is stored; otherwise the person has been answered. */
async function acceptValue(ctx: BotContext, { name, before }: Change): Promise<boolean> {
  const checked = checkSetting(name, textOf(ctx))
  if (checked.kind === 'refused') {
    ctx.say(texts[ctx.language].refused(hintOf(name, ctx.language)))
    return false
  }
  const { value } = checked
  if (!isRiskyChange(name, value)) return apply(ctx, { name, before }, value)
  await ctx.saveDialog(confirmStep, { name, before, value })
  say(ctx, confirmView(await findSetting(ctx.tx, name), value, ctx.language))
  return false
}

/** True when the value counts; otherwise the person has been answered. Undefined resets the setting. */
async function apply(ctx: BotContext, { name, before }: Change, typed: string | undefined): Promise<boolean> {
  const words = texts[ctx.language]
  const { kind } = await changeSetting(ctx.tx, { name, typed, before, actor: ctx.actor })
  await leaveChange(ctx)
  if (kind === 'refused') {
    ctx.say(words.refused(hintOf(name, ctx.language)))
    return false
  }
  if (kind === 'overtaken') {
    const { value } = await findSetting(ctx.tx, name)
    ctx.say(words.overtaken(valueText(value, ctx.language)))
    return false
  }
  const changed = typed === undefined ? words.wasReset : words.saved
  answer(ctx, kind === 'same' ? words.same : changed)
  return true
}

/** A press is answered beside its button, a text by the card that follows. */
function answer(ctx: BotContext, text: string): void {
  if (ctx.callbackQuery) ctx.toast(text)
}
