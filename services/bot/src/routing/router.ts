import { commonTexts as texts } from '@atermtrack/messages'
import { Composer } from 'telegraf'
import { callbackQuery, message } from 'telegraf/filters'
import { z } from 'zod'
import { parseCallbackData } from './callback-data.ts'
import type { BotContext } from './context.ts'
import type { Command, Feature, Handle } from './feature.ts'
import { findMenuItem, type MenuItem } from './menu.ts'

const dialogStep = z.looseObject({ kind: z.string() })

export interface RouterOptions {
  readonly features: readonly Feature[]
  /** Takes every message that nothing else wants. */
  readonly question: Handle
}

/**
 * Finds who handles an update of somebody with access. Pressed buttons come first, then commands and menu labels, both of
 * which leave a dialog, then an open dialog, then files, then the question.
 */
export function createRouter({ features, question }: RouterOptions): Handle {
  const composer = new Composer<BotContext>()
  composer.on(callbackQuery('data'), (ctx) => pressButton(ctx, ctx.callbackQuery.data, features))
  for (const feature of features) {
    for (const command of feature.commands ?? []) {
      // Keyboards of phones begin with a capital letter.
      composer.command(new RegExp(`^${command.name}$`, 'i'), runCommand(feature, command))
    }
  }
  composer.on(message('text'), async (ctx, next) => {
    if (ctx.message.text.startsWith('/')) {
      await ctx.leaveDialog()
      // In a group it may be another bot's command.
      return ctx.isPrivate ? ctx.say(texts[ctx.language].unknownCommand) : undefined
    }
    const item = findMenuItem(ctx.message.text)
    if (item === undefined) return next()
    await ctx.leaveDialog()
    await chooseItem(ctx, item, features)
  })
  composer.on(message('document'), async (ctx, next) => {
    const taker = features.find(({ document }) => document)?.document
    const isAnswer = ctx.dialog !== undefined && !ctx.dialog.expired
    // A moving picture is a document too.
    if (!taker || !ctx.isPrivate || isAnswer || 'animation' in ctx.message) return next()
    await ctx.leaveDialog()
    if (!(await taker(ctx))) await question(ctx)
  })
  composer.on('message', async (ctx) => {
    const { dialog } = ctx
    if (!dialog) return question(ctx)
    const step = dialog.expired ? undefined : findStep(dialog.state, features)
    if (step) return step(ctx, dialog.state)
    // Closed with a word already while this message came in.
    if (!(await ctx.leaveDialog())) return question(ctx)
    ctx.say(texts[ctx.language].dialogClosed)
  })
  const route = composer.middleware()
  return async (ctx) => void (await route(ctx, async () => undefined))
}

function runCommand(feature: Feature, { adminsOnly, handle }: Command): Handle {
  return async (ctx) => {
    const leftDialog = await ctx.leaveDialog()
    if (adminsOnly && !ctx.isAdmin) return ctx.say(texts[ctx.language].unknownCommand)
    if (feature.privateOnly && !ctx.isPrivate) return ctx.say(texts[ctx.language].onlyInPrivate)
    await handle(ctx, leftDialog)
  }
}

async function chooseItem(ctx: BotContext, item: MenuItem, features: readonly Feature[]): Promise<void> {
  const feature = features.find(({ menu }) => menu?.[item])
  if (feature?.privateOnly && !ctx.isPrivate) return ctx.say(texts[ctx.language].onlyInPrivate)
  await feature?.menu?.[item]?.(ctx)
}

async function pressButton(ctx: BotContext, data: string, features: readonly Feature[]): Promise<void> {
  const pressed = parseCallbackData(data)
  const feature = pressed && features.find(({ callbacks }) => callbacks && Object.hasOwn(callbacks, pressed.action))
  const handle = pressed && feature?.callbacks?.[pressed.action]
  if (!handle) return ctx.toast(texts[ctx.language].staleButton)
  if (feature?.privateOnly && !ctx.isPrivate) return ctx.toast(texts[ctx.language].onlyInPrivate)
  await handle(ctx, pressed.ids)
}

function findStep(state: unknown, features: readonly Feature[]) {
  const { data } = dialogStep.safeParse(state)
  const feature = data && features.find(({ dialogs }) => dialogs && Object.hasOwn(dialogs, data.kind))
  return data && feature?.dialogs?.[data.kind]
}
